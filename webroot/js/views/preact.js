// The one door to the vendored library, and the hooks every view uses.

import { Component, html, render, useEffect, useId, useLayoutEffect, useMemo, useReducer, useRef, useState }
  from '../../vendor/htm-preact-standalone.js';

export { Component, html, render, useEffect, useId, useLayoutEffect, useMemo, useReducer, useRef, useState };

/** Calls `work` once before the next frame, however often it is asked; also in a hidden page, where there are no frames. */
export function batched(work) {
  let asked = false;
  return () => {
    if (asked) return;
    asked = true;
    const run = () => {
      asked = false;
      work();
    };
    if (document.hidden) setTimeout(run, 50);
    else requestAnimationFrame(run);
  };
}

/** Renders the component again whenever one of these models changed. */
export function useModels(...models) {
  const [, again] = useReducer((count) => count + 1, 0);
  useEffect(() => {
    const update = batched(again);
    const stops = models.filter(Boolean).map((model) => model.subscribe(update));
    update();
    return () => stops.forEach((stop) => stop());
  }, models);
}

/** A component that renders again only when one of its properties, or its state, is another one. */
export class Pure extends Component {
  shouldComponentUpdate(next, nextState) {
    const names = Object.keys({ ...this.props, ...next });
    return nextState !== this.state || names.some((name) => this.props[name] !== next[name]);
  }
}

/** Runs an action of the user's: `busy` while it does, `problem` when it failed. */
export function useAction(action) {
  const [state, setState] = useState({ busy: false, problem: null });
  const alive = useRef(true);
  useEffect(() => () => { alive.current = false; }, []);
  const run = async (...args) => {
    setState({ busy: true, problem: null });
    const problem = await action(...args).then(() => null, (error) => error);
    if (alive.current) setState({ busy: false, problem });
  };
  return { ...state, run, reset: () => setState({ busy: false, problem: null }) };
}

/** `value` once it has stood still for a while: for searching while one types. */
export function useSettled(value, milliseconds = 200) {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), milliseconds);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}
