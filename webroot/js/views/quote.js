import { parse, plainText } from '../lib/markdown.js';
import { saying } from '../models/attachments.js';
import { html } from './preact.js';

const LONGEST = 300;

/** A message on one line, without marks: its words, and what it carries. */
export const brief = (row, longest = LONGEST) => (row.deletedAt ? 'Message deleted' : saying(row, (text) => plainText(parse(text.slice(0, longest)))));

/** The message that another one answers, in short; a press goes to it. `row`: undefined while it is fetched, or `missing`. */
export function Quote({ seq, row, onJump }) {
  if (row === 'missing') return html`<p class="quote gone" data-testid="quote">A message that is not here for you</p>`;
  if (!row) return html`<p class="quote gone" data-testid="quote">Loading…</p>`;
  return html`
    <button type="button" class="quote ${row.deletedAt ? 'gone' : ''}" data-testid="quote" title="Go to this message" onClick=${() => onJump(seq)}>
      <span class="unseen">In reply to </span><bdi class="sender">${row.sender.displayName}</bdi><span class="unseen">: </span><bdi class="said">${brief(row)}</bdi>
    </button>`;
}
