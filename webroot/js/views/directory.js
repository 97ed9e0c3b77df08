import { RoomAvatar } from './avatar.js';
import { Dialog } from './dialog.js';
import { html, useAction, useEffect, useSettled, useState } from './preact.js';

/** The public rooms of this server: find one and join it. */
export function Directory({ chat, onClose, onDone }) {
  const [query, setQuery] = useState('');
  const [page, setPage] = useState({ items: [], next: undefined, loaded: false });
  const load = useAction(async (q, after) => {
    const { items, next } = await chat.directory(q, after);
    setPage((now) => ({ items: after ? [...now.items, ...items] : items, next, loaded: true, q }));
  });
  const join = useAction(async (room) => onDone(chat.rooms.get(room.id) ?? await chat.join(room.id)));
  const wanted = useSettled(query.trim());
  useEffect(() => { load.run(wanted); }, [wanted]);
  const problem = load.problem ?? join.problem;
  return html`
    <${Dialog} title="Public rooms" testid="directory-dialog" onClose=${onClose}>
      <div class="field">
        <label for="directory-search">Find a room</label>
        <input id="directory-search" data-testid="directory-search" type="search" dir="auto" maxlength="64" autocomplete="off"
          placeholder="Type a part of a name" value=${query} onInput=${(event) => setQuery(event.target.value)} />
      </div>
      ${problem && html`<p class="error" role="alert">${problem.message}</p>`}
      <ul class="choices tall" aria-label="Rooms found" aria-busy=${load.busy}>
        ${page.items.map((room) => html`
          <${Found} key=${room.id} room=${room} mine=${!!chat.rooms.get(room.id)} busy=${join.busy} onJoin=${() => join.run(room)} />`)}
      </ul>
      ${page.loaded && !page.items.length && html`
        <p class="hint centred">${query ? 'No public room is called that.' : 'There is no public room yet. You can make the first one.'}</p>`}
      ${page.next && html`
        <button type="button" class="quiet wide" disabled=${load.busy} onClick=${() => load.run(wanted, page.next)}>Show more</button>`}
    </${Dialog}>`;
}

function Found({ room, mine, busy, onJoin }) {
  return html`
    <li class="found" data-testid="directory-item" data-room-id=${room.id}>
      <${RoomAvatar} room=${room} />
      <span class="who">
        <bdi class="name">${room.name}</bdi>
        <span class="handle">${room.memberCount} ${room.memberCount === 1 ? 'member' : 'members'}</span>
      </span>
      <button type="button" class=${mine ? 'quiet' : 'primary'} data-testid="join" disabled=${busy} onClick=${onJoin}>
        ${mine ? 'Open' : 'Join'}</button>
    </li>`;
}
