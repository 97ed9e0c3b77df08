// The dashboard's figures and charts, made of what `GET /admin/stats` answers.

import { clockTime, mediumTime } from '../../../js/lib/time.js';
import { sizeOf } from '../../../js/models/attachments.js';
import { lasting } from './values.js';

/** How far back the days go. */
export const SPANS = Object.freeze([['7', 'A week'], ['30', '30 days'], ['90', '90 days'], ['366', 'A year']]);

const dayShort = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short', timeZone: 'UTC' });
const dayLong = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeZone: 'UTC' });

const number = (value) => value.toLocaleString();
const milliseconds = (value) => `${value < 10 ? Math.round(value * 10) / 10 : Math.round(value).toLocaleString()} ms`;
const compact = new Intl.NumberFormat(undefined, { notation: 'compact', maximumFractionDigits: 1 });

export const socketsOf = ({ raw, sockjs, script }) => raw + sockjs + script;

/** `[{name, value, about}]`: what stands in large letters. */
export function figuresOf({ people, rooms, messages, media, storage, connections, requests }) {
  const answered = Object.values(requests.byStatus).reduce((sum, count) => sum + count, 0);
  return [
    { name: 'People', value: number(people.total), about: `${number(people.activeToday)} active and ${number(people.newToday)} new today, ${number(people.active7Days)} active in a week` },
    { name: 'Messages', value: number(messages.total), about: `${number(messages.today)} today` },
    { name: 'Rooms', value: number(rooms.direct + rooms.group + rooms.public), about: `${number(rooms.direct)} direct, ${number(rooms.group)} groups, ${number(rooms.public)} public` },
    { name: 'Connections', value: number(socketsOf(connections)), about: connections.behind ? `${number(connections.behind)} not keeping up` : 'all keep up' },
    { name: 'Files', value: number(media.files), about: sizeOf(media.bytes) },
    { name: 'Latency', value: requests.p50Ms === undefined ? '–' : milliseconds(requests.p50Ms), about: requests.p99Ms === undefined ? 'nothing was asked lately' : `99 of 100 within ${milliseconds(requests.p99Ms)}` },
    { name: 'Server errors', value: number(requests.byStatus['5xx'] ?? 0), about: `of ${number(answered)} requests since ${mediumTime(requests.since)}` },
    { name: 'Storage', value: sizeOf(storage.databaseBytes + storage.mediaBytes), about: storage.freeBytes === undefined ? 'in use' : `in use, ${sizeOf(storage.freeBytes)} free` },
  ];
}

const ofDays = { brief: (time) => dayShort.format(time), full: (time) => dayLong.format(time) };
const ofMinutes = { brief: (time) => clockTime(time), full: (time) => mediumTime(time) };

/** What the charts take, in the order in which they stand; `near` says which of the two spans of time each is of. */
export function chartsOf({ days, recent }) {
  const dates = days.map(({ day }) => Date.parse(`${day}T00:00:00Z`));
  const minutes = recent.map(({ at }) => Date.parse(at));
  const series = (rows, ...named) => named.map(([name, of]) => ({ name, values: rows.map((row) => row[of] ?? null) }));
  const day = (title, ...named) => ({ title, times: dates, tell: ofDays, whole: true, say: number, mark: compact.format, series: series(days, ...named) });
  const minute = (title, ...named) => ({ title, times: minutes, tell: ofMinutes, whole: true, say: number, mark: compact.format, series: series(recent, ...named) });
  return {
    days: [
      { ...day('Messages a day', ['Messages', 'messages']), bars: true },
      day('People a day', ['Active', 'activePeople'], ['New', 'newPeople']),
    ],
    recent: [
      minute('Connections', ['Connections', 'connections']),
      { ...minute('Latency of requests', ['Half within', 'p50Ms'], ['99 of 100 within', 'p99Ms']), whole: false, say: milliseconds, mark: (value) => `${number(value)} ms` },
      { ...minute('Requests a minute', ['Requests', 'requests']), bars: true },
      { ...minute('Errors a minute', ['Client errors (4xx)', 'clientErrors'], ['Server errors (5xx)', 'serverErrors']), bars: true },
    ],
  };
}

/** Parts of the disk that is there: `[{name, bytes, part}]`, parts of 1. */
export function storageOf({ databaseBytes, mediaBytes, freeBytes }) {
  const parts = [{ name: 'Database', bytes: databaseBytes }, { name: 'Files', bytes: mediaBytes }, ...(freeBytes === undefined ? [] : [{ name: 'Free', bytes: freeBytes }])];
  const all = parts.reduce((sum, { bytes }) => sum + bytes, 0) || 1;
  return parts.map((part) => ({ ...part, part: part.bytes / all }));
}

/** A node in one line. */
export function nodeInWords({ name, here, startedAt, connections }, now = Date.now()) {
  const who = name ?? 'This server';
  return `${who}${here && name ? ' (this one)' : ''}: up for ${lasting(now - Date.parse(startedAt))}, ${number(socketsOf(connections))} connections, ${sizeOf(connections.queueBytes)} waiting to be sent`;
}
