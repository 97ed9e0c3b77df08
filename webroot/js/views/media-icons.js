// Icons of files, players and the viewer.

import { icon } from './icons.js';
import { html } from './preact.js';

export const ClipIcon = icon(html`<path d="M19.5 11.5l-7.6 7.6a4.6 4.6 0 0 1-6.5-6.5l8-8a3.1 3.1 0 0 1 4.400 4.400l-8 8a1.6 1.6 0 0 1-2.200-2.200l7.300-7.300" />`);
export const MicrophoneIcon = icon(html`<rect x="9" y="3.5" width="6" height="11" rx="3" /><path d="M5.500 11.500a6.500 6.500 0 0 0 13 0M12 18v3" />`);
export const FileIcon = icon(html`<path d="M6.500 3.500h7.500l4.500 4.500v12.500h-12z" /><path d="M13.500 3.800v4.700h4.700" />`);
export const PictureIcon = icon(html`<rect x="3.500" y="4.500" width="17" height="15" rx="2" /><circle cx="9" cy="10" r="1.700" /><path d="M4 17.500l5-4.500 3.500 3 3.500-3.500 4.500 4.500" />`);
export const FilmIcon = icon(html`<rect x="3.500" y="5.500" width="12" height="13" rx="2" /><path d="M15.500 10.500l5-3v9l-5-3z" />`);
export const NoteIcon = icon(html`<circle cx="7.500" cy="17" r="2.800" /><circle cx="17" cy="15.500" r="2.800" /><path d="M10.300 17V6.500l9.500-2v11" />`);
export const PlayIcon = icon(html`<path d="M8 5.500l10.500 6.500L8 18.500z" fill="currentColor" />`);
export const PauseIcon = icon(html`<path d="M8.500 6v12M15.500 6v12" stroke-width="3.200" />`);
export const DownloadIcon = icon(html`<path d="M12 4v11M7 10.500l5 5 5-5M5 19.500h14" />`);
export const AgainIcon = icon(html`<path d="M19.500 12a7.500 7.500 0 1 1-2.300-5.400l2.300 2.200M19.500 4.500v4.300h-4.300" />`);
export const CloserIcon = icon(html`<circle cx="11" cy="11" r="6.500" /><path d="M16 16l4.500 4.500M11 8v6M8 11h6" />`);
export const FurtherIcon = icon(html`<circle cx="11" cy="11" r="6.500" /><path d="M16 16l4.500 4.500M8 11h6" />`);
export const NextIcon = icon(html`<path d="M9 5l7 7-7 7" />`);

const OF_KIND = { picture: PictureIcon, video: FilmIcon, audio: NoteIcon, voice: MicrophoneIcon };

/** The sign of a kind of file. */
export const KindIcon = ({ kind }) => html`<${OF_KIND[kind] ?? FileIcon} />`;
