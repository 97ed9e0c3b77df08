import { PASSING_EVENTS, ROOM_EVENTS } from '../events.js';
import { Observable } from '../lib/observable.js';
import { timeOf } from '../lib/uuid7.js';
import { Cursor } from './cursor.js';
import { Lines } from './lines.js';
import { Members } from './members.js';
import { Messages } from './messages.js';
import { may } from './permissions.js';
import { Place } from './place.js';
import { Presence } from './presence.js';
import { Seen, SMALL } from './seen.js';
import { Timeline } from './timeline.js';
import { TYPING_EXPIRES, Typing } from './typing.js';
import { ReadMark } from './unread.js';

const PAGE = 50;
/** How much of what follows a message that was looked up comes with it. */
const AFTER = 20;
const ROWS_KEPT = 200;
const LOOSE_ROWS = 500;

/**
 * One room of mine: its summary, messages, members, who is here and how far I have read. Changes only through events and
 * answers of the server; `changed()` after each.
 */
export class Room extends Observable {
  /** `{seq}` of what I answer with what I write next. */
  answering = null;

  /** @param api asks the server for this room's things; @param turn waits until it may; @param onOwn hears of each own message that stands in the room; @param names learns who is who */
  constructor(row, { me, api, turn = (work) => work(), now = Date.now, onOwn = () => {}, names, failed }) {
    super();
    Object.assign(this, { id: row.id, me, api, onOwn, names });
    this.timeline = new Timeline(me.id);
    this.messages = new Messages(this, { took: (message) => this.#message(message) });
    this.members = new Members({ ask: (query) => this.#ask('members', query), changed: () => this.changed() });
    this.lines = new Lines();
    this.place = new Place();
    this.seen = new Seen({ ask: (query) => this.#ask('read-marks', query), changed: () => this.changed() });
    this.presence = new Presence();
    this.typing = new Typing(now);
    this.mark = new ReadMark({ lastSeq: row.lastSeq, readSeq: row.me?.readSeq ?? row.lastSeq });
    this.cursor = new Cursor(row.version, {
      apply: (event) => this.#apply(event),
      sync: (since) => turn(() => this.#sync(since)),
      restart: () => turn(() => this.#restart()),
      failed,
    });
    this.#take(row, row.version);
  }

  get unread() {
    return this.mark.unread;
  }

  /** How much of the unread I want to be told of: everything, my mentions, or nothing. */
  get wanted() {
    return this.place.wanted(this.unread);
  }

  /** Out of my list until something new is said. */
  get hidden() {
    return this.place.hidden(this.mark.lastSeq);
  }

  may(deed) {
    return may(deed, this);
  }

  /** The other person of a direct room. */
  get other() {
    return this.people?.find(({ id }) => id !== this.me.id) ?? this.people?.[0];
  }

  get title() {
    if (this.kind === 'direct') return this.other?.displayName ?? 'Direct message';
    return this.name ?? 'Unnamed room';
  }

  /** When something was last said, or the room was made: for the order of the list. */
  get activity() {
    return this.lastMessage?.sentAt ?? timeOf(this.id);
  }

  /** A summary from a list. The cursor stays; what the summary knows beyond it is synced. */
  refresh(row) {
    if (row.version >= this.rowVersion) this.#take(row, row.version);
    this.mark.saw(row.lastSeq);
    if (row.me) this.#placed(row.me, row.lastSeq);
    this.cursor.head(row.version);
    this.changed();
  }

  /** Where the room stands, from a list of heads. */
  head({ version, lastSeq, readSeq, mentions }) {
    this.mark.saw(lastSeq ?? 0);
    if (readSeq !== undefined) this.mark.heard(readSeq);
    this.place.count(mentions, lastSeq);
    this.place.read(this.mark.readSeq);
    this.cursor.head(version);
    this.changed();
  }

  /** I reacted on another device. */
  reacted({ seq, messageVersion, mine }) {
    this.messages.reactions.take({ seq, version: messageVersion }, mine);
    this.changed();
  }

  /** I read on another device. */
  readElsewhere(readSeq) {
    this.mark.heard(readSeq);
    this.place.read(this.mark.readSeq);
    this.place.markedUnread = false;
    this.changed();
  }

  /** I have looked at everything up to there, here. */
  readHere(seq) {
    const news = this.mark.read(seq);
    this.place.read(this.mark.readSeq);
    return news;
  }

  /** My place in it is another one now; its count of mentions may be older than what was heard since. */
  placed({ mentions, ...me }) {
    this.#placed(me);
    this.changed();
  }

  #placed(me, lastSeq) {
    this.role = me.role ?? this.role;
    this.place.take(me, lastSeq);
    if (me.readSeq !== undefined) this.mark.heard(me.readSeq);
    this.place.read(this.mark.readSeq);
  }

  /** A message of this room calls me. */
  calledIn(seq) {
    if (seq > this.mark.readSeq) this.place.called(seq);
    this.changed();
  }

  /** What the bus says on this room's address. */
  hear(event) {
    if (event.type in ROOM_EVENTS) this.cursor.hear(event);
    else if (event.type === PASSING_EVENTS.head) this.head(event);
    else if (event.type === PASSING_EVENTS.presence) this.presence.heard(event);
    else if (event.type === PASSING_EVENTS.typing) this.#types(event.user);
    else if (event.type === PASSING_EVENTS.read) this.seen.heard(event.userId, event.readSeq ?? event.seq);
    this.changed();
  }

  /** Typing ends by silence: look again when it would. */
  #types(user) {
    if (user.id === this.me.id) return;
    this.typing.heard(user);
    setTimeout(() => this.changed(), TYPING_EXPIRES);
  }

  /** The connection is gone: who is here and who is typing is no longer known. */
  disconnected() {
    this.messages.again();
    this.presence.clear();
    this.typing.clear();
    this.changed();
  }

  stop() {
    this.cursor.stop();
  }

  /** The newest page, unless it is here already. */
  open() {
    if (this.timeline.loaded) return Promise.resolve();
    return this.#once('page', async () => {
      this.timeline.addPage(await this.#page({ limit: PAGE }));
    });
  }

  /** The page before the oldest message shown. */
  loadOlder() {
    const { low, complete } = this.timeline.window;
    if (!this.timeline.loaded || complete) return Promise.resolve();
    return this.#once('page', async () => {
      const page = await this.#page({ before: low, limit: PAGE });
      if (this.timeline.window.low === low) this.timeline.addOlder(page);
    });
  }

  /** The page after the newest message shown, while that is not the newest of all. */
  loadNewer() {
    const { away } = this.timeline;
    if (!away) return Promise.resolve();
    return this.#once('newer', async () => {
      const page = await this.#page({ after: away.high, limit: PAGE });
      if (this.timeline.away?.high === away.high) this.timeline.addNewer(page);
    });
  }

  /** Brings a message into the window, with what stands around it; false when it is not there for me. */
  async goTo(seq) {
    await this.open();
    if (!this.#shows(seq)) {
      const page = await this.#page({ before: seq + AFTER, limit: PAGE });
      if (!page.items.some((row) => row.seq === seq)) return false;
      this.timeline.goTo(page);
      this.changed();
    }
    return this.#shows(seq);
  }

  #shows(seq) {
    const { low, high } = this.timeline.window;
    return seq >= low && seq <= high && !!this.timeline.get(seq);
  }

