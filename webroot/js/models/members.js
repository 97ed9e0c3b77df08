/** The members of one room by user id, upserted by version; who left stays as a tombstone so that late news cannot undo it. */
export class Members {
  /** True once all pages are here. */
  loaded = false;
  #rows = new Map();

  upsert(member) {
    const held = this.#rows.get(member.user.id);
    if (held && held.version >= member.version) return false;
    this.#rows.set(member.user.id, member);
    return true;
  }

  get(userId) {
    const member = this.#rows.get(userId);
    return member?.gone ? undefined : member;
  }

  /** Present members by display name. */
  list() {
    const name = ({ user }) => user.displayName ?? user.username;
    return [...this.#rows.values()].filter(({ gone }) => !gone)
      .sort((one, other) => name(one).localeCompare(name(other)));
  }

  clear() {
    this.#rows.clear();
    this.loaded = false;
  }
}
