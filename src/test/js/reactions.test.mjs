import { Reactions } from '../../../webroot/js/models/reactions.js';
import { ok, same, test } from './testing.mjs';

const row = (reactions, version = 5) => ({ seq: 7, version, reactions });
const many = (count, without = []) => Array.from({ length: 20 }, (_, at) => `u${at}`).filter((id) => !without.includes(id)).slice(0, Math.min(20, count));
const chips = (reactions, one) => reactions.chips(one).map(({ emoji, count, mine }) => `${emoji}${count}${mine ? ' mine' : ''}`);

test('rowItselfTellsWhetherIAmAmongThem', () => {
  const reactions = new Reactions('me');
  same(chips(reactions, row([{ emoji: '👍', count: 2, some: ['ann', 'me'] }, { emoji: '🎉', count: 1, some: ['ann'] }])), ['👍2 mine', '🎉1']);
});

test('amongManyTheAnswerBesideTheRowTells', () => {
  const reactions = new Reactions('me');
  const one = row([{ emoji: '👍', count: 30, some: many(20) }]);
  same(chips(reactions, one), ['👍30']);
  reactions.take(one, ['👍']);
  same(chips(reactions, one), ['👍30 mine']);
  reactions.take({ seq: 7, version: 6 }, []);
  same(chips(reactions, one), ['👍30']);
});

test('olderAnswerDoesNotUndoANewerOne', () => {
  const reactions = new Reactions('me');
  const one = row([{ emoji: '👍', count: 30, some: many(20) }], 9);
  reactions.take(one, ['👍']);
  reactions.take({ seq: 7, version: 8 }, []);
  same(chips(reactions, one), ['👍30 mine']);
});

test('myClickCountsAtOnceAndOnce', () => {
  const reactions = new Reactions('me');
  const one = row([{ emoji: '👍', count: 1, some: ['ann'] }]);
  reactions.want(7, '👍', true);
  reactions.want(7, '🎉', true);
  same(chips(reactions, one), ['👍2 mine', '🎉1 mine']);
  const answered = row([{ emoji: '👍', count: 2, some: ['ann', 'me'] }], 6);
  same(chips(reactions, answered), ['👍2 mine', '🎉1 mine']);
  reactions.want(7, '👍', undefined);
  reactions.want(7, '🎉', undefined);
  same(chips(reactions, answered), ['👍2 mine']);
});

test('takingBackTheLastOneLeavesNothing', () => {
  const reactions = new Reactions('me');
  reactions.want(7, '👍', false);
  same(chips(reactions, row([{ emoji: '👍', count: 1, some: ['me'] }])), []);
});

test('tombstoneHasNone', () => {
  const reactions = new Reactions('me');
  reactions.want(7, '👍', true);
  same(reactions.chips({ ...row([]), deletedAt: 'now' }), []);
});

test('sameChipsUntilSomethingChanges', () => {
  const reactions = new Reactions('me');
  const one = row([{ emoji: '👍', count: 1, some: ['ann'] }]);
  const before = reactions.chips(one);
  ok(reactions.chips(one) === before);
  reactions.want(7, '👍', true);
  ok(reactions.chips(one) !== before);
});
