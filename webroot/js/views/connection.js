import { html, useModels } from './preact.js';

const WORDS = { online: 'Online', connecting: 'Connecting…', offline: 'Offline' };

function words({ state, retryAt }) {
  const seconds = Math.ceil((retryAt - Date.now()) / 1_000);
  return state === 'connecting' && retryAt && seconds > 0 ? `Connecting in ${seconds} s` : WORDS[state];
}

/** A dot and a word in the corner. */
export function Connection({ bus }) {
  useModels(bus);
  return html`
    <span class="connection" data-testid="connection" data-state=${bus.state}>
      <span class="dot ${bus.state}"></span>${words(bus)}
    </span>`;
}

/** A line above the conversation while there is no connection; read out once, without the seconds. */
export function ConnectionBanner({ bus }) {
  useModels(bus);
  const lost = bus.troubled;
  return html`
    <div class="banner ${lost ? 'shown' : ''}">
      <span role="status">${lost && 'No connection. What you write is kept and sent as soon as it is back.'}</span>
      ${lost && html`
        <span class="when" aria-hidden="true">${words(bus)}</span>
        <button type="button" class="link" onClick=${() => bus.retryNow()}>Try now</button>`}
    </div>`;
}
