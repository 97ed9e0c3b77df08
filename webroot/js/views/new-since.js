import { clockTime, dayKey, dayName } from '../lib/time.js';
import { html, useRef } from './preact.js';

/** The first message that was new when I came, or came back: null when nothing was. */
export function useFirstUnread(room) {
  const first = useRef(undefined);
  if (first.current === undefined) first.current = room.unread ? room.mark.readSeq + 1 : null;
  const away = document.visibilityState !== 'visible' || !document.hasFocus();
  if (away && room.unread && !(first.current > room.mark.readSeq)) first.current = room.mark.readSeq + 1;
  return first.current;
}

/** The line above what is new; it says since when, where that is known. */
export function NewLine({ before }) {
  return html`<li class="new-line" data-testid="new-line"><span>${before ? `New since ${when(before.sentAt)}` : 'New'}</span></li>`;
}

function when(time) {
  return dayKey(time) === dayKey(Date.now()) ? clockTime(time) : `${within(dayName(time))}, ${clockTime(time)}`;
}

const within = (day) => (day === 'Yesterday' ? 'yesterday' : day);
