// What is open stands in the address after `#`. How one came to a page of a list stands beside it in the history, so that there is a way back.

import { useEffect, useState } from '../../../js/views/preact.js';
import { NO_QUERY, parseRoute } from '../models/route.js';

const followers = new Set();
let route = read();

function read() {
  return { query: NO_QUERY, ...parseRoute(location.hash), trail: history.state?.trail ?? [] };
}

function changed() {
  route = read();
  for (const follow of [...followers]) follow(route);
}

addEventListener('popstate', changed);
addEventListener('hashchange', changed);

/** `trail`: the places of the pages before, the first one's being empty. */
export function go(href, { trail = [], instead = false } = {}) {
  history[instead ? 'replaceState' : 'pushState']({ trail }, '', href);
  changed();
}

export function useRoute() {
  const [seen, setSeen] = useState(route);
  useEffect(() => {
    followers.add(setSeen);
    setSeen(route);
    return () => followers.delete(setSeen);
  }, []);
  return seen;
}
