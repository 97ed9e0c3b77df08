import { inline, parse, plainText } from '../../../webroot/js/lib/markdown.js';
import { ok, same, seeded, test } from './testing.mjs';

const p = (...children) => ({ type: 'paragraph', children });
const link = (href, ...children) => ({ type: 'link', href, children: children.length ? children : [href] });
const em = (...children) => ({ type: 'em', children });
const strong = (...children) => ({ type: 'strong', children });

/** Parts as people see them: neighbouring words are one. */
function shown(parts) {
  const found = [];
  for (const part of parts) {
    const one = part.children ? { ...part, children: shown(part.children) } : part;
    if (typeof one === 'string' && typeof found.at(-1) === 'string') found.push(found.pop() + one);
    else found.push(one);
  }
  return found;
}

const parts = (text) => shown(inline(text));

const hrefs = (node) => [node.href ?? [], (node.children ?? []).map(hrefs), (node.items ?? []).flat().map(hrefs)].flat(Infinity);
const links = (text) => parse(text).flatMap(hrefs);

test('wordsAreMarked', () => {
  same(parts('a **b** *c* _d_ ~~e~~ `f`'),
    ['a ', strong('b'), ' ', em('c'), ' ', em('d'), ' ', { type: 'del', children: ['e'] }, ' ', { type: 'span', text: 'f' }]);
  same(parts('***both***'), [strong(em('both'))]);
  same(parts('**a *b* c**'), [strong('a ', em('b'), ' c')]);
  same(parts('*a **b***'), [em('a ', strong('b'))]);
});

test('marksThatNobodyMeantAreText', () => {
  for (const text of ['2*3*4', '2 * 3 * 4', 'snake_case_name', '__init__', '* *', '**', '****', '~x~', '*open', 'close*', '** a **', '`open', '¯\\_(ツ)_/¯']) {
    same(parts(text), [text.replace('\\_', '_')], text);
  }
});

test('crossedMarksGoToTheFirstThatCloses', () => same(parts('*a **b* c**'), [em('a **b'), ' c**']));

test('marksCanBeEscaped', () => same(parts('\\*a\\* C:\\dir \\\\host'), ['*a* C:\\dir \\\\host']));

test('codeIsTakenAsItStands', () => {
  same(parts('`*a* @ann https://a.org`'), [{ type: 'span', text: '*a* @ann https://a.org' }]);
  same(parts('``a ` b``'), [{ type: 'span', text: 'a ` b' }]);
  same(parse('x\n```js\nlet a = 1;\n\n**no**\n```\ny'), [p('x'), { type: 'code', language: 'js', text: 'let a = 1;\n\n**no**' }, p('y')]);
  same(parse('```\nnever closed'), [{ type: 'code', language: '', text: 'never closed' }]);
});

test('quotesNest', () => {
  same(parse('> a\n> > b\nc'), [{ type: 'quote', children: [p('a'), { type: 'quote', children: [p('b')] }] }, p('c')]);
  same(parts('>_< and >:('), ['>_< and >:(']);
  same(parse('>_<')[0].type, 'paragraph');
});

test('listsNestAndKeepTheirNumbers', () => {
  same(parse('- a\n- b\n  - c\nd'), [
    { type: 'list', ordered: false, items: [[p('a')], [p('b'), { type: 'list', ordered: false, items: [[p('c')]] }]] }, p('d')]);
  same(parse('3. a\n4. b'), [{ type: 'list', ordered: true, start: 3, items: [[p('a')], [p('b')]] }]);
  same(parse('-\n-1\n1.5'), [p('-\n-1\n1.5')]);
});

test('linesAndParagraphsStay', () => same(parse('a\nb\n\n\nc\r\nd'), [p('a\nb'), p('c\nd')]));

test('webAddressesBecomeLinks', () => {
  same(links('see https://example.org/a?b=c#d and http://localhost:8080.'), ['https://example.org/a?b=c#d', 'http://localhost:8080']);
  same(parts('**https://a.org/_b_/c**'), [strong(link('https://a.org/_b_/c'))]);
  same(links('mailto:ann@example.org'), ['mailto:ann@example.org']);
});

test('punctuationAroundAnAddressStaysOutside', () => {
  same(links('(https://example.org/x), https://en.wikipedia.org/wiki/A_(b)! "https://q.org"'),
    ['https://example.org/x', 'https://en.wikipedia.org/wiki/A_(b)', 'https://q.org']);
});

