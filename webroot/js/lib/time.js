// Times in the reader's own language, and in the zone they chose or the device's.

let zone;
const renewals = [];

/** From now on times are told in this zone (IANA name); the device's own when there is none or it is unknown here. */
export function setTimeZone(name) {
  const wanted = isTimeZone(name) ? name : undefined;
  if (wanted === zone) return;
  zone = wanted;
  renewals.forEach((renew) => renew());
}

/** Does this browser know the zone? */
export function isTimeZone(name) {
  if (!name) return false;
  try {
    new Intl.DateTimeFormat(undefined, { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** The device's own zone. */
export const deviceTimeZone = () => new Intl.DateTimeFormat().resolvedOptions().timeZone;

/** The zone that times are told in. */
export const timeZone = () => zone ?? deviceTimeZone();

/** Browsers list zones by names that their places have given up. */
const RENAMED = {
  'Asia/Calcutta': 'Asia/Kolkata', 'Asia/Katmandu': 'Asia/Kathmandu', 'Asia/Rangoon': 'Asia/Yangon', 'Asia/Saigon': 'Asia/Ho_Chi_Minh',
  'Atlantic/Faeroe': 'Atlantic/Faroe', 'America/Godthab': 'America/Nuuk', 'Europe/Kiev': 'Europe/Kyiv',
};

/** Every zone this browser knows, by its present name, sorted; `also` is in it whatever its name. */
export function timeZones(also) {
  const known = Intl.supportedValuesOf?.('timeZone') ?? [];
  const names = known.map((name) => (isTimeZone(RENAMED[name]) ? RENAMED[name] : name));
  return [...new Set(['UTC', ...names, ...(isTimeZone(also) ? [also] : [])])].sort();
}

/** A formatter is dear to make and cheap to use: one for each form, made anew only with the zone. */
function formatter(locale, options) {
  let made;
  renewals.push(() => { made = undefined; });
  return () => (made ??= new Intl.DateTimeFormat(locale, { ...options, timeZone: zone }));
}

const format = (options) => {
  const made = formatter(undefined, options);
  return (time) => made().format(new Date(time));
};

export const clockTime = format({ hour: '2-digit', minute: '2-digit' });
export const fullTime = format({ dateStyle: 'full', timeStyle: 'medium' });
export const mediumTime = format({ dateStyle: 'medium', timeStyle: 'short' });
export const mediumDate = format({ dateStyle: 'medium' });
const weekday = format({ weekday: 'long' });
const shortWeekday = format({ weekday: 'short' });
const shortDate = format({ day: 'numeric', month: 'short' });
const longDate = format({ weekday: 'long', day: 'numeric', month: 'long' });
const oldDate = format({ day: 'numeric', month: 'long', year: 'numeric' });

const numbers = formatter('en-US', { calendar: 'gregory', numberingSystem: 'latn', year: 'numeric', month: 'numeric', day: 'numeric' });

/** Year, month and day of the zone's calendar day. */
function dayOf(time) {
  const date = new Date(time);
  if (!zone) return [date.getFullYear(), date.getMonth() + 1, date.getDate()];
  const parts = Object.fromEntries(numbers().formatToParts(date).map(({ type, value }) => [type, Number(value)]));
  return [parts.year, parts.month, parts.day];
}

const clock = formatter('en-US', {
  calendar: 'gregory', numberingSystem: 'latn', hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit',
});

/** What calendar and clock of the zone show, as a field for dates takes it: `2026-03-07T09:00`. */
export function wallTime(time) {
  const { year, month, day, hour, minute } = Object.fromEntries(clock().formatToParts(new Date(time)).map(({ type, value }) => [type, value]));
  return `${year.padStart(4, '0')}-${month}-${day}T${hour}:${minute}`;
}

/** When calendar and clock of the zone show this, in milliseconds; NaN when it is no time. A time that they leap over is an hour beside it. */
export function atWallTime(wall) {
  const wanted = Date.parse(`${wall}Z`);
  if (Number.isNaN(wanted)) return wanted;
  const off = (at) => wanted - Date.parse(`${wallTime(at)}Z`);
  const near = wanted + off(wanted);
  return near + off(near);
}

/** The day a time falls on, as a key: `2026-3-7`. */
export const dayKey = (time) => dayOf(time).join('-');

function daysAgo(time, now) {
  const number = (value) => {
    const [year, month, day] = dayOf(value);
    return Date.UTC(year, month - 1, day);
  };
  return Math.round((number(now) - number(time)) / 86_400_000);
}

/** What stands on a day line. */
export function dayName(time, now = Date.now()) {
  const days = daysAgo(time, now);
  if (days === 0) return 'Today';
  if (days === 1) return 'Yesterday';
  if (days > 1 && days < 7) return weekday(time);
  return dayOf(time)[0] === dayOf(now)[0] ? longDate(time) : oldDate(time);
}

/** As short as a list needs it: the time today, the weekday this week, then the date. */
export function briefTime(time, now = Date.now()) {
  const days = daysAgo(time, now);
  if (days <= 0) return clockTime(time);
  return days < 7 ? shortWeekday(time) : shortDate(time);
}

/** When something will be: `today at 18:00`, `tomorrow at 09:00`, `Monday at 09:00`, then the date. */
export function comingTime(time, now = Date.now()) {
  const days = -daysAgo(time, now);
  if (days < 0 || days > 6) return mediumTime(time);
  return `${['today', 'tomorrow'][days] ?? weekday(time)} at ${clockTime(time)}`;
}

/** When something was last used, in words: `just now`, `5 minutes ago`, `yesterday`, then the date. */
export function agoTime(time, now = Date.now()) {
  const minutes = Math.floor((now - new Date(time)) / 60_000);
  if (minutes < 2) return 'just now';
  if (minutes < 60) return `${minutes} minutes ago`;
  const days = daysAgo(time, now);
  if (days <= 0) return `today at ${clockTime(time)}`;
  return days === 1 ? `yesterday at ${clockTime(time)}` : mediumDate(time);
}
