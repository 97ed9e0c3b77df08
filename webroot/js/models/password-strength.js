// How hard a password is to guess, roughly: what a guesser tries first (words, rows of keys, names, years, repetitions)
// counts little, the rest by how many signs it could be made of. An estimate for the person who types, not a rule: the
// rules are the server's. Linear in the length times that of the longest known word.

import { codePoints } from '../lib/text.js';

export const SHORTEST = 8;
const LONGEST_LOOKED_AT = 128;

const WORDS = (`password passwort passwd motdepasse contrasena senha admin administrator root user guest login welcome
  letmein secret master access hello monkey dragon sunshine princess football baseball soccer hockey iloveyou superman
  batman starwars pokemon whatever trustno1 shadow michael jennifer jordan hunter harley ranger buster thomas robert
  summer winter spring autumn january february march april june july august september october november december monday
  tuesday wednesday thursday friday saturday sunday freedom flower cookie cheese chocolate orange banana coffee computer
  internet google facebook microsoft samsung android iphone parley chat test default changeme temp demo pass love
  family mother father baby angel lovely star magic ninja mustang ferrari mercedes porsche chelsea arsenal liverpool
  barcelona london paris berlin america donald killer pepper ginger joshua matthew daniel andrew charlie george amanda
  jessica ashley nicole hannah thunder silver golden purple yellow diamond tigger maggie correct horse battery staple`)
  .split(/\s+/);

const ROWS = ['abcdefghijklmnopqrstuvwxyz', '01234567890', 'qwertyuiop', 'asdfghjkl', 'zxcvbnm', 'qwertzuiop', 'azertyuiop', '1qaz2wsx3edc'];
const LEET = { '@': 'a', 4: 'a', 3: 'e', 1: 'i', '!': 'i', 0: 'o', $: 's', 5: 's', 7: 't' };

/** Bits a guesser needs for a word out of a dictionary, a row of keys, somebody's own name, a year. */
const COST = { word: 11, row: 6, own: 3, year: 7 };
const LEVELS = [
  { from: 0, words: 'Very weak' }, { from: 28, words: 'Weak' }, { from: 42, words: 'Fair' },
  { from: 58, words: 'Good' }, { from: 76, words: 'Strong' },
];

/**
 * `{score: 0..4, words, advice}` for a password that somebody of these names (user name, display name, e-mail) types.
 * `advice` is empty from `Good` on.
 */
export function strength(password, names = []) {
  const length = codePoints(password);
  if (!length) return { score: 0, words: '', advice: '' };
  const looked = [...password].slice(0, LONGEST_LOOKED_AT).join('').normalize('NFKC').toLowerCase();
  const parts = split(looked, ownWords(names));
  const bits = parts.reduce((sum, part) => sum + part.bits, 0) + casing(password);
  if (length < SHORTEST) return { score: 0, words: 'Too short', advice: `${SHORTEST} characters at least.` };
  const score = LEVELS.findLastIndex(({ from }) => bits >= from);
  return { score, words: LEVELS[score].words, advice: score < 3 ? advise(parts, length) : '' };
}

function ownWords(names) {
  return names.filter(Boolean).flatMap((name) => name.toLowerCase().split(/[@\s._-]+/)).filter((word) => word.length > 2);
}

/** Cuts the password into what a guesser knows and what it has to try sign by sign. */
function split(text, own) {
  const plain = [...text].map((sign) => LEET[sign] ?? sign).join('');
  const pool = poolOf(text);
  const parts = [];
  for (let at = 0; at < text.length;) {
    const found = known(text, plain, at, own) ?? { kind: 'sign', length: 1, bits: Math.log2(pool) };
    const again = found.kind !== 'sign' && parts.some(({ what }) => what === text.slice(at, at + found.length));
    parts.push({ ...found, what: text.slice(at, at + found.length), bits: again ? 1 : found.bits });
    at += found.length;
  }
  return parts;
}

function known(text, plain, at, own) {
  const candidates = [
    longest(plain, at, own, 'own') ?? longest(text, at, own, 'own'),
    longest(plain, at, WORDS, 'word'), longest(text, at, WORDS, 'word'),
    repetition(text, at), row(text, at), year(text, at),
  ].filter(Boolean);
  return candidates.sort((one, other) => other.length - one.length)[0];
}

function longest(text, at, words, kind) {
  const found = words.filter((word) => word.length > 3 || kind === 'own').filter((word) => text.startsWith(word, at));
  const length = Math.max(0, ...found.map((word) => word.length));
  return length ? { kind, length, bits: COST[kind] } : undefined;
}

/** `aaaa`, `abab`, `abcabc`: a unit of up to four signs, repeated until there are three of one or two of more. */
function repetition(text, at) {
  for (let unit = 1; unit <= 4; unit++) {
    let end = at + unit;
    while (end < text.length && text[end] === text[end - unit]) end++;
    const times = (end - at) / unit;
    if (times >= (unit === 1 ? 3 : 2)) {
      return { kind: 'repetition', length: end - at, bits: unit * Math.log2(poolOf(text.slice(at, at + unit))) + Math.log2(times) };
    }
  }
  return undefined;
}

/** Three or more neighbours of a row, forwards or backwards. */
function row(text, at) {
  let most = 0;
  for (const line of ROWS) {
    for (const keys of [line, [...line].reverse().join('')]) {
      const start = keys.indexOf(text[at]);
      if (start < 0) continue;
      let length = 1;
      while (start + length < keys.length && text[at + length] === keys[start + length]) length++;
      most = Math.max(most, length);
    }
  }
  return most >= 3 ? { kind: 'row', length: most, bits: COST.row } : undefined;
}

function year(text, at) {
  return /^(19|20)\d\d/.test(text.slice(at, at + 4)) ? { kind: 'year', length: 4, bits: COST.year } : undefined;
}

/** How many different signs the kinds that occur could be. Capital letters count on their own, in `casing`. */
function poolOf(text) {
  const kinds = [[/[a-z]/, 26], [/\d/, 10], [/ /, 4], [/[!-/:-@[-`{-~]/, 32], [/[^\x20-\x7e]/, 100]];
  return kinds.reduce((sum, [pattern, count]) => sum + (pattern.test(text) ? count : 0), 0) || 2;
}

/** One capital at the beginning is what everybody does; capitals elsewhere are worth about a bit each. */
function casing(password) {
  const capitals = [...password].filter((sign) => sign !== sign.toLowerCase()).length;
  const first = password[0] !== password[0]?.toLowerCase();
  return capitals === 0 ? 0 : capitals === 1 && first ? 1 : Math.min(capitals + 2, 10);
}

function advise(parts, length) {
  const has = (kind) => parts.some((part) => part.kind === kind);
  if (has('own')) return 'Leave your own name out.';
  if (has('row')) return 'Rows of keys and numbers are guessed first.';
  if (has('repetition')) return 'Repetition adds little.';
  if (has('word') && parts.filter(({ kind }) => kind === 'word').length < 3) return 'A few unrelated words are stronger than one with signs in it.';
  return length < 12 ? 'Longer is stronger: add a word or two.' : 'Add a word or two.';
}
