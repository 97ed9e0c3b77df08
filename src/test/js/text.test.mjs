import { codePoints, initial, linkParts, listed, plain, sentence, tintOf } from '../../../webroot/js/lib/text.js';
import { ok, same, test } from './testing.mjs';

const links = (text) => linkParts(text).filter(({ href }) => href).map(({ href }) => href);

test('webAddressesBecomeLinks', () => {
  same(links('see https://example.org/a?b=c#d and http://localhost:8080.'), ['https://example.org/a?b=c#d', 'http://localhost:8080']);
});

test('punctuationAroundAnAddressStaysOutside', () => {
  same(links('(https://example.org/x), https://en.wikipedia.org/wiki/A_(b)! "https://q.org"'),
    ['https://example.org/x', 'https://en.wikipedia.org/wiki/A_(b)', 'https://q.org']);
});

test('otherSchemesStayText', () => {
  for (const text of ['javascript:alert(1)', 'data:text/html,x', 'vbscript:x', '//evil.org', 'java\nscript:x', 'file:///etc', 'xhttp://', 'https://']) {
    same(links(text), [], text);
  }
});

test('partsJoinedAreTheText', () => {
  const text = 'a https://b.org, <b>c</b> http://d.org\n\nhttps:// e';
  same(linkParts(text).map((part) => part.text).join(''), text);
});

test('directionMarksEndAnAddress', () => same(links('https://a.org/\u202egpj.exe'), ['https://a.org/']));

test('longHostileTextIsQuick', () => {
  const start = performance.now();
  for (const piece of ['(', ')', 'https://', 'https://a.org/)', '[[', '.']) linkParts(piece.repeat(16_384 / piece.length));
  linkParts(`https://a.org/${')'.repeat(16_000)}`);
  ok(performance.now() - start < 500);
});

test('lengthIsInCodePoints', () => same([codePoints('a😀é'), codePoints('')], [3, 0]));

test('initialIsALetterOrDigit', () => same([initial('ann'), initial('  _émile'), initial('👾'), initial('9lives')], ['A', 'É', '#', '9']));

test('plainNameCannotTurnTheSentence', () => same(plain('ab\u202egpj\u2069 שלום'), 'abgpj שלום'));

test('endOfASentenceGetsItsSubject', () => {
  same([sentence('The name', 'is taken'), sentence('The name', 'Too long.'), sentence('The name', undefined)],
    ['The name is taken.', 'Too long.', undefined]);
});

test('tintIsStable', () => same([tintOf('a', 10), tintOf('a', 10) < 10], [tintOf('a', 10), true]));

test('namesAreListedAsPeopleDo', () => {
  same([['A'], ['A', 'B'], ['A', 'B', 'C'], ['A', 'B', 'C', 'D']].map((names) => listed(names).join('')),
    ['A', 'A and B', 'A, B and 1 other', 'A, B and 2 others']);
});
