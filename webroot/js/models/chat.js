import { ACTIONS, USER_EVENTS, roomAddress, userAddress } from '../events.js';
import { Observable } from '../lib/observable.js';
import { plain } from '../lib/text.js';
import { Announcements } from './announcements.js';
import { Blocks } from './blocks.js';
import { Drafts } from './drafts.js';
import { MediaLinks } from './media-links.js';
import { Mentions } from './mentions.js';
import { Names } from './names.js';
import { Outbox } from './outbox.js';
import { RoomAdmin } from './room-admin.js';
import { Rooms } from './rooms.js';
import { ScheduledMessages } from './scheduled.js';
import { Uploads } from './uploads.js';

/** A read mark that was not taken is told again, but not at once. */
const READ_AGAIN = 5_000;

/**
 * Everything one signed-in person sees: rooms, outbox and bus, wired together. The verbs of the views stand here. Started
 * once for a user, stopped at sign-out; nothing of it outlives the user.
 */
export class Chat extends Observable {
  /** Things to tell once: `{id, text}`. */
  notices = [];
  openRoom = null;
  #noticeId = 0;
  #reRegister = new Set();
  #timer;

  constructor({ me, api, bus, session, store, lock, channel, drafts, trays }) {
    super();
    Object.assign(this, { me, api, bus, session });
    this.names = new Names(api);
    this.names.add(me);
    this.outbox = new Outbox({
      userId: me.id, store, lock, channel,
      deliver: (entry) => this.#deliver(entry),
      onPosted: (entry, answer) => this.rooms.get(entry.roomId)?.posted(entry, answer),
      onFailed: (entry, problem) => this.#sendFailed(entry, problem),
    });
    this.admin = new RoomAdmin({ api });
    this.blocks = new Blocks({ api });
    this.drafts = new Drafts({ userId: me.id, api, store: drafts });
    this.media = new MediaLinks({ api });
    this.uploads = new Uploads({
      userId: me.id, store: trays,
      send: (item, ways) => this.#upload(item, ways),
      forget: (id) => api.delete(`media/${id}`).catch(() => {}),
    });
    this.mentions = new Mentions({ api });
    this.scheduled = new ScheduledMessages({ api });
    this.announcements = new Announcements({ api, store: drafts });
    this.rooms = new Rooms({
      me, api, names: this.names,
      onAdded: (room) => bus.register([roomAddress(room.id)]),
      onLost: (room, deleted) => this.#lost(room, deleted),
      onOwn: ({ clientId }) => this.outbox.confirm(clientId),
      onMine: (event) => this.#mine(event),
      onRefreshed: () => this.#refreshed(),
    });
    this.#listen(bus);
  }

  async start() {
    const rooms = this.rooms.refresh();
    await this.outbox.load().catch(() => {});
    await rooms;
    this.bus.start();
  }

