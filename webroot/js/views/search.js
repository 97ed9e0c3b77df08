import { FILTERS, Search, withFilter } from '../models/search.js';
import { explain } from '../models/problems.js';
import { Dialog } from './dialog.js';
import { html, useEffect, useLayoutEffect, useMemo, useModels, useRef, useSettled, useState } from './preact.js';
import { goToMessage, goToRoom } from './route.js';
import { SearchResults, resultsOf } from './search-results.js';

/** Opens the search from anywhere: Ctrl+K, or Command+K. */
export function useSearchKey(open) {
  useEffect(() => {
    const key = (event) => {
      const asked = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === 'k';
      if (!asked) return;
      event.preventDefault();
      if (document.querySelector('.shell') && !document.querySelector('dialog[open]')) open();
    };
    addEventListener('keydown', key);
    return () => removeEventListener('keydown', key);
  }, []);
}

/**
 * One box for people, conversations and messages. The arrow keys go through what is found while one goes on typing, Enter
 * opens it. `preset` is what stands in the box at first.
 */
export function SearchDialog({ chat, preset = '', onClose }) {
  const search = useMemo(() => new Search({ api: chat.api, mine: () => chat.rooms.list() }), []);
  useModels(search);
  const [query, setQuery] = useState(preset);
  const [at, setAt] = useState(-1);
  const input = useRef();
  const settled = useSettled(query);
  useEffect(() => { search.ask(settled); setAt(-1); }, [settled]);
  // Later, what has been typed meanwhile would be elsewhere, or stand behind the caret.
  useLayoutEffect(() => { input.current.focus(); input.current.setSelectionRange(preset.length, preset.length); }, []);
  const results = resultsOf(search, chat);
  const current = results[Math.min(at, results.length - 1)];
  useEffect(() => { if (current) document.getElementById(current.id)?.scrollIntoView({ block: 'nearest' }); }, [current?.id]);
  const act = async (result) => {
    try {
      if (result.message) goToMessage(result.message.roomId, result.message.seq);
      else goToRoom((result.room ?? await chat.create({ kind: 'direct', members: [result.person.id] })).id);
      onClose();
    } catch (problem) {
      chat.notify(problem.message);
    }
  };
  const key = (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && results.length) {
      event.preventDefault();
      if (step > 0 && at >= results.length - 1 && search.next) search.more();
      else setAt((at + step + results.length + (at < 0 && step < 0 ? 1 : 0)) % results.length);
    } else if (event.key === 'Enter' && !event.isComposing && results.length) {
      event.preventDefault();
      act(current ?? results[0]);
    }
  };
  const insert = (filter) => {
    setQuery(withFilter(query, filter));
    input.current.focus();
  };
  return html`
    <${Dialog} title="Search" testid="search-dialog" onClose=${onClose}>
      <input ref=${input} type="search" data-testid="search-input" role="combobox" aria-label="Search people, conversations and messages"
        aria-autocomplete="list" aria-controls="search-results" aria-expanded=${results.length > 0} aria-activedescendant=${current?.id}
        placeholder="People, conversations, messages" autocomplete="off" dir="auto" maxlength="500" value=${query}
        onInput=${(event) => setQuery(event.target.value)} onKeyDown=${key} />
      <${Hints} onInsert=${insert} />
      <${SearchResults} search=${search} chat=${chat} results=${results} current=${current} onPick=${act} />
      <${State} search=${search} typed=${query} settled=${settled} />
    </${Dialog}>`;
}

function Hints({ onInsert }) {
  return html`
    <div class="search-hints" role="group" aria-label="Narrow down by">
      ${FILTERS.map(({ insert, says }) => html`
        <button key=${insert} type="button" class="search-hint" data-testid="search-filter" title=${says} aria-label="${insert} ${says}"
          onClick=${() => onInsert(insert)}>${insert}</button>`)}
    </div>`;
}

/** What there is to say beside the results: that they are coming, that there are none, or why not. */
function State({ search, typed, settled }) {
  if (search.problem) {
    const what = search.problem.field?.('q');
    return html`
      <p class="error" role="alert" data-testid="search-problem">${what ? sentence(what) : explain(search.problem)}
        ${!what && html` <button type="button" class="link" onClick=${() => search.ask(search.query)}>Try again</button>`}</p>`;
  }
  const waits = typed.trim() && (search.busy || typed !== settled);
  return html`<p class="hint centred" role="status" data-testid="search-state">${
    !typed.trim() ? 'Any part of a word will do, in any script. "In quotes" it stands as it is.'
      : waits ? 'Searching…'
      : search.empty ? 'Nothing found. Fewer words or filters may help.' : ''}</p>`;
}

/** `from: names nobody` and `says nothing to look for`, as sentences. */
const sentence = (what) => (/^\w+:/u.test(what) ? `${what}.` : `The search ${what}.`);

