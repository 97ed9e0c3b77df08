import { html, useEffect, useLayoutEffect, useRef } from './preact.js';

const EDGE = 8;
/** A finger that opened it by staying is still there. */
const SETTLES = 350;

/**
 * Something small above the page, beside what it belongs to; on a phone a sheet at the bottom. The browser keeps the focus
 * inside and gives it back; Escape and a press beside it close it. `anchor`: `{left, right, top, bottom}` in the window.
 */
export function Popup({ label, testid, className = '', anchor, onClose, children }) {
  const element = useRef();
  const openedAt = useRef(0);
  useEffect(() => {
    openedAt.current = performance.now();
    return () => element.current?.close();
  }, []);
  useLayoutEffect(() => {
    if (!element.current.open) element.current.showModal();
    place(element.current, anchor);
  });
  const pressed = (event) => {
    if (event.target === element.current && performance.now() - openedAt.current > SETTLES) onClose();
  };
  return html`
    <dialog ref=${element} class="popup ${className}" data-testid=${testid} aria-label=${label}
      onCancel=${(event) => { event.preventDefault(); onClose(); }} onMouseDown=${pressed} onContextMenu=${(event) => event.preventDefault()}>
      <div class="popup-body">${children}</div>
    </dialog>`;
}

/** Below its anchor, or above it where there is more room, and within the window; the style sheet places it on a phone. */
function place(element, anchor) {
  if (!anchor || matchMedia('(max-width: 700px)').matches) {
    element.style.left = element.style.top = '';
    return;
  }
  const { offsetWidth: width, offsetHeight: height } = element;
  const below = anchor.bottom + 4 + height <= innerHeight - EDGE;
  const top = below ? anchor.bottom + 4 : anchor.top - 4 - height;
  element.style.left = `${within(anchor.right - width, innerWidth - width)}px`;
  element.style.top = `${within(top, innerHeight - height)}px`;
}

const within = (wanted, most) => Math.max(EDGE, Math.min(wanted, most - EDGE));

/** Arrow keys, Home and End move the focus among the elements that `selector` finds; `columns()` of them stand side by side. */
export function roving(selector, columns = () => 1) {
  return (event) => {
    const all = [...event.currentTarget.querySelectorAll(selector)];
    const at = all.indexOf(document.activeElement);
    const many = columns();
    const to = {
      ArrowDown: at + many, ArrowUp: at - many, Home: 0, End: all.length - 1,
      ...(many > 1 && { ArrowRight: at + 1, ArrowLeft: at - 1 }),
    }[event.key];
    if (to === undefined || at < 0) return;
    event.preventDefault();
    const next = many > 1 ? Math.max(0, Math.min(to, all.length - 1)) : (to + all.length) % all.length;
    all[next]?.focus();
  };
}
