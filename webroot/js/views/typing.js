import { listed } from '../lib/text.js';
import { html } from './preact.js';

/** Who is writing. */
export function TypingLine({ room }) {
  const people = room.typing.people();
  return html`
    <p class="typing" data-testid="typing" aria-live="polite">
      ${people.length > 0 && html`
        <span class="dots" aria-hidden="true"><i></i><i></i><i></i></span>
        <span>${listed(people.map(({ displayName }) => displayName), (name) => html`<bdi>${name}</bdi>`)} ${people.length > 1 ? 'are' : 'is'} typing…</span>`}
    </p>`;
}
