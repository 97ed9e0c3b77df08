import { CloseIcon } from './icons.js';
import { html } from './preact.js';
import { brief } from './quote.js';

/** Above what I write: which message it answers. */
export function Answering({ room, target }) {
  const { answering } = target;
  if (!answering) return null;
  const { row, missing } = room.messages.find(answering.seq);
  return html`
    <div class="answering" data-testid="answering">
      <p class="quote plain"><span class="unseen">Replying to </span>${row
        ? html`<bdi class="sender">${row.sender.displayName}</bdi><span class="unseen">: </span><bdi class="said">${brief(row)}</bdi>` : html`<span>${missing ? 'A message that is not here for you' : 'Loading…'}</span>`}</p>
      <button type="button" class="icon-button" data-testid="stop-answering" aria-label="Do not reply to it" title="Do not reply to it" onClick=${() => target.answer(null)}><${CloseIcon} /></button>
    </div>`;
}
