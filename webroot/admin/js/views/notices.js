import { CloseIcon } from '../../../js/views/icons.js';
import { html, useEffect, useModels } from '../../../js/views/preact.js';

const STAYS = 8_000;

/** Short news at the edge: what has been done. */
export function Notices({ panel }) {
  useModels(panel);
  return html`
    <div class="notices" role="status" aria-live="polite">
      ${panel.notices.map(({ id, text }) => html`<${Notice} key=${id} text=${text} onDismiss=${() => panel.dismiss(id)} />`)}
    </div>`;
}

function Notice({ text, onDismiss }) {
  useEffect(() => {
    const timer = setTimeout(onDismiss, STAYS);
    return () => clearTimeout(timer);
  }, []);
  return html`
    <p class="notice" data-testid="notice"><span dir="auto">${text}</span>
      <button type="button" class="icon-button" aria-label="Dismiss" onClick=${onDismiss}><${CloseIcon} /></button></p>`;
}
