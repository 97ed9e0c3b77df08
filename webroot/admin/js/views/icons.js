// Icons that only the panel has; the others are the chat's.

import { icon } from '../../../js/views/icons.js';
import { html } from '../../../js/views/preact.js';

export const MenuIcon = icon(html`<path d="M4 7h16M4 12h16M4 17h16" />`);
export const CopyIcon = icon(html`<rect x="8.5" y="8.5" width="11" height="11" rx="2" /><path d="M15.5 8.500V6.500a2 2 0 0 0-2-2h-7a2 2 0 0 0-2 2v7a2 2 0 0 0 2 2h2" />`);
export const FilterIcon = icon(html`<path d="M4 6h16l-6.200 7.500V19l-3.600-1.800v-3.700z" />`);
export const DownloadIcon = icon(html`<path d="M12 4v11M7 10.500l5 5 5-5M5 19.500h14" />`);
export const OlderIcon = icon(html`<path d="M9 5l7 7-7 7" />`);
export const RefreshIcon = icon(html`<path d="M19.500 12a7.500 7.500 0 1 1-2.200-5.300L19.500 9M19.500 4v5h-5" />`);
export const EditIcon = icon(html`<path d="M4.500 19.500l.9-4L16 4.900a1.900 1.900 0 0 1 2.700 0l.4.4a1.900 1.900 0 0 1 0 2.700L8.500 18.600z" />`);
