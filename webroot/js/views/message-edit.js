import { codePoints } from '../lib/text.js';
import { fit } from './composer.js';
import { html, useAction, useLayoutEffect, useRef, useState } from './preact.js';

const MOST = 4_000;
const MOST_BYTES = 16_384;

/** Changes one of my messages where it stands. Enter saves, Escape gives up. */
export function MessageEdit({ row, room, onDone }) {
  const [text, setText] = useState(row.text ?? '');
  const area = useRef();
  const { busy, problem, run } = useAction(async () => {
    if (text.trim() !== (row.text ?? '')) await room.messages.edit(row.seq, text.replace(/\s+$/u, ''));
    onDone();
  });
  // Before the next key arrives.
  useLayoutEffect(() => {
    area.current.focus();
    area.current.setSelectionRange(text.length, text.length);
  }, []);
  useLayoutEffect(() => fit(area.current), [text]);
  const ready = text.trim() !== '' && codePoints(text) <= MOST && new TextEncoder().encode(text).length <= MOST_BYTES && !busy;
  const key = (event) => {
    if (event.isComposing || event.keyCode === 229) return;
    event.stopPropagation();
    if (event.key === 'Escape') onDone();
    else if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      if (ready) run();
    }
  };
  return html`
    <form class="message-edit" data-testid="message-edit" onSubmit=${(event) => { event.preventDefault(); if (ready) run(); }}>
      <textarea ref=${area} rows="1" dir="auto" data-testid="edit-text" aria-label="Change your message" value=${text}
        onInput=${(event) => setText(event.target.value)} onKeyDown=${key}></textarea>
      <div class="buttons">
        <button type="submit" class="primary" data-testid="save-edit" disabled=${!ready}>${busy ? 'Saving…' : 'Save'}</button>
        <button type="button" class="quiet" data-testid="cancel-edit" onClick=${onDone}>Cancel</button>
        ${problem ? html`<span class="error" role="alert">${problem.field?.('text') ?? problem.message}</span>` : html`<span class="hint keys">Enter saves, Escape gives up</span>`}
      </div>
    </form>`;
}
