import { Avatar } from './avatar.js';
import { html, useEffect, useSettled, useState } from './preact.js';

/** Finds people as one types. `onPick` gets the person; `picked` are marked. */
export function PeoplePicker({ chat, id = 'people-search', label, onPick, picked = [], without = () => false }) {
  const [query, setQuery] = useState('');
  const found = usePeople(chat, useSettled(query.trim()));
  const people = found.people.filter(({ id }) => !without(id));
  return html`
    <div class="field">
      <label for=${id}>${label}</label>
      <input id=${id} type="search" data-testid="people-search" placeholder="Type a name" autocomplete="off"
        dir="auto" maxlength="64" value=${query} onInput=${(event) => setQuery(event.target.value)} />
    </div>
    <ul class="choices" aria-label="People found">
      ${people.map((user) => html`
        <li key=${user.id}>
          <button type="button" class="choice" data-testid="person" data-user-id=${user.id}
            aria-pressed=${picked.some(({ id }) => id === user.id)} onClick=${() => onPick(user)}>
            <${Avatar} user=${user} />
            <span class="who">
              <bdi class="name">${user.displayName}</bdi><bdi class="handle">@${user.username}</bdi>
              ${user.statusText && html`<bdi class="handle" data-testid="status">${user.statusText}</bdi>`}
            </span>
          </button>
        </li>`)}
    </ul>
    <p class="hint centred" role="status">${advice(query.trim(), found, people)}</p>`;
}

function advice(query, { problem, asked, people: all }, people) {
  if (problem) return `Search does not work right now: ${problem.message}`;
  if (!query) return 'Search by the beginning of a name or user name.';
  if (asked !== query || people.length) return '';
  return all.length ? 'Already a member.' : 'Nobody by that name.';
}

/** The last search wins, whichever answer comes last. */
function usePeople(chat, query) {
  const [found, setFound] = useState({ people: [], asked: '' });
  useEffect(() => {
    let current = true;
    const keep = (value) => current && setFound(value);
    if (!query) keep({ people: [], asked: '' });
    else {
      chat.people(query).then(
        (people) => keep({ people, asked: query }),
        (problem) => keep({ people: [], asked: query, problem }));
    }
    return () => { current = false; };
  }, [query]);
  return found;
}
