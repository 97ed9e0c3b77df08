/**
 * My own place in a room: what I want to hear of it and where it stands in my list. As the server last said it; how far I
 * have read is `ReadMark`'s.
 */
export class Place {
  notifications = 'all';
  pinnedAt = undefined;
  hiddenSeq = undefined;
  markedUnread = false;
  fromSeq = undefined;
  /** Calls among the unread messages: those the server counted up to `countedTo`, and those heard since. */
  #counted = 0;
  #countedTo = 0;
  #heard = new Set();

  /** A row of the server. `lastSeq`: up to where its count of mentions goes. */
  take({ notifications = 'all', pinnedAt, hiddenSeq, markedUnread = false, fromSeq, mentions }, lastSeq) {
    Object.assign(this, { notifications, pinnedAt, hiddenSeq, markedUnread, fromSeq });
    this.count(mentions, lastSeq);
  }

  count(mentions, lastSeq = this.#countedTo) {
    if (mentions === undefined || lastSeq < this.#countedTo) return;
    this.#counted = mentions;
    this.#countedTo = lastSeq;
    for (const seq of this.#heard) if (seq <= lastSeq) this.#heard.delete(seq);
  }

  /** A message that calls me, or (edited, deleted) no longer does. */
  called(seq, yes = true) {
    if (!yes) this.#heard.delete(seq);
    else if (seq > this.#countedTo) this.#heard.add(seq);
  }

  /** I have read up to there. */
  read(readSeq) {
    if (readSeq >= this.#countedTo) this.#counted = 0;
    for (const seq of this.#heard) if (seq <= readSeq) this.#heard.delete(seq);
  }

  get mentions() {
    return this.#counted + this.#heard.size;
  }

  /** Hidden until something new is said. */
  hidden(lastSeq) {
    return this.hiddenSeq !== undefined && this.hiddenSeq >= lastSeq;
  }

  /** How many of the unread I want to be told of. */
  wanted(unread) {
    if (this.notifications === 'none') return 0;
    return this.notifications === 'mentions' ? this.mentions : unread;
  }
}
