const NONE = Object.freeze([]);

/**
 * Who reacted how in one room, as one person sees it. A message's row says how many and names the first of them; whether I
 * am one of them it says only while all are named, else what stood beside a row does. My own clicks count at once.
 */
export class Reactions {
  /** By seq: `{version, emoji}`, what the server said beside the row of that version. */
  #mine = new Map();
  /** By seq: what I want, and the server has not confirmed. */
  #wanted = new Map();
  #chips = new Map();
  #myId;

  constructor(myId) {
    this.#myId = myId;
  }

  /** What stood beside this row; an older answer does not undo a newer one. */
  take({ seq, version }, emoji = NONE) {
    if (this.#mine.get(seq)?.version > version) return;
    if (!emoji.length && !this.#mine.has(seq)) return;
    this.#mine.set(seq, { version, emoji });
    this.#chips.delete(seq);
  }

  /** I want my reaction there, or gone; `undefined` when the server has had its say. */
  want(seq, emoji, on) {
    const wanted = this.#wanted.get(seq) ?? new Map();
    if (on === undefined) wanted.delete(emoji);
    else wanted.set(emoji, on);
    if (wanted.size) this.#wanted.set(seq, wanted);
    else this.#wanted.delete(seq);
    this.#chips.delete(seq);
  }

  wanted(seq, emoji) {
    return this.#wanted.get(seq)?.get(emoji);
  }

  /** `[{emoji, count, mine, some}]`; the same array until something changes. */
  chips(row) {
    const wanted = this.#wanted.get(row.seq);
    if (row.deletedAt || (!row.reactions?.length && !wanted)) return NONE;
    const held = this.#chips.get(row.seq);
    if (held?.row === row) return held.chips;
    const chips = this.#make(row, wanted);
    this.#chips.set(row.seq, { row, chips });
    return chips;
  }

  clear() {
    this.#mine.clear();
    this.#chips.clear();
  }

  #make(row, wanted = new Map()) {
    const reactions = row.reactions ?? NONE;
    const chips = reactions.map((reaction) => this.#chip(row, reaction, wanted.get(reaction.emoji)));
    for (const [emoji, on] of wanted) {
      if (on && !reactions.some((one) => one.emoji === emoji)) chips.push({ emoji, count: 1, mine: true, some: [this.#myId] });
    }
    return chips.filter(({ count }) => count > 0);
  }

  #chip(row, { emoji, count, some }, on) {
    const mine = this.#isMine(row, { emoji, count, some });
    if (on === undefined || on === mine) return { emoji, count, mine, some };
    const others = some.filter((id) => id !== this.#myId);
    return { emoji, count: count + (on ? 1 : -1), mine: on, some: on ? [this.#myId, ...others] : others };
  }

  #isMine({ seq }, { emoji, count, some }) {
    if (some.includes(this.#myId)) return true;
    return some.length < count && !!this.#mine.get(seq)?.emoji.includes(emoji);
  }
}
