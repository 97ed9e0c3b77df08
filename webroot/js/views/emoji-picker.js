import { EMOJI, findEmoji, usedEmoji, usualEmoji } from '../lib/emoji.js';
import { html, useEffect, useRef, useState } from './preact.js';
import { Popup, roving } from './popup.js';

const COLUMNS = 8;

/** Picks one emoji; the last ones used come first. Typing searches by name. */
export function EmojiPicker({ anchor, onPick, onClose }) {
  const [query, setQuery] = useState('');
  const field = useRef();
  useEffect(() => { if (matchMedia('(pointer: fine)').matches) field.current.focus(); }, []);
  const found = query.trim() ? [{ name: 'Found', emoji: findEmoji(query) }]
    : [{ name: 'Used last', emoji: usualEmoji().map((emoji) => ({ emoji })) }, ...EMOJI];
  const pick = (emoji) => {
    usedEmoji(emoji);
    onClose();
    onPick(emoji);
  };
  const submit = (event) => {
    event.preventDefault();
    const [first] = found[0].emoji;
    if (query.trim() && first) pick(first.emoji);
  };
  const down = (event) => {
    if (event.key !== 'ArrowDown') return;
    event.preventDefault();
    event.currentTarget.closest('.popup-body').querySelector('.emoji-list .emoji')?.focus();
  };
  return html`
    <${Popup} label="Pick an emoji" testid="emoji-picker" className="emoji-picker" anchor=${anchor} onClose=${onClose}>
      <form onSubmit=${submit}>
        <input ref=${field} type="search" data-testid="emoji-search" placeholder="Search emoji" aria-label="Search emoji" autocomplete="off" value=${query}
          onInput=${(event) => setQuery(event.target.value)} onKeyDown=${down} />
      </form>
      <div class="emoji-list" tabindex="-1" autofocus onKeyDown=${roving('.emoji', () => COLUMNS)}>
        ${found.map(({ name, emoji }) => html`
          <section key=${name} aria-label=${name}>
            <h3 aria-hidden="true">${name}</h3>
            <div class="emoji-grid">
              ${emoji.map((one, at) => html`
                <button type="button" key=${one.emoji} class="emoji" tabindex=${at ? -1 : 0} title=${one.name} data-testid="emoji-${one.emoji}" onClick=${() => pick(one.emoji)}>${one.emoji}</button>`)}
            </div>
          </section>`)}
        <p class="hint centred" role="status">${found[0].emoji.length ? '' : 'No emoji is called that.'}</p>
      </div>
    </${Popup}>`;
}
