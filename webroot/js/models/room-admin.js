// What is done to a room by whoever may: each verb is one request; what it changed comes as the room's own events.

const at = (room, rest = '') => `chat/rooms/${room.id}${rest && `/${rest}`}`;

/** The verbs of one server. */
export class RoomAdmin {
  constructor({ api }) {
    this.api = api;
  }

  /** `{name?, topic?, kind?, archived?, posting?, history?}`: only what is to change. */
  change(room, values) {
    return this.api.patch(at(room), values);
  }

  setPicture(room, blob, options) {
    return this.api.upload(at(room, 'avatar'), blob, options);
  }

  removePicture(room) {
    return this.api.delete(at(room, 'avatar'));
  }

  delete(room) {
    return this.api.delete(at(room));
  }

  setRole(room, userId, role) {
    return this.api.patch(at(room, `members/${userId}`), { role });
  }

  async bans(room) {
    return (await this.api.get(at(room, 'bans'))).items;
  }

  ban(room, userId) {
    return this.api.put(at(room, `bans/${userId}`));
  }

  unban(room, userId) {
    return this.api.delete(at(room, `bans/${userId}`));
  }

  async invites(room) {
    return (await this.api.get(at(room, 'invites'))).items;
  }

  /** The new invitation with its `url`, which is never told again. */
  invite(room, { expiresInHours, maxUses }) {
    return this.api.post(at(room, 'invites'), { expiresInHours, maxUses });
  }

  revoke(room, inviteId) {
    return this.api.delete(at(room, `invites/${inviteId}`));
  }

  /** What an invitation leads to: `{room, expiresAt}`. */
  invitation(token) {
    return this.api.get(`chat/invites/${encodeURIComponent(token)}`);
  }

  accept(token) {
    return this.api.post(`chat/invites/${encodeURIComponent(token)}/accept`);
  }
}
