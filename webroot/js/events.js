// Everything the bus says, in one place: the names of docs/api/realtime.md. A test compares this file with the server's.

/** Frames of the bridge, by direction. */
export const FRAMES = Object.freeze({
  register: 'register', unregister: 'unregister', send: 'send', ping: 'ping',
  rec: 'rec', err: 'err', pong: 'pong', auth: 'auth',
});

/** What a client sends to `room.<roomId>`. */
export const ACTIONS = Object.freeze({ message: 'message', read: 'read', typing: 'typing' });

/** Events of `room.<roomId>` that last: each has a version and comes again in a sync. */
export const ROOM_EVENTS = Object.freeze({ message: 'message', member: 'member', room: 'room', line: 'line', gone: 'gone', hidden: 'hidden' });

/** Events of `room.<roomId>` that do not last. */
export const PASSING_EVENTS = Object.freeze({ head: 'head', typing: 'typing', presence: 'presence', read: 'read' });

/** Events of `user.<myId>`. */
export const USER_EVENTS = Object.freeze({
  roomAdded: 'room-added',
  roomRemoved: 'room-removed',
  mention: 'mention',
  place: 'place',
  read: 'read',
  reacted: 'reacted',
  scheduled: 'scheduled',
  userChanged: 'user-changed',
  block: 'block',
  draft: 'draft',
  head: 'head',
  announcement: 'announcement',
  sessionExpiring: 'session-expiring',
  sessionEnded: 'session-ended',
});

/** Close codes, and what the client does about each: come back, come back later, sign in, or stay away. */
export const CLOSE_CODES = Object.freeze({
  1001: 'again', 1009: 'never', 4001: 'sign-in', 4002: 'again', 4003: 'again', 4008: 'again', 4009: 'again', 4029: 'later', 4400: 'never',
});

export const roomAddress = (roomId) => `room.${roomId}`;
export const userAddress = (userId) => `user.${userId}`;
