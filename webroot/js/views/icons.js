// Our own line icons, 24 × 24. They are decoration: the control around each one carries the label.

import { html } from './preact.js';

const icon = (paths) => () => html`
  <svg class="icon" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round"
    stroke-linejoin="round" aria-hidden="true" focusable="false">${paths}</svg>`;

export const PlusIcon = icon(html`<path d="M12 5v14M5 12h14" />`);
export const CloseIcon = icon(html`<path d="M6 6l12 12M18 6L6 18" />`);
export const BackIcon = icon(html`<path d="M15 5l-7 7 7 7" />`);
export const DownIcon = icon(html`<path d="M12 5v14M6 13l6 6 6-6" />`);
export const SendIcon = icon(html`<path d="M4 12l16-8-5 16-3.5-6.5z" /><path d="M20 4l-8.5 9.5" />`);
export const SearchIcon = icon(html`<circle cx="11" cy="11" r="6.5" /><path d="M16 16l4.5 4.5" />`);
export const CompassIcon = icon(html`<circle cx="12" cy="12" r="9" /><path d="M15.5 8.5l-2 5-5 2 2-5z" />`);
export const PeopleIcon = icon(html`
  <circle cx="9" cy="8" r="3.5" /><path d="M3 20c0-3.5 2.5-6 6-6s6 2.5 6 6" />
  <path d="M15.5 4.8a3.5 3.5 0 0 1 0 6.4M17.5 14.5c2.2.8 3.5 2.8 3.5 5.5" />`);
export const HashIcon = icon(html`<path d="M9 4L7 20M17 4l-2 16M4.5 9h16M3.5 15h16" />`);
export const LeaveIcon = icon(html`<path d="M10 4H6a2 2 0 0 0-2 2v12a2 2 0 0 0 2 2h4M15 8l4 4-4 4M19 12H9" />`);
export const SignOutIcon = icon(html`<path d="M12 4v8M7.5 6.5a8 8 0 1 0 9 0" />`);
export const ClockIcon = icon(html`<circle cx="12" cy="12" r="8.5" /><path d="M12 7.5V12l3 2" />`);
export const AlertIcon = icon(html`<circle cx="12" cy="12" r="9" /><path d="M12 7.5v5.5M12 16.5v.01" />`);
export const CheckIcon = icon(html`<path d="M5 12.5l4.5 4.5L19 7.5" />`);
export const ChatIcon = icon(html`<path d="M5 5h14a2 2 0 0 1 2 2v8a2 2 0 0 1-2 2h-7l-5 4v-4H5a2 2 0 0 1-2-2V7a2 2 0 0 1 2-2z" />`);