  toNewest() {
    this.timeline.toNewest();
    this.changed();
  }

  /** What I write next answers this message, or none. */
  answer(seq) {
    this.answering = seq ? { seq } : null;
    this.changed();
  }

  /** Who has read how far, where it is told; and who they are. */
  loadSeen() {
    return Promise.all(this.memberCount <= SMALL ? [this.seen.load(), this.members.load()] : []);
  }

  /** Nobody looks at it any more. */
  close() {
    this.timeline.trim(ROWS_KEPT);
  }

  /** My message was stored: it stands in its place until its row is heard. Moves no cursor. */
  posted({ clientId, text, replyTo, threadOf, attachments }, { message, seq, sentAt }) {
    const row = message ?? { roomId: this.id, seq, version: 0, clientId, sender: this.me, text, sentAt, replyTo, threadOf, attachments };
    this.#message(row);
    this.changed();
  }

  async #restart() {
    const [page, row] = await Promise.all([this.#page({ limit: PAGE }), this.api.get(this.#path())]);
    const replace = () => {
      this.timeline.clear();
      this.messages.clear();
      this.messages.takeMine(page.items, page.mine);
      this.members.clear();
      this.lines.clear();
      this.seen.clear();
      this.timeline.addPage(page);
      this.lines.addPage(page.lines);
      this.rowVersion = 0;
      this.#take(row, row.version);
      this.lastMessage = page.items.at(-1);
      this.mark.reset({ lastSeq: page.head.lastSeq, readSeq: row.me?.readSeq });
      for (const message of page.items) if (message.sender.id === this.me.id) this.onOwn(message);
      this.changed();
    };
    return { head: page.head, replace };
  }

  #apply(event) {
    if (event.message) this.#message(event.message);
    if (event.member) this.#member(event.member);
    if (event.line) this.lines.upsert(event.line);
    if (event.room && event.version > this.rowVersion) this.#take(event.room, event.version);
    this.changed();
  }

