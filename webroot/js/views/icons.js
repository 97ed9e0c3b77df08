// Our own line icons, 24 × 24. They are decoration: the control around each one carries the label.

import { html } from './preact.js';

export const icon = (paths) => () => html`
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
export const CalendarIcon = icon(html`<rect x="4" y="5.5" width="16" height="14.5" rx="2" /><path d="M4 10h16M8.5 3.5v4M15.5 3.5v4" />`);
export const AlertIcon = icon(html`<circle cx="12" cy="12" r="9" /><path d="M12 7.5v5.5M12 16.5v.01" />`);
export const CheckIcon = icon(html`<path d="M5 12.5l4.5 4.5L19 7.5" />`);
export const ChatIcon = icon(html`<path d="M5 5h14a2 2 0 0 1 2 2v8a2 2 0 0 1-2 2h-7l-5 4v-4H5a2 2 0 0 1-2-2V7a2 2 0 0 1 2-2z" />`);
export const SettingsIcon = icon(html`<path d="M4 7.5h9M18.5 7.5H20M4 16.5h1.5M11 16.5h9" /><circle cx="15.8" cy="7.5" r="2.7" /><circle cx="8.2" cy="16.5" r="2.7" />`);
export const PersonIcon = icon(html`<circle cx="12" cy="8" r="4" /><path d="M4.5 20.5c.6-4.2 3.4-6.5 7.5-6.5s6.9 2.3 7.5 6.5" />`);
export const ShieldIcon = icon(html`<path d="M12 3l7.5 2.8v5.5c0 4.7-3 8.2-7.5 9.9-4.5-1.7-7.5-5.2-7.5-9.9V5.8z" /><path d="M8.8 12l2.3 2.3 4.2-4.5" />`);
export const LetterIcon = icon(html`<rect x="3" y="5" width="18" height="14" rx="2.5" /><path d="M3.5 8l8.5 6 8.5-6" />`);
export const LaptopIcon = icon(html`<rect x="5" y="5" width="14" height="10" rx="1.5" /><path d="M2.5 19h19" />`);
export const PhoneIcon = icon(html`<rect x="7" y="3" width="10" height="18" rx="2.2" /><path d="M11 17.8h2" />`);
export const KeyIcon = icon(html`<circle cx="8" cy="15" r="4.2" /><path d="M11 12l8.5-8.5M16 7l3 3" />`);
export const LinkIcon = icon(html`<path d="M10 14a4 4 0 0 0 5.7 0l3-3a4 4 0 0 0-5.7-5.7l-1 1M14 10a4 4 0 0 0-5.7 0l-3 3a4 4 0 0 0 5.7 5.7l1-1" />`);
export const EyeIcon = icon(html`<path d="M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12z" /><circle cx="12" cy="12" r="2.8" />`);
export const MoreIcon = icon(html`<path d="M12 5.5v.01M12 12v.01M12 18.5v.01" stroke-width="3.2" />`);
export const AtIcon = icon(html`<circle cx="12" cy="12" r="3.8" /><path d="M15.8 8.2v5.3a2.4 2.4 0 0 0 4.9 0V12a8.7 8.7 0 1 0-3.4 6.9" />`);
export const PinIcon = icon(html`<path d="M9 4h6l-.8 6 3.3 3.5h-11L9.8 10zM12 13.500V20" />`);
export const HideIcon = icon(html`<path d="M4 4l16 16M9.9 5.800A9.6 9.6 0 0 1 12 5.500c6 0 9.5 6.5 9.5 6.500a17 17 0 0 1-3 3.700M6.2 7.600A16.6 16.6 0 0 0 2.5 12S6 18.5 12 18.500a9.3 9.3 0 0 0 4-.9" />`);
export const UnreadIcon = icon(html`<path d="M20 12.500V15a2 2 0 0 1-2 2h-6.500l-4.5 3.500V17H5a2 2 0 0 1-2-2V8a2 2 0 0 1 2-2h8" /><circle cx="19" cy="6.5" r="2.6" fill="currentColor" />`);
export const StopIcon = icon(html`<circle cx="12" cy="12" r="8.5" /><path d="M6 6l12 12" />`);
export const LockIcon = icon(html`<rect x="5" y="11" width="14" height="9" rx="2" /><path d="M8 11V8a4 4 0 0 1 8 0v3" />`);
export const QuietIcon = icon(html`<path d="M4 4l16 16M8.5 6.600A5 5 0 0 1 17 10c0 2.2.5 3.9 1.2 5.200M15.5 17H4.500S7 15 7 10c0-.5.1-1 .2-1.400M10 20a2.3 2.3 0 0 0 4 0" />`);
export const PasskeyIcon = icon(html`<path d="M6 11.5a6 6 0 0 1 12 0v2M9 20c.6-1.5 1-3.5 1-5.5v-3a2 2 0 0 1 4 0v3c0 2-.3 4-.9 6M6 14.5c0 1.5-.2 2.5-.6 3.5M17.8 16.5c-.1 1-.2 1.8-.4 2.5" />`);
