import { fullTime } from '../lib/time.js';
import { pictureKey, picturesOf } from '../models/attachments.js';
import { Zoom } from '../models/zoom.js';
import { Download, useMedia } from './attachments.js';
import { BackIcon, CloseIcon } from './icons.js';
import { CloserIcon, FurtherIcon, NextIcon } from './media-icons.js';
import { html, useEffect, useLayoutEffect, useReducer, useRef, useState } from './preact.js';

const CLOSER = 1.4;
const STEP = 80;
const SWIPE = 60;
/** What a double press shows. */
const NEAR = 2.5;

/**
 * Pictures as large as the window, one at a time: those of `rows`, from the one with `id` of `row` on. Arrow keys go on, or
 * move a picture that is zoomed; + and − zoom, 0 shows all of it, Escape closes.
 */
export function Viewer({ chat, rows, row, id, onClose }) {
  const dialog = useRef();
  const [key, setKey] = useState(pictureKey(row, { id }));
  const all = picturesOf(rows.some(({ seq }) => seq === row.seq) ? rows : [row]);
  const at = all.findIndex((one) => one.key === key);
  const shown = all[at];
  const view = useZoom(shown?.attachment);
  useLayoutEffect(() => {
    dialog.current.showModal();
    return () => dialog.current?.close();
  }, []);
  // It may be deleted while one looks at it.
  useEffect(() => { if (!shown) onClose(); }, [shown]);
  const go = (by) => { if (all[at + by]) setKey(all[at + by].key); };
  const keys = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (view.key(event.key) || moved(event.key, go)) event.preventDefault();
  };
  return html`
    <dialog ref=${dialog} class="viewer" data-testid="viewer" aria-label="Pictures" onKeyDown=${keys}
      onCancel=${(event) => { event.preventDefault(); onClose(); }}>
      ${shown && html`
        <div class="viewer-body">
          <header>
            <p class="viewer-caption" aria-live="polite" data-testid="viewer-caption"><bdi class="name">${shown.attachment.name}</bdi>
              <span class="handle">${all.length > 1 && `${at + 1} of ${all.length}, `}<bdi>${shown.row.sender.displayName}</bdi>, ${fullTime(shown.row.sentAt)}</span></p>
            <button type="button" class="icon-button" data-testid="viewer-out" aria-label="Smaller" title="Smaller (−)" aria-disabled=${!view.zoom.closer} onClick=${() => view.by(1 / CLOSER)}><${FurtherIcon} /></button>
            <button type="button" class="icon-button" data-testid="viewer-in" aria-label="Larger" title="Larger (+)" onClick=${() => view.by(CLOSER)}><${CloserIcon} /></button>
            <${Download} chat=${chat} attachment=${shown.attachment} />
            <button type="button" class="icon-button" data-testid="viewer-close" aria-label="Close" title="Close (Esc)" autofocus onClick=${onClose}><${CloseIcon} /></button>
          </header>
          <${Stage} key=${key} chat=${chat} attachment=${shown.attachment} view=${view} onSwipe=${go} />
          ${all.length > 1 && html`
            <button type="button" class="viewer-step before" data-testid="viewer-before" aria-label="Previous picture" title="Previous" aria-disabled=${at === 0} onClick=${() => go(-1)}><${BackIcon} /></button>
            <button type="button" class="viewer-step after" data-testid="viewer-after" aria-label="Next picture" title="Next" aria-disabled=${at === all.length - 1} onClick=${() => go(1)}><${NextIcon} /></button>`}
        </div>`}
    </dialog>`;
}

function moved(key, go) {
  const by = { ArrowLeft: -1, ArrowRight: 1 }[key];
  if (by) go(by);
  return !!by;
}

/** How the picture stands in the window; begins anew with each. */
function useZoom(attachment) {
  const [, again] = useReducer((count) => count + 1, 0);
  const held = useRef({});
  if (held.current.id !== attachment?.id) held.current = { id: attachment?.id, zoom: new Zoom(frame(), sizeOf(attachment)) };
  const { zoom } = held.current;
  const change = (work) => {
    work(zoom);
    again();
  };
  useEffect(() => {
    const measure = () => change((one) => one.measure(frame(), sizeOf(attachment)));
    addEventListener('resize', measure);
    return () => removeEventListener('resize', measure);
  }, [attachment?.id]);
  const by = (factor, point) => change((one) => one.by(factor, point));
  return { zoom, change, by, key: (name) => zoomKey(name, zoom, change) };
}

