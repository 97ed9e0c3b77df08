// The few marks that people write by hand, as a tree; never HTML. Pure, and linear in the text whatever stands in it:
// every sign is looked at a bounded number of times, and nothing nests deeper than DEEPEST.
//
// A block is {type: 'paragraph' | 'quote' | 'list' | 'code'}; an inline part is a string or {type: 'strong' | 'em' | 'del' |
// 'span' | 'link' | 'mention'}.

import { pretends, safeAddress, withoutPunctuation } from './address.js';

/** Deeper marks are text. */
const DEEPEST = 6;
const STACK = 40;

const FENCE = /^ {0,3}(`{3,9}|~{3,9})[ \t]*([\w+#.-]{0,30})[ \t]*$/u;
const QUOTE = /^ {0,3}>(?: |$|(?=>))/u;
const ITEM = /^( {0,3})([-*+•]|\d{1,9}[.)]) {1,4}(?=\S)/u;
const BLANK = /^\s*$/u;

/** The blocks of a message. O(length). */
export function parse(text) {
  return blocks(text.replace(/\r\n?/gu, '\n').split('\n'), 0);
}

/** What it says without the marks, on one line; for previews and for reading aloud. */
export function plainText(tree) {
  return tree.map(said).join(' ').replace(/\s+/gu, ' ').trim();
}

function said(node) {
  if (typeof node === 'string') return node;
  if (node.items) return node.items.map((item) => item.map(said).join(' ')).join(' ');
  return node.text ?? node.children.map(said).join(node.type === 'quote' ? ' ' : '');
}

function blocks(lines, depth) {
  const found = [];
  let words = [];
  const flush = () => {
    while (words.length && BLANK.test(words.at(-1))) words.pop();
    if (words.length) found.push({ type: 'paragraph', children: inline(words.join('\n')) });
    words = [];
  };
  for (let at = 0; at < lines.length;) {
    const taken = fence(lines, at) ?? (depth < DEEPEST ? quote(lines, at, depth) ?? list(lines, at, depth) : null);
    if (taken) {
      flush();
      found.push(taken.block);
      at = taken.next;
    } else {
      if (BLANK.test(lines[at])) flush();
      else words.push(lines[at]);
      at++;
    }
  }
  flush();
  return found;
}

/** A block of code; one that nobody closed goes to the end. */
function fence(lines, from) {
  const [, marks, language] = FENCE.exec(lines[from]) ?? [];
  if (!marks) return null;
  const closing = new RegExp(`^ {0,3}${marks[0]}{${marks.length},}[ \t]*$`, 'u');
  let to = from + 1;
  while (to < lines.length && !closing.test(lines[to])) to++;
  return { block: { type: 'code', language: language.toLowerCase(), text: lines.slice(from + 1, to).join('\n') }, next: to + 1 };
}

function quote(lines, from, depth) {
  const inside = [];
  let at = from;
  for (; at < lines.length && QUOTE.test(lines[at]); at++) inside.push(lines[at].replace(QUOTE, ''));
  return inside.length ? { block: { type: 'quote', children: blocks(inside, depth + 1) }, next: at } : null;
}

/** Items of one kind; what is indented under one belongs to it. */
function list(lines, from, depth) {
  const first = ITEM.exec(lines[from]);
  if (!first) return null;
  const ordered = /\d/u.test(first[2]);
  const items = [];
  let at = from;
  for (let mark; at < lines.length && (mark = ITEM.exec(lines[at])) && /\d/u.test(mark[2]) === ordered;) {
    const inside = [lines[at].slice(mark[0].length)];
    const indent = Math.min(mark[1].length + 2, mark[0].length);
    for (at++; at < lines.length && leading(lines[at]) >= indent && !BLANK.test(lines[at]); at++) {
      inside.push(lines[at].slice(Math.min(leading(lines[at]), mark[0].length)));
    }
    items.push(blocks(inside, depth + 1));
  }
  return { block: { type: 'list', ordered, start: ordered ? parseInt(first[2], 10) : undefined, items }, next: at };
}

const leading = (line) => /^ */u.exec(line)[0].length;

const SPECIAL = /[`*_~[\]@\\hHmM]/gu;
const ADDRESS = /(?:https?:\/\/|mailto:)[^\s<>"'`\u0000-\u001f\u007f\u200e\u200f\u202a-\u202e\u2066-\u2069]+/iuy;
const TARGET = /\((?:<([^\s<>[\]]{1,2048})>|([^\s<>[\]()]{0,2048}(?:\([^\s<>[\]()]{0,200}\)[^\s<>[\]()]{0,200}){0,3}))\)/uy;
const MENTION = /@[\p{L}\p{N}][\p{L}\p{M}\p{N}._-]{0,63}/uy;
const ESCAPED = /[*_~`[\]>#@.+-]/u;
const WORD = /[\p{L}\p{N}_]/u;
const SPACE = /\s/u;

/** The parts of a stretch of words. */
export function inline(text) {
  return new Inline(text).read();
}

/**
 * One pass from left to right. `nodes` are the parts so far, `open` the marks that may still be closed: an entry is dropped
 * or closed once, and `count` tells at once whether there is one to close, so nothing is searched in vain.
 */
class Inline {
  nodes = [];
  open = [];
  count = { '*': 0, '**': 0, _: 0, '~~': 0, '[': 0 };

  constructor(text) {
    this.text = text;
    this.from = 0;
  }

  read() {
    const { text } = this;
    SPECIAL.lastIndex = 0;
    for (let match; (match = SPECIAL.exec(text));) {
      const at = match.index;
      const next = this.take(match[0], at);
      // `take` runs other expressions, never this one.
      SPECIAL.lastIndex = next > at ? next : at + 1;
    }
    this.words(text.length);
    return this.nodes;
  }

  /** Handles the sign at `at`; returns where to go on, or nothing when it is but text. */
  take(sign, at) {
    switch (sign) {
      case '`': return this.span(at);
      case '*': case '_': case '~': return this.marks(sign, at);
      case '[': return this.bracket(at);
      case ']': return this.link(at);
      case '@': return this.mention(at);
      case '\\': return this.escape(at);
      default: return this.address(at);
    }
  }

  /** What stands before `to` and is not yet a part is text. */
  words(to, next = to) {
    if (to > this.from) this.nodes.push(this.text.slice(this.from, to));
    this.from = next;
  }

  add(node, from, to) {
    this.words(from, to);
    this.nodes.push(node);
    return to;
  }

  escape(at) {
    if (!ESCAPED.test(this.text[at + 1] ?? '')) return undefined;
    this.words(at, at + 1);
    return at + 2;
  }

  /** `code`: closed by as many backticks as it was opened with. All runs are found once. */
  span(at) {
    this.ticks ??= runs(this.text);
    const length = runLength(this.text, at, '`');
    const places = this.ticks.get(length) ?? [];
    while (places.length && places.at(-1) <= at) places.pop();
    if (!places.length) return at + length;
    const end = places.at(-1);
    const inside = this.text.slice(at + length, end);
    const padded = inside.startsWith(' ') && inside.endsWith(' ') && inside.trim() !== '';
    return this.add({ type: 'span', text: padded ? inside.slice(1, -1) : inside }, at, end + length);
  }

  marks(sign, at) {
    const length = runLength(this.text, at, sign);
    const to = at + length;
    if (length > LONGEST[sign] || (sign === '~' && length < 2)) return to;
    const before = before1(this.text, at);
    const after = after1(this.text, to);
    const closes = before !== '' && !SPACE.test(before) && !(sign !== '~' && length === 1 && joins(sign, after)) && !(sign === '_' && WORD.test(after));
    const opens = after !== '' && !SPACE.test(after) && !(sign !== '~' && length === 1 && joins(sign, before)) && !(sign === '_' && WORD.test(before));
    let left = length;
    if (closes) left = this.close(sign, at, left);
    if (left && opens) this.openMarks(sign, to - left, left);
    return to;
  }

  /** Closes what can be closed with `left` signs at `at`, the innermost first; returns how many remain. */
  close(sign, at, left) {
    for (let place = at; left > 0;) {
      const one = sign !== '~' && this.count[sign];
      const two = left >= 2 && this.count[sign + sign];
      if (!one && !two) break;
      const kind = one && two ? this.innermost(sign) : two ? sign + sign : sign;
      this.words(place);
      const { node } = this.unwind(kind);
      const children = this.nodes.splice(node + 1);
      this.nodes.pop();
      if (children.length) this.nodes.push({ type: KIND[kind], children });
      else this.nodes.push(kind + kind);
      place += kind.length;
      this.from = place;
      left -= kind.length;
    }
    return left;
  }

  innermost(sign) {
    for (let at = this.open.length - 1; at >= 0; at--) {
      const { kind } = this.open[at];
      if (kind === sign || kind === sign + sign) return kind;
    }
    return sign;
  }

  openMarks(sign, at, left) {
    for (let place = at; left > 0;) {
      const kind = left === 2 || left === 3 ? sign + sign : sign;
      this.push(kind, place);
      place += kind.length;
      left -= kind.length;
    }
  }

  /** A mark that may be closed later; until then it is text. */
  push(kind, at) {
    if (this.open.length >= STACK) this.count[this.open.shift().kind]--;
    this.words(at, at + kind.length);
    this.nodes.push(kind);
    this.open.push({ kind, node: this.nodes.length - 1 });
    this.count[kind]++;
  }

  /** Drops whatever was opened after the last `kind`, and takes that one out. */
  unwind(kind) {
    for (;;) {
      const entry = this.open.pop();
      this.count[entry.kind]--;
      if (entry.kind === kind) return entry;
    }
  }

  bracket(at) {
    this.push('[', at);
    return at + 1;
  }

  /** `[words](address)`; anything else in brackets is text. */
  link(at) {
    if (!this.count['[']) return undefined;
    const target = matchAt(TARGET, this.text, at + 1);
    const href = target && safeAddress(target[1] ?? target[2]);
    if (!href) {
      // This bracket answers the last one that was opened, and both are text.
      if (this.open.at(-1).kind === '[') this.unwind('[');
      return undefined;
    }
    this.words(at);
    const { node } = this.unwind('[');
    const children = this.nodes.splice(node + 1);
    const words = plainText(children);
    const to = at + 1 + target[0].length;
    if (!words || pretends(words, href)) {
      for (const child of children) this.nodes.push(child);
      return undefined;
    }
    this.nodes.pop();
    this.nodes.push({ type: 'link', href, children: children.map(unlinked) });
    this.from = to;
    return to;
  }

  mention(at) {
    const before = before1(this.text, at);
    if (before && /[\p{L}\p{N}_@./-]/u.test(before)) return undefined;
    const [found] = matchAt(MENTION, this.text, at) ?? [];
    if (!found) return undefined;
    const name = found.slice(1).replace(/[.-]+$/u, '');
    return this.add({ type: 'mention', name, text: `@${name}` }, at, at + 1 + name.length);
  }

  address(at) {
    const before = before1(this.text, at);
    if (before && /[\p{L}\p{N}_]/u.test(before)) return undefined;
    const [all] = matchAt(ADDRESS, this.text, at) ?? [];
    if (!all) return undefined;
    const found = this.count['['] ? all.split('](', 1)[0] : all;
    const url = withoutPunctuation(found);
    const href = safeAddress(url);
    return href ? this.add({ type: 'link', href, children: [url] }, at, at + url.length) : at + found.length;
  }
}

