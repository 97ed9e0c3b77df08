// What is open stands in the address after `#`, so that back, forward and reload do what one expects.

import { parseRoute } from '../models/route.js';
import { useEffect, useState } from './preact.js';

/** Pages that an invitation leads to. */
const INVITING = ['join', 'invite'];

const followers = new Set();
let route = read();

/** A token is for this page alone: not for the history, a screenshot or whoever looks over one's shoulder. */
function read() {
  const found = parseRoute(location.hash);
  if (found.token) history.replaceState(null, '', `#/${found.page}`);
  return INVITING.includes(found.page) ? { ...found, token: kept(found.page, found.token) } : found;
}

/** An invitation is kept while the tab lives: signing in may lead away from the page and back. */
function kept(page, token) {
  try {
    if (token) sessionStorage.setItem(`parley-${page}`, token);
    return token ?? sessionStorage.getItem(`parley-${page}`) ?? undefined;
  } catch {
    return token;
  }
}

addEventListener('hashchange', () => {
  route = read();
  for (const follow of [...followers]) follow(route);
});

/** It has been used. */
export function forgetInvitation() {
  try {
    sessionStorage.removeItem('parley-invite');
  } catch {
    // Nothing was kept.
  }
}

export const roomHref = (roomId) => `#/room/${roomId}`;
export const messageHref = (roomId, seq) => `#/room/${roomId}/${seq}`;
export const MENTIONS_HREF = '#/mentions';
export const SCHEDULED_HREF = '#/scheduled';
export const settingsHref = (section) => `#/settings/${section}`;
/** Where the browser goes to sign in at another provider, and to add that account to the one signed in here. */
export const PROVIDER_HREF = 'api/v1/session/oidc';
export const LINK_HREF = `${PROVIDER_HREF}?link=1`;
export const goToRoom = (roomId) => { location.hash = roomHref(roomId); };
export const goToMessage = (roomId, seq) => { location.hash = messageHref(roomId, seq); };
export const goToSettings = (section) => { location.hash = settingsHref(section); };
export const goHome = () => { location.hash = '#/'; };

/** What the address says: see `parseRoute`. */
export function useRoute() {
  const [seen, setSeen] = useState(route);
  useEffect(() => {
    followers.add(setSeen);
    setSeen(route);
    return () => followers.delete(setSeen);
  }, []);
  return seen;
}

/** One is at the message that the address named: from here on it names the room alone, so that the same link leads there again. */
export function arrivedAt(roomId) {
  history.replaceState(null, '', roomHref(roomId));
}
