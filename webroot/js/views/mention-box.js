import { completed, EVERYBODY, matching, mentionAt, OFFERED } from '../models/completion.js';
import { Avatar } from './avatar.js';
import { html, useEffect, useId, useRef, useState } from './preact.js';

/**
 * Completing `@name` in a text area: what to add to it (`attributes`, `onKeyDown`, which is true when it took the key; call
 * `look` after the text or the caret moved) and the `list` to show beside it. The focus stays in the text.
 */
export function useMentions({ room, area, text, write }) {
  const id = useId();
  const [at, setAt] = useState(null);
  const [chosen, setChosen] = useState(0);
  const people = useCandidates(room, at?.prefix);
  const open = at !== null && people.length > 0;
  const caretTo = useRef(null);
  /** Where a list was put away by Escape: it stays away while that name is written. */
  const putAway = useRef(null);
  useEffect(() => {
    if (caretTo.current === null) return;
    area.current.setSelectionRange(caretTo.current, caretTo.current);
    caretTo.current = null;
  }, [text]);
  useEffect(() => setChosen(0), [at?.prefix, at?.from]);
  const look = () => {
    const { value, selectionStart, selectionEnd } = area.current;
    const found = selectionStart === selectionEnd ? mentionAt(value, selectionStart) : null;
    if (found?.from !== putAway.current) putAway.current = null;
    if (putAway.current !== null) return;
    setAt((now) => (now && found && now.from === found.from && now.prefix === found.prefix ? now : found));
  };
  const take = (user) => {
    const { value, selectionStart } = area.current;
    const done = completed(value, selectionStart, at, user.username);
    caretTo.current = done.caret;
    setAt(null);
    write(done.text);
    area.current.focus();
  };
  const index = Math.min(chosen, people.length - 1);
  const onKeyDown = (event) => {
    if (!open || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return false;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) setChosen((index + step + people.length) % people.length);
    else if ((event.key === 'Enter' && !event.shiftKey) || (event.key === 'Tab' && !event.shiftKey)) take(people[index]);
    else if (event.key === 'Escape') {
      putAway.current = at.from;
      setAt(null);
    } else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  };
  const option = (user) => `${id}-${user.id}`;
  const attributes = open
    ? { role: 'combobox', 'aria-autocomplete': 'list', 'aria-haspopup': 'listbox', 'aria-expanded': 'true', 'aria-controls': id, 'aria-activedescendant': option(people[index]) }
    : { role: undefined, 'aria-autocomplete': 'list', 'aria-haspopup': undefined, 'aria-expanded': undefined, 'aria-controls': undefined, 'aria-activedescendant': undefined };
  const list = html`
    <p class="unseen" role="status">${open ? `${people.length} ${people.length === 1 ? 'person' : 'people'} to mention` : ''}</p>
    ${open && html`
      <ul class="mention-box" id=${id} role="listbox" aria-label="People to mention" data-testid="mention-box">
        ${people.map((user, place) => html`
          <li key=${user.id} id=${option(user)} role="option" class="mention-option" aria-selected=${place === index} data-testid="mention-option"
            onMouseDown=${(event) => { event.preventDefault(); take(user); }} onMouseMove=${() => place !== index && setChosen(place)}>
            ${user === EVERYBODY ? html`<span class="avatar small everybody" aria-hidden="true">@</span>` : html`<${Avatar} user=${user} size="small" />`}
            <span class="who"><bdi class="name">${user.displayName}</bdi><bdi class="handle">@${user.username}</bdi></span>
          </li>`)}
      </ul>`}`;
  return { attributes, onKeyDown, look, close: () => setAt(null), list };
}

/** Members here at once; in a room whose members are not all here, those the server finds as well. */
function useCandidates(room, prefix) {
  const [found, setFound] = useState([]);
  const asked = prefix !== undefined;
  useEffect(() => {
    if (!asked) return undefined;
    let current = true;
    const keep = (items) => { if (current) setFound(items.map(({ user }) => user)); };
    if (!room.members.few || !room.members.loaded) {
      room.members.load().then(() => (room.members.loaded || !prefix ? [] : room.members.find(prefix))).then(keep, () => {});
    }
    return () => { current = false; };
  }, [room, prefix]);
  if (!asked) return [];
  const known = [...room.members.known(), ...(room.people ?? []), ...found];
  const others = [...new Map(known.map((user) => [user.id, user])).values()].filter(({ id }) => id !== room.me.id);
  const everybody = room.may('mentionRoom') ? matching([EVERYBODY], prefix) : [];
  const named = matching(others, prefix).slice(0, OFFERED - everybody.length);
  return prefix ? [...everybody, ...named] : [...named, ...everybody];
}