  #message(row) {
    if (!this.timeline.upsert(row)) return;
    this.names?.add(row.sender);
    const mine = row.sender.id === this.me.id;
    this.mark.saw(row.seq, mine);
    this.#calls(row, mine);
    this.typing.stopped(row.sender.id);
    if (row.version) this.seen.heard(row.sender.id, row.seq);
    if (row.seq >= (this.lastMessage?.seq ?? 0)) this.lastMessage = row;
    if (mine) this.onOwn(row);
    if (!this.timeline.loaded) this.timeline.trim(LOOSE_ROWS);
  }

  /** By writing I have read what is above; who calls me may take it back. */
  #calls(row, mine) {
    if (mine) this.place.read(this.mark.readSeq);
    const calls = !mine && !row.deletedAt && (row.mentionsRoom || row.mentions?.includes(this.me.id));
    this.place.called(row.seq, !!calls && row.seq > this.mark.readSeq);
  }

  #member(row) {
    const before = this.members.get(row.user.id);
    if (!this.members.upsert(row)) return;
    this.names?.add(row.user);
    if (row.user.id === this.me.id && row.role) this.role = row.role;
    if (!row.gone) this.#renamed(row.user);
    if (row.gone) this.typing.stopped(row.user.id);
    if (row.gone) this.seen.forget(row.user.id);
    if (this.members.loaded) this.memberCount += Number(!row.gone) - Number(!!before);
    else if (!row.gone || row.user.id !== this.me.id) this.#recount();
  }

  /** A name or a picture that is another one now stands on what was said before as well. */
  #renamed(user) {
    const named = (one) => (one.id === user.id ? { ...one, ...user } : one);
    this.people = this.people?.map(named);
    this.timeline.renamed(user);
    if (this.lastMessage?.sender.id === user.id) this.lastMessage = { ...this.lastMessage, sender: user };
  }

  /** Without the list of members a `member` row does not tell whether it adds one: ask for the number, again if it moved meanwhile. */
  #moves = 0;
  #recount() {
    this.#moves++;
    this.#once('count', async () => {
      let row;
      for (let upTo; upTo !== this.#moves;) {
        upTo = this.#moves;
        row = await this.api.get(this.#path());
      }
      if (!this.members.loaded) this.memberCount = row.memberCount;
    }).catch(() => {});
  }

  #take(row, version) {
    this.rowVersion = version;
    this.kind = row.kind;
    for (const what of ['name', 'topic', 'avatarUrl', 'archivedAt', 'posting', 'history', 'retentionDays']) this[what] = row[what];
    if (row.members) this.people = row.members;
    for (const person of row.members ?? []) this.names?.add(person);
    if (row.me) this.#placed(row.me, row.lastSeq);
    this.memberCount = row.memberCount ?? this.memberCount;
    if (row.lastMessage && row.lastMessage.seq >= (this.lastMessage?.seq ?? 0)) this.#keepLast(row.lastMessage);
  }

  #keepLast(message) {
    if (message.seq === this.lastMessage?.seq && message.version < this.lastMessage.version) return;
    this.lastMessage = message;
  }

  #path(rest = '') {
    return `chat/rooms/${this.id}${rest && `/${rest}`}`;
  }

  async #page(query) {
    const page = await this.#ask('messages', query);
    this.messages.takeMine(page.items, page.mine);
    this.lines.addPage(page.lines);
    for (const { sender } of page.items) this.names?.add(sender);
    return page;
  }

  async #sync(since) {
    const answer = await this.#ask('sync', { since, limit: 200 });
    this.messages.takeMine(answer.items.flatMap(({ message }) => message ?? []), answer.mine);
    return answer;
  }

  #ask(what, query) {
    return this.api.get(this.#path(what), query);
  }

  /** Runs `work` unless it is running, in which case both get the same outcome. */
  #running = new Map();
  #once(name, work) {
    const running = this.#running.get(name);
    if (running) return running;
    const run = work().finally(() => {
      this.#running.delete(name);
      this.changed();
    });
    this.#running.set(name, run);
    return run;
  }
}
