// What a browser says it is, as people call it: `Firefox on Linux`. A guess for the eye, nothing rests on it.

const BROWSERS = [
  ['Edge', /\bEdgA?\//], ['Opera', /\bOPR\//], ['Samsung Internet', /SamsungBrowser/], ['Firefox', /Firefox|FxiOS/],
  ['Chrome', /Chrome|CriOS|Chromium/], ['Safari', /Safari/], ['curl', /^curl/],
];
const SYSTEMS = [
  ['iPhone', /iPhone/], ['iPad', /iPad/], ['Android', /Android/], ['Windows', /Windows/], ['ChromeOS', /CrOS/],
  ['macOS', /Mac OS X|Macintosh/], ['Linux', /Linux|X11/],
];

const named = (list, agent) => list.find(([, pattern]) => pattern.test(agent))?.[0];

/** A short name for a user agent; its own first words when it is unknown. */
export function agentName(agent = '') {
  const browser = named(BROWSERS, agent);
  const system = named(SYSTEMS, agent);
  if (browser && system) return `${browser} on ${system}`;
  return browser ?? system ?? agent.slice(0, 40);
}

/** Phone or computer, for its picture. */
export const isPhone = (agent = '') => /Mobi|Android|iPhone|iPad/.test(agent);
