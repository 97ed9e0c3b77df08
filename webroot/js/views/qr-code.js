import { generate } from '../../vendor/lean-qr.js';
import { html, useMemo } from './preact.js';

const MARGIN = 4;

/** Text as a QR code, one path of squares; dark on light whatever the colours of the page, since cameras want that. */
export function QrCode({ text, label }) {
  const { side, path } = useMemo(() => drawn(text), [text]);
  return html`
    <svg class="qr" viewBox="0 0 ${side} ${side}" role="img" aria-label=${label} data-testid="qr" shape-rendering="crispEdges">
      <rect width=${side} height=${side} fill="#fff" /><path d=${path} fill="#000" />
    </svg>`;
}

function drawn(text) {
  const code = generate(text);
  let path = '';
  for (let y = 0; y < code.size; y++) {
    for (let x = 0; x < code.size; x++) if (code.get(x, y)) path += `M${x + MARGIN} ${y + MARGIN}h1v1h-1z`;
  }
  return { side: code.size + 2 * MARGIN, path };
}
