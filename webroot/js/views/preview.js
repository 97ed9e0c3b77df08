import { safeAddress } from '../lib/address.js';
import { previewOf } from '../models/preview.js';
import { useMedia } from './attachments.js';
import { CloseIcon } from './icons.js';
import { html } from './preact.js';

/** What a link in a message leads to, in that page's own words, as text; its picture comes from our server alone. */
export function Preview({ row, may, desk }) {
  const card = previewOf(row, safeAddress);
  if (!card) return null;
  const { href, host, site, title, description, picture } = card;
  return html`
    <div role="group" class="link-card" data-testid="preview" aria-label="Preview of ${host}">
      <div class="link-card-text">
        <p class="link-card-site" dir="auto">${site && html`<bdi>${site}</bdi> · `}<bdi>${host}</bdi></p>
        <a class="link-card-title" href=${href} title=${href} target="_blank" rel="noopener noreferrer nofollow" dir="auto" data-testid="preview-title">${title}</a>
        ${description && html`<p class="link-card-description" dir="auto">${description}</p>`}
      </div>
      ${picture && html`<${Picture} media=${desk.chat.media} id=${row.preview.image} />`}
      ${may && html`
        <button type="button" class="icon-button" data-testid="remove-preview" title="Remove the preview" aria-label="Remove the preview of ${host}" onClick=${() => desk.removePreview(row)}><${CloseIcon} /></button>`}
    </div>`;
}

/** A picture that is no longer there leaves no broken frame. */
function Picture({ media, id }) {
  const { url, broken, onError } = useMedia(media, id);
  return !broken && html`<img class="link-card-picture" src=${url} alt="" width="88" height="88" loading="lazy" decoding="async" onError=${onError} />`;
}
