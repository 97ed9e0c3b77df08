/**
 * How far I have read in one room. Both numbers only rise (until `reset`), the mark never above the last message.
 */
export class ReadMark {
  constructor({ lastSeq = 0, readSeq = 0 } = {}) {
    this.lastSeq = lastSeq;
    this.readSeq = Math.min(readSeq, lastSeq);
    /** What the server has been told or has told. */
    this.confirmed = this.readSeq;
    /** The telling itself: one at a time, and not again at once after a failure. */
    this.telling = false;
    this.notBefore = 0;
  }

  get unread() {
    return this.lastSeq - this.readSeq;
  }

  /** A message exists; mine are read by writing them. */
  saw(seq, mine = false) {
    this.lastSeq = Math.max(this.lastSeq, seq);
    if (mine) this.heard(seq);
  }

  /** The mark as the server has it: from a list, a reply, or another device of mine. */
  heard(readSeq) {
    this.lastSeq = Math.max(this.lastSeq, readSeq);
    this.confirmed = Math.max(this.confirmed, readSeq);
    this.readSeq = Math.max(this.readSeq, readSeq);
  }

  /** I look at this message now; true when the server should hear of it. */
  read(seq) {
    this.readSeq = Math.max(this.readSeq, Math.min(seq, this.lastSeq));
    return this.readSeq > this.confirmed;
  }

  /** The server went back in time, or the room was loaded anew. */
  reset({ lastSeq, readSeq = this.readSeq }) {
    this.lastSeq = lastSeq;
    this.readSeq = Math.min(readSeq, lastSeq);
    this.confirmed = Math.min(this.confirmed, this.readSeq);
  }
}
