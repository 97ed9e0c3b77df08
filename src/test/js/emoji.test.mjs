import { COMMON, EMOJI, emojiName, findEmoji, usedEmoji, usualEmoji } from '../../../webroot/js/lib/emoji.js';
import { ok, same, test } from './testing.mjs';

const all = EMOJI.flatMap(({ emoji }) => emoji);

test('everyEmojiStandsOnceAndHasAName', () => {
  same(new Set(all.map(({ emoji }) => emoji)).size, all.length);
  ok(all.length > 200);
  for (const { emoji, name } of all) {
    ok(/^\p{RGI_Emoji}$/v.test(emoji), emoji);
    ok(/^[a-z ]+$/u.test(name), `${emoji} ${name}`);
    ok(emoji.length <= 32, emoji);
  }
});

test('commonOnesAreInTheList', () => { for (const emoji of COMMON) ok(emojiName(emoji) !== emoji, emoji); });

test('emojiAreFoundByTheBeginningOfTheirWords', () => {
  same(findEmoji('thumbs up').map(({ emoji }) => emoji), ['👍']);
  ok(findEmoji('hea').some(({ emoji }) => emoji === '❤️'));
  same([findEmoji('zzzzz'), findEmoji('🔥').map(({ name }) => name)], [[], ['fire hot lit']]);
});

test('lastUsedComeFirst', () => {
  const held = new Map();
  const store = { getItem: (key) => held.get(key) ?? null, setItem: (key, value) => held.set(key, value) };
  same(usualEmoji(store), COMMON);
  usedEmoji('🔥', store);
  usedEmoji('😂', store);
  same(usualEmoji(store), ['😂', '🔥', '👍', '❤️', '😮', '😢']);
  store.setItem('parley-emoji', '{broken');
  same(usualEmoji(store), COMMON);
});
