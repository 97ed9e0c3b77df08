// Icons of what one does with a message.

import { icon } from './icons.js';
import { html } from './preact.js';

export const SmileIcon = icon(html`<circle cx="12" cy="12" r="8.7" /><path d="M8.5 14.2c.8 1.4 2 2.1 3.5 2.1s2.7-.7 3.5-2.1M9 9.5v.6M15 9.5v.6" />`);
export const ReplyIcon = icon(html`<path d="M9.5 7L4.5 12l5 5" /><path d="M5 12h8.5c3.5 0 6 2.2 6 6" />`);
export const ThreadIcon = icon(html`<path d="M4.5 5.5h15v10h-8l-4 3.5v-3.5h-3z" /><path d="M8.5 9.2h7M8.5 12h4.5" />`);
export const ForwardIcon = icon(html`<path d="M14.5 7l5 5-5 5" /><path d="M19 12h-8.5c-3.5 0-6 2.2-6 6" />`);
export const CopyIcon = icon(html`<rect x="8.5" y="8.5" width="11" height="11" rx="2" /><path d="M15.5 8.5V6a1.5 1.5 0 0 0-1.5-1.5H6A1.5 1.5 0 0 0 4.5 6v8A1.5 1.5 0 0 0 6 15.5h2.5" />`);
export const ChainIcon = icon(html`<path d="M10 14a4 4 0 0 0 5.7 0l3-3a4 4 0 0 0-5.7-5.7l-1 1M14 10a4 4 0 0 0-5.7 0l-3 3a4 4 0 0 0 5.7 5.7l1-1" />`);
export const PinIcon = icon(html`<path d="M9 4h6l-.8 6.2 3.3 3.3v1.5h-11v-1.5l3.3-3.3zM12 15v5.5" />`);
export const PencilIcon = icon(html`<path d="M4.5 19.5l1-4.2L16 4.8a1.8 1.8 0 0 1 2.6 0l.6.6a1.8 1.8 0 0 1 0 2.6L8.7 18.5z" />`);
export const FlagIcon = icon(html`<path d="M6 20.5V4.5M6 5h10.5l-2 3.7 2 3.8H6" />`);
export const BinIcon = icon(html`<path d="M4.5 6.5h15M9.5 6V4.5h5V6M6.5 6.5l1 13h9l1-13M10.3 10.5v5M13.7 10.5v5" />`);
export const DotsIcon = icon(html`<path d="M6 12v.01M12 12v.01M18 12v.01" stroke-width="3.2" />`);
export const PastIcon = icon(html`<path d="M4.5 12a7.5 7.5 0 1 0 2.3-5.4L4.5 8.8M4.5 4.5v4.3h4.3M12 8v4.3l2.8 1.7" />`);
