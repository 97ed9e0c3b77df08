// A model of the server for one room: every change has a version, `sync` and pages answer as openapi.yaml says.

export const ME = { id: 'me', username: 'me', displayName: 'Me' };
export const ANN = { id: 'ann', username: 'ann', displayName: 'Ann' };

export class RoomServer {
  version = 0;
  messages = [];
  members = new Map();
  name = 'Room';
  #renamed = 0;
  readSeq = 0;
  calls = [];

  constructor(id = 'room-1') {
    this.id = id;
  }

  post(text, sender = ANN, clientId = `client-${this.messages.length + 1}`) {
    const version = ++this.version;
    const seq = this.messages.length + 1;
    const sentAt = new Date(1_700_000_000_000 + seq * 1_000).toISOString();
    return this.#put({ roomId: this.id, seq, version, clientId, sender, text, sentAt });
  }

  edit(seq, text) {
    const row = { ...this.messages[seq - 1], version: ++this.version, text, editedAt: new Date(0).toISOString() };
    return this.#put(row);
  }

  delete(seq) {
    const { text, ...row } = this.messages[seq - 1];
    return this.#put({ ...row, version: ++this.version, deletedAt: new Date(0).toISOString() });
  }

  member(user, gone = false) {
    const member = { user, role: 'member', version: ++this.version, ...(gone && { gone }) };
    this.members.set(user.id, member);
    return { type: 'member', roomId: this.id, version: member.version, member };
  }

  rename(name) {
    this.name = name;
    this.#renamed = ++this.version;
    return this.#roomEvent();
  }

  row() {
    const { id, version, name } = this;
    return {
      id, kind: 'group', name, version, lastSeq: this.messages.length, memberCount: this.present().length,
      me: { role: 'member', readSeq: this.readSeq, unread: this.messages.length - this.readSeq }, lastMessage: this.messages.at(-1),
    };
  }

  present() {
    return [...this.members.values()].filter(({ gone }) => !gone);
  }

  head() {
    return { version: this.version, lastSeq: this.messages.length };
  }

  sync(since, limit = 200) {
    const items = [
      ...this.messages.map((message) => this.#messageEvent(message)),
      ...[...this.members.values()].map((member) => ({ type: 'member', roomId: this.id, version: member.version, member })),
      ...(this.#renamed ? [this.#roomEvent()] : []),
    ].filter(({ version }) => version > since).sort((one, other) => one.version - other.version);
    return { items: items.slice(0, limit), head: this.head(), more: items.length > limit };
  }

  page({ before = Infinity, limit = 50 }) {
    const older = this.messages.filter(({ seq }) => seq < before);
    const items = older.slice(-limit);
    return { items, head: this.head(), ...(older.length > items.length && { next: items[0].seq }) };
  }

  /** Answers a `Room`'s questions; `delay` lets live events overtake the answer. */
  api(delay = async () => {}, limit = 200) {
    return {
      get: async (path, query = {}) => {
        const what = path.split('/')[3];
        this.calls.push(what ?? 'room');
        const answer = structuredClone(this.#answer(what, query, limit));
        await delay(what);
        return answer;
      },
    };
  }

  #answer(what, query, limit) {
    if (what === 'sync') return this.sync(query.since, limit);
    if (what === 'messages') return this.page(query);
    if (what === 'members') return { items: this.present() };
    return this.row();
  }

  #put(message) {
    this.messages[message.seq - 1] = message;
    return this.#messageEvent(message);
  }

  #messageEvent(message) {
    return { type: 'message', roomId: this.id, version: message.version, message };
  }

  #roomEvent() {
    const { me, lastMessage, ...room } = this.row();
    return { type: 'room', roomId: this.id, version: this.#renamed, room };
  }
}
