import { fullTime } from '../lib/time.js';
import { Dialog } from './dialog.js';
import { MessageText } from './message-text.js';
import { html, useAction, useEffect, useState } from './preact.js';

/** What a message said before it was changed, the oldest first. */
export function EarlierWords({ room, row, onClose }) {
  const [versions, setVersions] = useState(null);
  const { problem, run } = useAction(async () => setVersions(await room.messages.versions(row.seq)));
  useEffect(() => { run(); }, []);
  return html`
    <${Dialog} title="Earlier versions" testid="earlier-words" small onClose=${onClose}>
      ${problem && html`<p class="error" role="alert">${problem.message}</p>`}
      ${!versions && !problem && html`<p class="hint centred" role="status">Loading…</p>`}
      <ol class="versions">
        ${versions?.map(({ text, at }) => html`
          <li key=${at} data-testid="earlier-version"><time class="hint" datetime=${at}>${fullTime(at)}</time><${MessageText} text=${text} /></li>`)}
      </ol>
    </${Dialog}>`;
}
