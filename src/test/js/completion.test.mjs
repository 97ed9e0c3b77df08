import { completed, EVERYBODY, matching, mentionAt } from '../../../webroot/js/models/completion.js';
import { same, test } from './testing.mjs';

const at = (text) => mentionAt(text.replace('|', ''), text.indexOf('|'));

test('nameIsBegunByASignThatBeginsAWord', () => {
  same(at('@|'), { from: 0, prefix: '' });
  same(at('Hello @an| and'), { from: 6, prefix: 'an' });
  same(at('two\nlines @b|'), { from: 10, prefix: 'b' });
  same(at('(@ann.b_c-|'), { from: 1, prefix: 'ann.b_c-' });
  same(at('@ünal|'), { from: 0, prefix: 'ünal' });
});

test('addressesAndOtherSignsBeginNoName', () => {
  for (const text of ['me@exa|mple.org', 'a.@b|', '@@a|', 'https://x.y/@a|', '@ann |', '@ann\n|', 'none|', '|@ann', `@${'x'.repeat(33)}|`]) same(at(text), null, text);
});

test('completingPutsTheNameAndASpaceAndTheCaretBehind', () => {
  same(completed('Hi @an!', 6, { from: 3 }, 'ann'), { text: 'Hi @ann !', caret: 8 });
  same(completed('Hi @an there', 6, { from: 3 }, 'ann'), { text: 'Hi @ann there', caret: 8 });
  same(completed('@', 1, { from: 0 }, 'room'), { text: '@room ', caret: 6 });
});

test('userNamesComeBeforeNamesAndNamesBeforeTheirLaterWords', () => {
  const people = [
    { id: 1, username: 'zoe', displayName: 'Ann Zoe' }, { id: 2, username: 'annika', displayName: 'X' },
    { id: 3, username: 'lee', displayName: 'Lee Annson' }, { id: 4, username: 'hanna', displayName: 'Hanna' },
  ];
  same(matching(people, 'AN').map(({ id }) => id), [2, 1, 3]);
  same(matching(people, '').length, 4);
  same([matching([EVERYBODY], 'ro').length, matching([EVERYBODY], 'x').length], [1, 0]);
});
