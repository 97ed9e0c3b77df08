import { explain } from '../../../js/models/problems.js';
import { html, useEffect, useRef, useState } from '../../../js/views/preact.js';

/**
 * What `ask` answers: `{found, problem, busy, again}`; asked once more every `seconds` where they are given, while the page is
 * seen. What was found stays when a later try fails, and of several answers the newest question's counts.
 */
export function useLoaded(ask, { seconds, key = '' } = {}) {
  const [state, setState] = useState({ found: null, problem: null, busy: true });
  const newest = useRef(0);
  const again = async () => {
    const question = ++newest.current;
    setState((now) => ({ ...now, busy: true }));
    const answer = await ask().then((found) => ({ found, problem: null }), (problem) => ({ problem }));
    if (question === newest.current) setState((now) => ({ ...now, ...answer, busy: false }));
  };
  const latest = useRef();
  latest.current = again;
  useEffect(() => {
    latest.current();
    const timer = seconds && setInterval(() => { if (!document.hidden) latest.current(); }, seconds * 1_000);
    return () => {
      clearInterval(timer);
      newest.current++;
    };
  }, [key]);
  return { ...state, again };
}

/** Its children once there is something; above them, what went wrong last. */
export function Loaded({ loaded: { found, problem, again }, children }) {
  return html`
    ${problem && html`<p class="error" role="alert">${explain(problem)} <button type="button" class="link" onClick=${again}>Try again</button></p>`}
    ${found ? children : !problem && html`<p class="hint" role="status" aria-busy="true">Loading…</p>`}`;
}
