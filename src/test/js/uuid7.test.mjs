import { timeOf, uuid7, uuid7Generator } from '../../../webroot/js/lib/uuid7.js';
import { ok, same, test } from './testing.mjs';

const SHAPE = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

const ascends = (ids) => ids.every((id, at) => at === 0 || ids[at - 1] < id);

test('idHasTheShapeOfVersion7', () => {
  for (let count = 0; count < 100; count++) ok(SHAPE.test(uuid7()));
});

test('idCarriesItsTime', () => {
  const id = uuid7Generator(() => 0x0189_abcd_ef01)();
  same(id.slice(0, 13), '0189abcd-ef01');
});

test('timeOfAnIdIsReadBack', () => {
  const id = uuid7Generator(() => Date.UTC(2026, 0, 2, 3, 4, 5))();
  same([timeOf(id), timeOf('room-1'), timeOf(id.replace('-7', '-4'))], ['2026-01-02T03:04:05.000Z', '', '']);
});

test('idsAscendWithinAMillisecond', () => {
  const next = uuid7Generator(() => 1_700_000_000_000);
  const ids = Array.from({ length: 10_000 }, next);
  ok(ascends(ids));
  same(new Set(ids).size, ids.length);
});

test('idsAscendWhenTheClockGoesBack', () => {
  const times = [5_000, 5_001, 4_000, 3_000, 5_001, 5_002];
  const next = uuid7Generator(() => times.shift());
  ok(ascends(Array.from({ length: 6 }, next)));
});