test('wordsCanBeLinks', () => {
  same(parts('[a **b**](https://c.org/d_(e))!'), [link('https://c.org/d_(e)', 'a ', strong('b')), '!']);
  same(parts('[https://a.org/b](https://a.org/c)'), [link('https://a.org/c', { type: 'plain', children: ['https://a.org/b'] })]);
  same(parts('a[0](x) [b] (c)'), ['a[0](x) [b] (c)']);
});

test('otherSchemesStayText', () => {
  for (const address of ['javascript:alert(1)', 'data:text/html,x', 'vbscript:x', '//evil.org', 'java\nscript:x', 'file:///etc', 'xhttp://', 'https://',
    'JaVaScRiPt:alert(1)', ' javascript:x', '/room', '#/room', 'mailto:']) {
    same(links(address), [], address);
    same(links(`[click](${address})`), [], `[click](${address})`);
    same(links(`[click](<${address}>)`), [], `[click](<${address}>)`);
  }
});

test('wordsThatPretendToBeAnotherAddressAreNoLink', () => {
  same(links('[https://bank.example](https://evil.example)'), ['https://bank.example', 'https://evil.example']);
  same(links('[www.bank.example](https://evil.example)'), ['https://evil.example']);
  same(links('[bank.example/login](https://evil.example)'), ['https://evil.example']);
});

test('directionMarksEndAnAddress', () => same(links('https://a.org/\u202egpj.exe'), ['https://a.org/']));

test('mentionsAreFoundOutsideOfCodeAndAddresses', () => {
  const names = (text) => parse(text).flatMap(({ children = [] }) => children).filter(({ type }) => type === 'mention').map(({ name }) => name);
  same(names('@ann, @bob.ray. (@łukasz) @room'), ['ann', 'bob.ray', 'łukasz', 'room']);
  same(names('ann@example.org `@ann` https://a.org/@ann @@ann a@b'), []);
  same(names('```\n@ann\n```'), []);
});

test('markupOfOthersIsText', () => {
  for (const text of ['<b>x</b>', '<img src=x onerror=alert(1)>', '&lt;b&gt; &amp;', '<!-- -->', '# head', '---', '![a](b)', '| a | b |']) {
    same(parse(text).map(({ type, children }) => [type, shown(children)]), [['paragraph', [text]]], text);
  }
});

test('plainTextHasNoMarks', () => {
  same(plainText(parse('**a** [b](https://c.org)\n> d\n- `e`\n```\nf\n```')), 'a b d e f');
});

test('longHostileTextIsQuick', () => {
  const pieces = ['*', '_', '~', '`', '[', ']', '(', '>', '> ', '- ', '*a ', 'a* ', '*a **b ', '_a', '[a](', '](', '[](', '[a](b', '[[a](https://b.org)', '](((', '`a``',
    '@', '@a', '@a.', 'http', 'https://', 'http://[', 'https://a.org/)', 'https://a*', 'mailto:', '\\', '\\*', '.', ' ', '\n', '>\n', '- a\n', '1. ', '```\n', '````\n```\n', '~~~', '~~a', '**a', 'h', '- - ',
    '*_~~[', '*a_b~~c[', '  - a\n    ', '\u0301', '👩‍👩‍👧'];
  for (const piece of pieces) {
    const text = piece.repeat(65_536 / piece.length);
    const start = performance.now();
    plainText(parse(text));
    plainText(parse(`https://a.org/${text}`));
    plainText(parse(`[x](https://a.org/${text})`));
    const took = performance.now() - start;
    ok(took < 1_000, `${JSON.stringify(piece)} took ${Math.round(took)} ms`);
  }
});

test('nothingIsLostWhateverIsWritten', () => {
  const random = seeded(11);
  const pieces = ['*', '**', '_', '~~', '`', '[', '](', ')', 'a', 'b c', ' ', '\n', '> ', '- ', 'https://a.org', '@ann', '\\', '(', '1. ', '```', 'é'];
  for (let round = 0; round < 500; round++) {
    const text = Array.from({ length: 1 + random.below(30) }, () => pieces[random.below(pieces.length)]).join('');
    const letters = (all) => [...all].filter((sign) => /[bcé]/u.test(sign)).sort().join('');
    const whole = JSON.stringify(parse(text));
    for (const sign of letters(text)) ok(whole.includes(sign), text);
  }
});
