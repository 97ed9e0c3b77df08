import { plain } from '../lib/text.js';
import { briefTime, fullTime } from '../lib/time.js';
import { excerpt } from '../models/search.js';
import { Avatar, RoomAvatar } from './avatar.js';
import { html } from './preact.js';

/** Everything found, in the order in which it is shown: `{id, person | room | message, highlights}`. */
export function resultsOf({ people, rooms, messages }, { me }) {
  return [
    ...people.filter(({ id }) => id !== me.id).map((person) => ({ id: `found-person-${person.id}`, person })),
    ...rooms.map((room) => ({ id: `found-room-${room.id}`, room })),
    ...(messages ?? []).map(({ message, highlights }) => ({ id: `found-${message.roomId}-${message.seq}`, message, highlights })),
  ];
}

/** The three sections; one that is empty is not there. */
export function SearchResults({ search, chat, results, current, onPick }) {
  const section = (title, kind, Item) => {
    const some = results.filter((result) => result[kind]);
    return some.length > 0 && html`
      <div role="group" aria-label=${title} class="search-section">
        <p class="menu-heading" aria-hidden="true">${title}</p>
        ${some.map((result) => html`
          <div key=${result.id} id=${result.id} role="option" class="search-result" data-testid="found-${kind}" data-seq=${result.message?.seq}
            aria-selected=${result === current} onClick=${() => onPick(result)}><${Item} ...${result} chat=${chat} /></div>`)}
      </div>`;
  };
  return html`
    <div class="search-scroll" aria-busy=${search.busy}>
      <div id="search-results" role="listbox" aria-label="Found" data-testid="search-results">
        ${section('People', 'person', Person)}
        ${section('Conversations', 'room', Room)}
        ${section('Messages', 'message', Message)}
      </div>
      ${search.next && html`
        <button type="button" class="quiet wide" data-testid="search-more" disabled=${search.busy} onClick=${() => search.more()}>Show older messages</button>`}
    </div>`;
}

function Person({ person }) {
  return html`
    <${Avatar} user=${person} size="small" />
    <span class="who"><bdi class="name">${person.displayName}</bdi><bdi class="handle">@${person.username}</bdi></span>`;
}

function Room({ room }) {
  return html`<${RoomAvatar} room=${room} size="small" /><span class="who"><bdi class="name">${room.title}</bdi></span>`;
}

function Message({ message: { roomId, sender, text, sentAt, attachments }, highlights, chat }) {
  const room = chat.rooms.get(roomId);
  return html`
    <${Avatar} user=${sender} size="small" />
    <span class="room-text">
      <span class="line"><bdi class="name">${sender.displayName}</bdi><time datetime=${sentAt} title=${fullTime(sentAt)}>${briefTime(sentAt)}</time></span>
      <span class="handle">in <bdi>${room ? plain(room.title) : 'a conversation'}</bdi></span>
      ${text && html`<bdi class="inbox-text">${excerpt(text, highlights).map(({ text: piece, marked }) => (marked ? html`<mark>${piece}</mark>` : piece))}</bdi>`}
      ${attachments && html`<span class="handle">${attachments.map(({ id, name }, at) => html`${at > 0 && ', '}<bdi key=${id}>${name}</bdi>`)}</span>`}
    </span>`;
}