const PANS = { ArrowLeft: [STEP, 0], ArrowRight: [-STEP, 0], ArrowUp: [0, STEP], ArrowDown: [0, -STEP] };
const ZOOMS = { '+': CLOSER, '=': CLOSER, '-': 1 / CLOSER, '−': 1 / CLOSER };

function zoomKey(name, zoom, change) {
  if (ZOOMS[name]) change((one) => one.by(ZOOMS[name]));
  else if (name === '0') change((one) => one.reset());
  else if (PANS[name] && zoom.closer) change((one) => one.pan(...PANS[name]));
  else return false;
  return true;
}

/** What stands above the picture; the style sheet's number. */
const HEAD = 56;
const frame = () => ({ width: innerWidth, height: innerHeight - HEAD });
const sizeOf = ({ width, height } = {}) => ({ width: width || 1_200, height: height || 900 });

/** The picture, its small one below it until it is here. Wheel, pinch and double press zoom; a drag moves it, or goes on. */
function Stage({ chat, attachment, view, onSwipe }) {
  const stage = useRef();
  const { zoom, change } = view;
  const whole = useMedia(chat.media, attachment.id);
  const pointers = usePointers(view, onSwipe);
  useLayoutEffect(() => {
    const wheel = (event) => {
      event.preventDefault();
      view.by(Math.exp(-event.deltaY / 300), fromMiddle(event));
    };
    stage.current.addEventListener('wheel', wheel, { passive: false });
    return () => stage.current?.removeEventListener('wheel', wheel);
  }, []);
  const { width, height } = zoom.shown;
  const style = { transform: `translate(${zoom.x}px, ${zoom.y}px) scale(${zoom.scale})` };
  return html`
    <div ref=${stage} class="viewer-stage ${zoom.closer ? 'closer' : ''}" data-testid="viewer-stage" data-scale=${zoom.scale.toFixed(2)} ...${pointers}
      onDblClick=${(event) => change((one) => (one.closer ? one.reset() : one.to(NEAR, fromMiddle(event))))}>
      <div class="viewer-picture" style=${style}>
        ${attachment.thumbnail && html`<${Small} media=${chat.media} id=${attachment.id} width=${width} height=${height} />`}
        ${whole.broken ? html`<p class="viewer-broken" role="alert">This picture could not be loaded. <button type="button" class="link" onClick=${whole.again}>Try again</button></p>`
          : html`<img src=${whole.url} alt="Photo: ${attachment.name}" data-testid="viewer-picture" width=${Math.round(width)} height=${Math.round(height)} draggable=${false} onError=${whole.onError} />`}
      </div>
    </div>`;
}

function Small({ media, id, width, height }) {
  const { url } = useMedia(media, id, true);
  return html`<img src=${url} alt="" width=${Math.round(width)} height=${Math.round(height)} draggable=${false} />`;
}

const fromMiddle = ({ clientX, clientY }) => ({ x: clientX - innerWidth / 2, y: clientY - (innerHeight + HEAD) / 2 });

function usePointers({ zoom, change }, onSwipe) {
  const down = useRef(new Map());
  const start = useRef(null);
  const begin = (event) => {
    if (event.button) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    down.current.set(event.pointerId, fromMiddle(event));
    start.current = down.current.size === 1 ? fromMiddle(event) : null;
  };
  const move = (event) => {
    const before = down.current.get(event.pointerId);
    if (!before) return;
    const now = fromMiddle(event);
    const other = [...down.current].find(([pointer]) => pointer !== event.pointerId)?.[1];
    down.current.set(event.pointerId, now);
    if (other) change((one) => pinch(one, before, now, other));
    else if (zoom.closer) change((one) => one.pan(now.x - before.x, now.y - before.y));
  };
  const end = (event) => {
    const now = fromMiddle(event);
    const from = start.current;
    down.current.delete(event.pointerId);
    start.current = null;
    if (!from || zoom.closer || event.type === 'pointercancel') return;
    if (Math.abs(now.x - from.x) > Math.max(SWIPE, Math.abs(now.y - from.y))) onSwipe(now.x < from.x ? 1 : -1);
  };
  return { onPointerDown: begin, onPointerMove: move, onPointerUp: end, onPointerCancel: end };
}

function pinch(zoom, before, now, other) {
  const apart = (one) => Math.hypot(one.x - other.x, one.y - other.y) || 1;
  zoom.by(apart(now) / apart(before), { x: (now.x + other.x) / 2, y: (now.y + other.y) / 2 });
}
