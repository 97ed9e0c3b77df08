// A light touch of colour for code: comments, strings, numbers and the words of a few languages. Pure, linear: one sticky
// expression a language, none of whose parts can be entered twice at one place.

const words = (text) => text.trim().split(/\s+/u).join('|');

const C_LIKE = String.raw`\/\/[^\n]*|\/\*(?:[^*]|\*(?!\/))*(?:\*\/)?`;
const HASH = String.raw`#[^\n]*`;
const DASHES = String.raw`--[^\n]*`;
const MARKUP = String.raw`<!--(?:[^-]|-(?!->))*(?:-->)?`;
const STRINGS = String.raw`"(?:[^"\\\n]|\\.)*"?|'(?:[^'\\\n]|\\.)*'?`;
const TICKS = '`(?:[^`\\\\]|\\\\[^])*`?';
const NUMBER = String.raw`(?:0[xX][\da-fA-F_]+|\d[\d_]*(?:\.\d[\d_]*)?(?:[eE][+-]?\d+)?)\w*`;

const JS = words(`async await break case catch class const continue default delete do else export extends false finally for from function get if
  import in instanceof interface let new null of return set static super switch this throw true try type typeof undefined var void while yield`);
const JAVA = words(`abstract assert boolean break byte case catch char class const continue data default do double else enum extends false final finally
  float for fun if implements import in instanceof int interface is long native new null object override package permits private protected public
  record return sealed short static super switch synchronized this throw throws transient true try val var void volatile when while yield`);
const C = words(`auto bool break case catch char class const constexpr continue default defer delete do double else enum extern false float fn for func go
  goto if impl import include inline int interface let long loop map match mod mut namespace new nil null nullptr operator package private protected pub
  public range return select self short signed sizeof static struct switch template this throw trait true try type typedef typename union unsigned use
  using var virtual void volatile where while`);
const PYTHON = words(`and as assert async await break class continue def del elif else except False finally for from global if import in is lambda None
  nonlocal not or pass raise return self True try while with yield match case`);
const SHELL = words('case do done elif else esac export fi for function if in local return then until while echo cd set unset sudo exit source');
const SQL = words(`add all alter and as asc begin between by case check column commit constraint create cross default delete desc distinct drop else end
  exists false foreign from full group having if ilike in index inner insert into is join key lateral left like limit not null offset on or order outer
  over partition primary references returning right rollback row select set table then true union unique update using values view when where with`);

const LANGUAGES = {
  js: { comment: C_LIKE, string: `${STRINGS}|${TICKS}`, keyword: JS },
  java: { comment: C_LIKE, string: STRINGS, keyword: JAVA },
  c: { comment: C_LIKE, string: STRINGS, keyword: C },
  python: { comment: HASH, string: STRINGS, keyword: PYTHON },
  sh: { comment: HASH, string: STRINGS, keyword: SHELL },
  sql: { comment: DASHES, string: STRINGS, keyword: SQL, flags: 'i' },
  json: { comment: C_LIKE, string: STRINGS, keyword: 'true|false|null' },
  yaml: { comment: HASH, string: STRINGS, keyword: 'true|false|null|yes|no' },
  html: { comment: MARKUP, string: STRINGS, keyword: String.raw`(?<=<\/?)[A-Za-z][\w-]*` },
  css: { comment: String.raw`\/\*(?:[^*]|\*(?!\/))*(?:\*\/)?`, string: STRINGS, keyword: String.raw`@[a-z-]+|!important` },
};

const NAMES = {
  javascript: 'js', mjs: 'js', jsx: 'js', ts: 'js', tsx: 'js', typescript: 'js', kotlin: 'java', kt: 'java', scala: 'java', groovy: 'java', 'c++': 'c',
  cpp: 'c', h: 'c', cs: 'c', 'c#': 'c', go: 'c', rust: 'c', rs: 'c', swift: 'c', php: 'c', py: 'python', ruby: 'python', rb: 'python', bash: 'sh',
  shell: 'sh', zsh: 'sh', console: 'sh', psql: 'sql', postgres: 'sql', yml: 'yaml', toml: 'yaml', xml: 'html', svg: 'html',
};

const KINDS = ['comment', 'string', 'keyword', 'number'];
const made = new Map();

function expression(name) {
  const { comment, string, keyword, flags = '' } = LANGUAGES[name];
  return new RegExp(`(${comment})|(${string})|((?<![\\w$.-])(?:${keyword})(?![\\w$-]))|((?<![\\w$])${NUMBER})`, `g${flags}`);
}

/** `[{text, kind?}]`, kind one of comment, string, keyword, number; one plain part for a language that is not known. */
export function highlight(text, language = '') {
  const name = Object.hasOwn(NAMES, language) ? NAMES[language] : language;
  if (!Object.hasOwn(LANGUAGES, name)) return [{ text }];
  if (!made.has(name)) made.set(name, expression(name));
  const parts = [];
  let from = 0;
  for (const match of text.matchAll(made.get(name))) {
    if (!match[0]) continue;
    if (match.index > from) parts.push({ text: text.slice(from, match.index) });
    parts.push({ text: match[0], kind: KINDS[match.slice(1).findIndex((group) => group !== undefined)] });
    from = match.index + match[0].length;
  }
  if (from < text.length) parts.push({ text: text.slice(from) });
  return parts;
}
