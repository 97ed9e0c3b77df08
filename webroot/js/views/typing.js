import { listed } from '../lib/text.js';
import { html, useEffect, useState } from './preact.js';

/** Who is writing; looks again every second while someone is, because typing ends by silence. */
export function TypingLine({ room }) {
  const people = room.typing.people();
  const [, again] = useState(0);
  useEffect(() => {
    if (!people.length) return undefined;
    const timer = setInterval(() => again((count) => count + 1), 1_000);
    return () => clearInterval(timer);
  }, [people.length > 0]);
  return html`
    <p class="typing" data-testid="typing" aria-live="polite">
      ${people.length > 0 && html`
        <span class="dots" aria-hidden="true"><i></i><i></i><i></i></span>
        <bdi>${listed(people.map(({ displayName }) => displayName))} ${people.length > 1 ? 'are' : 'is'} typing…</bdi>`}
    </p>`;
}
