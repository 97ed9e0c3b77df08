import { highlight } from '../../../webroot/js/lib/highlight.js';
import { ok, same, test } from './testing.mjs';

const kinds = (text, language) => highlight(text, language).filter(({ kind }) => kind).map(({ text, kind }) => `${kind}: ${text}`);

test('wordsOfTheLanguageAreTold', () => {
  same(kinds('const a = "let"; // 1', 'js'), ['keyword: const', 'string: "let"', 'comment: // 1']);
  same(kinds('SELECT a1 FROM b WHERE c = 2.5 -- x', 'sql'), ['keyword: SELECT', 'keyword: FROM', 'keyword: WHERE', 'number: 2.5', 'comment: -- x']);
  same(kinds('<p class="x">if</p>', 'html'), ['keyword: p', 'string: "x"', 'keyword: p']);
  same(kinds('def f(): # no', 'py'), ['keyword: def', 'comment: # no']);
});

test('otherLanguagesStayPlain', () => {
  for (const language of ['', 'brainfuck', 'constructor', '__proto__']) same(highlight('let a', language), [{ text: 'let a' }]);
});

test('partsJoinedAreTheCode', () => {
  const code = '/* a */ let x = `b\n${c}`; "open\n no';
  for (const language of ['js', 'java', 'c', 'python', 'sh', 'sql', 'json', 'yaml', 'html', 'css']) {
    same(highlight(code, language).map(({ text }) => text).join(''), code, language);
  }
});

test('longHostileCodeIsQuick', () => {
  for (const language of ['js', 'java', 'c', 'python', 'sh', 'sql', 'json', 'yaml', 'html', 'css']) {
    for (const piece of ['/*', '*', '"', '\\', '"\\', '`', '<!--', '-', '1', '1e', '0x', '_', 'a', '<', '</', '//', '/', "'", '@a-', '$']) {
      const start = performance.now();
      highlight(piece.repeat(20_000 / piece.length), language);
      ok(performance.now() - start < 500, `${language} ${piece}`);
    }
  }
});
