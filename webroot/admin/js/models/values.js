// Values of a row in words. Pure: what a view shows, a test can ask for.

import { agoTime, comingTime, mediumTime } from '../../../js/lib/time.js';
import { sizeOf } from '../../../js/models/attachments.js';

export const isNothing = (value) => value === undefined || value === null || value === '';

/** In a sentence or a file name: one line, whatever its type. */
export function inWords({ type }, value) {
  if (isNothing(value)) return '';
  if (type === 'boolean') return value ? 'Yes' : 'No';
  if (type === 'bytes') return sizeOf(Number(value));
  if (type === 'number') return Number(value).toLocaleString();
  if (type === 'time') return mediumTime(value);
  if (type === 'json' || typeof value === 'object') return JSON.stringify(value);
  return String(value);
}

/** Near times as people say them, far ones by their date. */
export function whenInWords(time, now = Date.now()) {
  return Date.parse(time) > now ? comingTime(time, now) : agoTime(time, now);
}

/** The beginning of an id: its end, where time-ordered ids differ, stands behind the dots. */
export function shortId(id) {
  const text = String(id);
  return /^[0-9a-f]{8}-[0-9a-f-]{27}$/i.test(text) ? `${text.slice(0, 8)}…${text.slice(-4)}` : text;
}

/** JSON for reading. */
export function pretty(value) {
  return JSON.stringify(parsed(value), null, 2);
}

/** What came as a text of JSON may be that still. */
export function parsed(value) {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

/** A word of the code as a title: `passwordReset` and `password-reset` are `Password reset`. */
export function titled(word) {
  const spaced = word.replace(/([a-z])([A-Z])/g, '$1 $2').replace(/[-_.]+/g, ' ').toLowerCase();
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
}

/** A name for a downloaded file: `parley-users-2026-03-07.csv`. */
export function csvName(model, now = new Date()) {
  return `parley-${model.name}-${now.toISOString().slice(0, 10)}.csv`;
}

/** How long something lasts: `80 ms`, `12 s`, `5 min`, `3 h`, `2 days`. */
export function lasting(milliseconds) {
  const steps = [[1_000, 1, 'ms'], [90_000, 1_000, 's'], [5_400_000, 60_000, 'min'], [172_800_000, 3_600_000, 'h'], [Infinity, 86_400_000, 'days']];
  const [, unit, word] = steps.find(([most]) => milliseconds < most);
  return `${Math.round(milliseconds / unit).toLocaleString()} ${word}`;
}

export const counted = (count, one, many = `${one}s`) => `${count.toLocaleString()} ${count === 1 ? one : many}`;
