// Times in the reader's own language and zone.

const format = (options) => {
  const formatter = new Intl.DateTimeFormat(undefined, options);
  return (time) => formatter.format(new Date(time));
};

export const clockTime = format({ hour: '2-digit', minute: '2-digit' });
export const fullTime = format({ dateStyle: 'full', timeStyle: 'medium' });
const weekday = format({ weekday: 'long' });
const shortWeekday = format({ weekday: 'short' });
const shortDate = format({ day: 'numeric', month: 'short' });
const longDate = format({ weekday: 'long', day: 'numeric', month: 'long' });
const oldDate = format({ day: 'numeric', month: 'long', year: 'numeric' });

/** The local day a time falls on, as a key: `2026-3-7`. */
export function dayKey(time) {
  const date = new Date(time);
  return `${date.getFullYear()}-${date.getMonth() + 1}-${date.getDate()}`;
}

function daysAgo(time, now) {
  const midnight = (value) => new Date(value).setHours(0, 0, 0, 0);
  return Math.round((midnight(now) - midnight(time)) / 86_400_000);
}

/** What stands on a day line. */
export function dayName(time, now = Date.now()) {
  const days = daysAgo(time, now);
  if (days === 0) return 'Today';
  if (days === 1) return 'Yesterday';
  if (days > 1 && days < 7) return weekday(time);
  return new Date(time).getFullYear() === new Date(now).getFullYear() ? longDate(time) : oldDate(time);
}

/** As short as a list needs it: the time today, the weekday this week, then the date. */
export function briefTime(time, now = Date.now()) {
  const days = daysAgo(time, now);
  if (days <= 0) return clockTime(time);
  return days < 7 ? shortWeekday(time) : shortDate(time);
}
