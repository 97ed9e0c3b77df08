import { Crop } from '../models/crop.js';
import { explain } from '../models/problems.js';
import { Dialog } from './dialog.js';
import { html, useEffect, useId, useReducer, useRef, useState } from './preact.js';

/** The frame on the screen, and the picture that is sent, in pixels. */
const FRAME = 288;
const SIDE = 512;
const STEP = 12;
const CLOSER = 1.12;

/** Which part of a picture becomes mine: drag it, zoom it, or use the keys. Sent as it shows. */
export function CropDialog({ picture, account, onClose, onDone }) {
  const crop = useRef(null);
  crop.current ??= new Crop({ width: picture.width, height: picture.height, frame: FRAME });
  const [, moved] = useReducer((count) => count + 1, 0);
  const { sending, problem, send, cancel } = useSending(account, onDone);
  const change = (act) => {
    act(crop.current);
    moved();
  };
  const canvas = useRef();
  useEffect(() => draw(canvas.current, picture, crop.current));
  return html`
    <${Dialog} title="Choose the part that shows" testid="crop-dialog" small firm onClose=${() => { cancel(); onClose(); }}>
      <${Stage} canvas=${canvas} crop=${crop.current} change=${change} />
      <${Zoom} crop=${crop.current} change=${change} />
      <p class="hint centred" id="crop-help">Drag to move. With the keyboard: arrows move, + and − zoom.</p>
      ${problem && html`<p class="error" role="alert" data-testid="crop-error">${problem.field?.('avatar') ?? explain(problem)}</p>`}
      ${sending !== null && html`<progress max="1" value=${sending} aria-label="Sending the picture"></progress>`}
      <footer>
        <button type="button" class="quiet" data-testid="crop-cancel" onClick=${() => { cancel(); if (sending === null) onClose(); }}>Cancel</button>
        <button type="button" class="primary" data-testid="crop-save" disabled=${sending !== null}
          onClick=${async () => send(await cut(picture, crop.current))}>${sending === null ? 'Save picture' : 'Sending…'}</button>
      </footer>
    </${Dialog}>`;
}

/** `sending` is null or how much has gone, 0 to 1. */
function useSending(account, onDone) {
  const [state, setState] = useState({ sending: null, problem: null });
  const abort = useRef(null);
  const send = async (blob) => {
    abort.current = new AbortController();
    const { signal } = abort.current;
    setState({ sending: 0, problem: null });
    try {
      await account.setAvatar(blob, { signal, onProgress: (sending) => setState({ sending, problem: null }) });
      onDone();
    } catch (problem) {
      setState({ sending: null, problem: signal.aborted ? null : problem });
    }
  };
  return { ...state, send, cancel: () => abort.current?.abort() };
}

function Stage({ canvas, crop, change }) {
  const pointers = useRef(new Map());
  const down = (event) => {
    event.currentTarget.setPointerCapture(event.pointerId);
    pointers.current.set(event.pointerId, placeOf(event));
  };
  const up = (event) => pointers.current.delete(event.pointerId);
  const move = (event) => {
    const before = pointers.current.get(event.pointerId);
    if (!before) return;
    const now = placeOf(event);
    const other = [...pointers.current].find(([id]) => id !== event.pointerId)?.[1];
    change((crop) => (other ? pinch(crop, before, now, other) : crop.pan(now.x - before.x, now.y - before.y)));
    pointers.current.set(event.pointerId, now);
  };
  // Preact would listen passively, and the page scroll as well.
  useEffect(() => {
    const wheel = (event) => {
      event.preventDefault();
      change((crop) => crop.zoomTo(crop.zoom * Math.exp(-event.deltaY / 400), placeOf(event)));
    };
    const element = canvas.current;
    element.addEventListener('wheel', wheel, { passive: false });
    return () => element.removeEventListener('wheel', wheel);
  }, []);
  return html`
    <canvas ref=${canvas} class="crop" width=${FRAME} height=${FRAME} tabindex="0" role="application" data-testid="crop"
      aria-label="The part of the picture that shows" aria-describedby="crop-help" aria-roledescription="picture to move"
      data-region=${Object.values(crop.region).map(Math.round).join(' ')} autofocus
      onPointerDown=${down} onPointerMove=${move} onPointerUp=${up} onPointerCancel=${up}
      onKeyDown=${(event) => key(event, change)}></canvas>`;
}

function pinch(crop, before, now, other) {
  const apart = (one) => Math.hypot(one.x - other.x, one.y - other.y) || 1;
  crop.zoomTo(crop.zoom * (apart(now) / apart(before)), { x: (now.x + other.x) / 2, y: (now.y + other.y) / 2 });
}

const MOVES = { ArrowLeft: [STEP, 0], ArrowRight: [-STEP, 0], ArrowUp: [0, STEP], ArrowDown: [0, -STEP] };

function key(event, change) {
  const move = MOVES[event.key];
  if (move) change((crop) => crop.pan(...move));
  else if (event.key === '+' || event.key === '=') change((crop) => crop.zoomTo(crop.zoom * CLOSER));
  else if (event.key === '-' || event.key === '−') change((crop) => crop.zoomTo(crop.zoom / CLOSER));
  else return;
  event.preventDefault();
}

function Zoom({ crop, change }) {
  const id = useId();
  return html`
    <div class="zoom">
      <label for=${id}>Zoom</label>
      <input id=${id} type="range" min="1" max=${crop.closest} step="0.01" value=${crop.zoom} data-testid="crop-zoom"
        disabled=${crop.closest === 1} onInput=${(event) => change((crop) => crop.zoomTo(Number(event.target.value)))} />
    </div>`;
}

/** A pointer's place in the frame's own unit, however large the frame shows. */
function placeOf(event) {
  const box = event.currentTarget.getBoundingClientRect();
  return { x: ((event.clientX - box.left) / box.width) * FRAME, y: ((event.clientY - box.top) / box.height) * FRAME };
}

/** The picture as it will be, the part outside the circle in shade: others see it round. */
function draw(canvas, picture, crop) {
  const sharp = Math.min(3, devicePixelRatio || 1);
  if (canvas.width !== FRAME * sharp) Object.assign(canvas, { width: FRAME * sharp, height: FRAME * sharp });
  const pen = canvas.getContext('2d');
  pen.setTransform(sharp, 0, 0, sharp, 0, 0);
  pen.clearRect(0, 0, FRAME, FRAME);
  const { x, y, width, height } = crop.placed;
  pen.imageSmoothingQuality = 'high';
  pen.drawImage(picture, x, y, width, height);
  pen.beginPath();
  pen.rect(0, 0, FRAME, FRAME);
  pen.arc(FRAME / 2, FRAME / 2, FRAME / 2 - 1, 0, 2 * Math.PI, true);
  pen.fillStyle = 'rgb(10 14 20 / .6)';
  pen.fill('evenodd');
}

/** The region as a file: PNG where something shows through, JPEG otherwise. */
async function cut(picture, { region }) {
  const side = Math.min(SIDE, Math.max(64, Math.round(region.size)));
  const canvas = Object.assign(document.createElement('canvas'), { width: side, height: side });
  const pen = canvas.getContext('2d');
  pen.imageSmoothingQuality = 'high';
  pen.drawImage(picture, region.x, region.y, region.size, region.size, 0, 0, side, side);
  const pixels = pen.getImageData(0, 0, side, side).data;
  const clear = pixels.some((value, at) => at % 4 === 3 && value < 255);
  return new Promise((resolve) => canvas.toBlob(resolve, clear ? 'image/png' : 'image/jpeg', 0.92));
}