  stop() {
    clearTimeout(this.#timer);
    this.bus.stop();
    this.outbox.stop();
    this.announcements.stop();
    this.drafts.stop();
    this.uploads.stop();
    this.rooms.stop();
  }

  /** My names or my picture are others now. */
  meIs(user) {
    if (user === this.me) return;
    this.me = user;
    this.rooms.meIs(user);
    this.changed();
  }

  /** A room comes into view (or none). */
  show(roomId) {
    const room = this.rooms.get(roomId) ?? null;
    if (room === this.openRoom) return;
    this.openRoom?.close();
    this.openRoom = room;
    if (room?.place.markedUnread) this.setPlace(room, { unread: false }).catch(() => {});
    this.changed();
  }

  /** `context`: the seq it answers, whose thread it is in, and the files that it carries. */
  send(roomId, text, context) {
    return this.outbox.add(roomId, text, context);
  }

  /** I have seen everything up to `seq`; told to the server once. */
  async read(room, seq) {
    const mark = room.mark;
    const before = mark.unread;
    const news = room.readHere(seq);
    if (mark.unread !== before) room.changed();
    if (!news || mark.telling || Date.now() < mark.notBefore) return;
    mark.telling = true;
    try {
      mark.heard((await this.#tellRead(room, mark.readSeq)).readSeq);
    } catch (problem) {
      mark.notBefore = Date.now() + READ_AGAIN;
      throw problem;
    } finally {
      mark.telling = false;
    }
    if (mark.readSeq > mark.confirmed) await this.read(room, mark.readSeq);
  }

  #tellRead({ id }, seq) {
    return this.#ask(id, { type: ACTIONS.read, seq }, () => this.api.put(`chat/rooms/${id}/read`, { seq }));
  }

  typing(room) {
    if (this.bus.state !== 'online' || !room.typing.shouldSend()) return;
    this.bus.send(roomAddress(room.id), { type: ACTIONS.typing }).catch(() => {});
  }

  async create(room) {
    return this.rooms.put(await this.api.post('chat/rooms', room));
  }

  async join(roomId) {
    return this.rooms.put(await this.api.post(`chat/rooms/${roomId}/join`));
  }

  async leave(roomId) {
    const room = this.rooms.get(roomId);
    room.leaving = true;
    await this.api.post(`chat/rooms/${roomId}/leave`).catch((problem) => {
      room.leaving = false;
      throw problem;
    });
    this.rooms.drop(roomId);
  }

  /** `{notifications?, pinned?, hidden?, unread?}`: what I want of a room. */
  async setPlace(room, wish) {
    room.placed(await this.api.patch(`chat/rooms/${room.id}/me`, wish));
    this.rooms.changed();
  }

  /** The conversation with one person: the one there is, shown again if I hid it, or a new one. */
  async direct(userId) {
    const room = await this.create({ kind: 'direct', members: [userId] });
    if (room.hidden) await this.setPlace(room, { hidden: false });
    return room;
  }

  /** Comes in by an invitation. */
  async accept(token) {
    return this.rooms.put(await this.admin.accept(token));
  }

  async deleteRoom(room) {
    room.leaving = true;
    await this.admin.delete(room).catch((problem) => {
      room.leaving = false;
      throw problem;
    });
    this.rooms.drop(room.id);
  }

  addMember(room, userId) {
    return this.api.put(`chat/rooms/${room.id}/members/${userId}`);
  }

  removeMember(room, userId) {
    return this.api.delete(`chat/rooms/${room.id}/members/${userId}`);
  }

  async people(q) {
    const { items } = await this.api.get('users', { q, limit: 20 });
    return items.filter(({ id }) => id !== this.me.id);
  }

  directory(q, after) {
    return this.api.get('chat/directory', { q, after, limit: 30 });
  }

  notify(text) {
    this.notices = [...this.notices, { id: ++this.#noticeId, text }];
    this.changed();
  }

  dismiss(id) {
    this.notices = this.notices.filter((notice) => notice.id !== id);
    this.changed();
  }

  #listen(bus) {
    bus.onOpen = () => this.#opened();
    bus.onBody = (address, body) => this.#heard(address, body);
    bus.onRefused = (address, problem) => this.#refused(address, problem);
    bus.onPong = ({ heads = [], user }) => {
      for (const head of heads) this.rooms.hear(head.roomId, { type: 'head', ...head });
      this.rooms.head(user);
    };
    bus.onSignedOut = () => this.session.check();
    bus.onFailedToOpen = () => this.session.check();
    let online = false;
    bus.subscribe(() => {
      if (online && bus.state !== 'online') this.rooms.disconnected();
      online = bus.state === 'online';
    });
  }

  #opened() {
    const ids = [...new Set([this.openRoom?.id ?? [], this.rooms.list().map(({ id }) => id)].flat())];
    this.bus.register([userAddress(this.me.id), ...ids.map(roomAddress)]);
    this.outbox.wake();
    this.uploads.wake();
  }

  #heard(address, body) {
    const [kind, id] = split(address);
    if (kind === 'room') this.rooms.hear(id, body);
    else if (body.type === USER_EVENTS.sessionEnded) this.session.check();
    else if (body.type === USER_EVENTS.announcement) this.announcements.hear(body);
    else if (kind === 'user') this.rooms.hearMine(body);
  }

  /** A registration was refused: the room is not ours any more, or the server wants to be asked later. */
  #refused(address, problem) {
    const [kind, id] = split(address);
    if (kind === 'room' && problem.status === 404) this.rooms.drop(id);
    else if (problem.status === 401) this.session.check();
    else this.#registerLater(address);
  }

  #registerLater(address) {
    this.#reRegister.add(address);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.bus.register([...this.#reRegister]);
      this.#reRegister.clear();
    }, 3_000);
  }

  /** The socket when there is one, REST otherwise; both take the same clientId. */
  #deliver({ roomId, clientId, text, replyTo, threadOf, attachments }) {
    const message = { clientId, text, replyTo, threadOf, attachments: attachments?.map(({ id }) => id) };
    return this.#ask(roomId, { type: ACTIONS.message, ...message }, () => this.api.post(`chat/rooms/${roomId}/messages`, message));
  }

  #ask(roomId, body, overRest) {
    return this.bus.state === 'online' ? this.bus.send(roomAddress(roomId), body) : overRest();
  }

  #upload({ file, name, voice }, ways) {
    const form = new FormData();
    if (voice) form.append('voice', 'true');
    form.append('file', file, name);
    return this.api.upload('media', form, { method: 'POST', ...ways });
  }

  #sendFailed({ roomId }, problem) {
    const room = this.rooms.get(roomId);
    if (problem.status === 404) this.rooms.refresh();
    if (room && room !== this.openRoom) this.notify(`A message to ${plain(room.title)} could not be sent: ${problem.message}`);
  }

  #mine(event) {
    this.blocks.hear(event);
    this.drafts.hear(event);
    this.scheduled.hear(event);
    if (event.type === USER_EVENTS.mention) this.mentions.stale();
  }

  /** Events may have been missed: what they would have told is asked for. */
  #refreshed() {
    this.mentions.stale();
    this.blocks.load().catch(() => {});
    this.drafts.load().catch(() => {});
    this.scheduled.load().catch(() => {});
    this.announcements.load().catch(() => {});
  }

  #lost(room, deleted) {
    this.bus.unregister(roomAddress(room.id));
    this.drafts.forget(room.id);
    this.uploads.dropRoom(room.id);
    if (room === this.openRoom) this.openRoom = null;
    if (!room.leaving) this.notify(deleted ? `${plain(room.title)} has been deleted.` : `You are no longer in ${plain(room.title)}.`);
    this.changed();
  }
}

function split(address) {
  const dot = address.indexOf('.');
  return [address.slice(0, dot), address.slice(dot + 1)];
}