const KIND = { '*': 'em', _: 'em', '**': 'strong', '~~': 'del' };

/** Longer runs of a sign are text, and so is `__init__`. */
const LONGEST = { '*': 3, _: 1, '~': 2 };

function matchAt(expression, text, at) {
  expression.lastIndex = at;
  return expression.exec(text);
}

/** A single `*` between letters or digits multiplies; it marks nothing. */
const joins = (sign, beside) => sign === '*' && /[A-Za-z0-9]/u.test(beside);

const before1 = (text, at) => (at > 0 ? [...text.slice(Math.max(0, at - 2), at)].at(-1) : '');
const after1 = (text, at) => [...text.slice(at, at + 2)][0] ?? '';

function runLength(text, at, sign) {
  let to = at;
  while (text[to] === sign) to++;
  return to - at;
}

/** Where runs of backticks begin, by their length; the last first, so that what is passed can be popped. */
function runs(text) {
  const found = new Map();
  for (const { 0: run, index } of text.matchAll(/`+/gu)) {
    if (!found.has(run.length)) found.set(run.length, []);
    found.get(run.length).push(index);
  }
  for (const places of found.values()) places.reverse();
  return found;
}

/** No link stands in a link. */
function unlinked(node) {
  if (node.type === 'mention') return node.text;
  if (!node.children) return node;
  const children = node.children.map(unlinked);
  return node.type === 'link' ? { type: 'plain', children } : { ...node, children };
}
