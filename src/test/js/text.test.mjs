import { codePoints, initial, listed, plain, sentence, tintOf } from '../../../webroot/js/lib/text.js';
import { same, test } from './testing.mjs';

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
