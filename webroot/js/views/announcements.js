import { AlertIcon, CloseIcon } from './icons.js';
import { html, useModels } from './preact.js';

/** What administrators tell everybody, above everything else; read out when it comes. */
export function Announcements({ announcements }) {
  useModels(announcements);
  return html`
    <div class="announcements" role="region" aria-label="Announcements" aria-live="polite">
      ${announcements.shown.map(({ id, text, severity }) => html`
        <div key=${id} class="announcement ${severity}" data-testid="announcement">
          <${AlertIcon} />
          <p dir="auto">${severity === 'warning' && html`<span class="unseen">Warning: </span>`}${text}</p>
          <button type="button" class="icon-button" aria-label="Dismiss this announcement" data-testid="dismiss-announcement"
            onClick=${() => announcements.putAway(id)}><${CloseIcon} /></button>
        </div>`)}
    </div>`;
}
