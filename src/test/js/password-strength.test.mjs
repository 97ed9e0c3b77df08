import { strength } from '../../../webroot/js/models/password-strength.js';
import { ok, same, test } from './testing.mjs';

const score = (password, names) => strength(password, names).score;

test('whatEverybodyTriesFirstIsVeryWeak', () => {
  for (const password of ['password', 'Password1', 'P@ssw0rd', '12345678', 'qwertyuiop', 'aaaaaaaaaa', 'abcdefgh', 'iloveyou', 'abababab', '87654321', 'letmein1']) {
    ok(score(password) <= 1, `${password}: ${score(password)}`);
  }
});

test('longAndUnrelatedIsStrong', () => {
  for (const password of ['violet teapot under seven clouds', 'kX9#vLq2!mWz7', 'Zebrafish-Lantern-Quay-41', '薔薇の下の古い井戸の水']) {
    ok(score(password) >= 3, `${password}: ${score(password)}`);
  }
});

test('moreOfTheSameIsNoStronger', () => {
  ok(score('passwordpassword') <= 1);
  ok(score('abcabcabcabcabcabc') <= 1);
  ok(score('2019201920192019') <= 1);
});

test('ownNameCountsLittle_andIsSaid', () => {
  const names = ['anna.lee', 'Anna Lee', 'anna@harbour.example'];
  ok(score('anna.lee', names) <= 1);
  ok(score('harbour2024', names) < score('walruses2024', names));
  same(strength('annalee12', names).advice, 'Leave your own name out.');
});

test('underEightIsTooShortWhateverItIs', () => same([strength('xK9#v!q').words, strength('').words], ['Too short', '']));

test('adviceEndsWhereItIsGood', () => {
  ok(strength('qwerty123').advice.length > 0);
  same(strength('violet teapot under seven clouds').advice, '');
});

test('lettersAreCountedAsPeopleDo', () => same(strength('😀😀😀😀😀😀😀').words, 'Too short'));

test('neverFallsWhileOneTypesOn', () => {
  const password = 'violet teapot under seven clouds';
  let before = 0;
  for (let length = 1; length <= password.length; length++) {
    const now = score(password.slice(0, length));
    ok(now >= before, password.slice(0, length));
    before = now;
  }
});

test('hugeTextIsQuick', () => {
  const start = performance.now();
  for (const piece of ['a', 'ab', 'password', 'qwerty', '😀']) strength(piece.repeat(100_000 / piece.length));
  ok(performance.now() - start < 500);
});
