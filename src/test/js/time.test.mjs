import { agoTime, clockTime, dayKey, dayName, deviceTimeZone, isTimeZone, setTimeZone, timeZones } from '../../../webroot/js/lib/time.js';
import { ok, same, test } from './testing.mjs';

const NEW_YEAR = Date.parse('2026-01-01T03:30:00Z');

/** With the zone chosen, then with the device's own again. */
function inZone(zone, look) {
  setTimeZone(zone);
  try {
    return look();
  } finally {
    setTimeZone(undefined);
  }
}

test('daysAreThoseOfTheChosenZone', () => {
  same(inZone('America/New_York', () => dayKey(NEW_YEAR)), '2025-12-31');
  same(inZone('Asia/Tokyo', () => dayKey(NEW_YEAR)), '2026-1-1');
});

test('clockIsThatOfTheChosenZone', () => {
  ok(/30/.test(inZone('Asia/Tokyo', () => clockTime(NEW_YEAR))));
  ok(inZone('Asia/Tokyo', () => clockTime(NEW_YEAR)) !== inZone('America/New_York', () => clockTime(NEW_YEAR)));
});

test('yesterdayEndsAtMidnightThere', () => {
  const hourLater = NEW_YEAR + 3_600_000 * 2;
  same(inZone('America/New_York', () => dayName(NEW_YEAR, hourLater)), 'Yesterday');
  same(inZone('Asia/Tokyo', () => dayName(NEW_YEAR, hourLater)), 'Today');
});

test('unknownZoneIsTheDevices', () => {
  const own = dayKey(NEW_YEAR);
  same(inZone('Atlantis/Harbour', () => dayKey(NEW_YEAR)), own);
  same([isTimeZone('Atlantis/Harbour'), isTimeZone(''), isTimeZone(deviceTimeZone())], [false, false, true]);
});

test('lastUseIsToldInWords', () => {
  same([agoTime(NEW_YEAR, NEW_YEAR + 60_000), agoTime(NEW_YEAR, NEW_YEAR + 300_000)], ['just now', '5 minutes ago']);
});

test('zonesHaveTheirPresentNames', () => {
  const zones = timeZones('Pacific/Auckland');
  ok(['UTC', 'Asia/Kolkata', 'Europe/Berlin', 'Pacific/Auckland'].every((zone) => zones.includes(zone)));
  same([zones.includes('Asia/Calcutta'), zones.length === new Set(zones).size, timeZones('no/zone').includes('no/zone')], [false, true, false]);
});
