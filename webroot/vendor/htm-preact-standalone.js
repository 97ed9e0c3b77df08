// The one door to the view library. It exports what htm's own bundle of this name does, and more.
// We do not take that bundle because the preact inside it is older than 10.11 (it has no useId).
import htm from './htm.js';
import { h } from './preact.js';

export * from './preact.js';
export * from './preact-hooks.js';

/** Tagged template for elements: html`<p class=${name}>${text}</p>`. Text is always text. */
export const html = htm.bind(h);
