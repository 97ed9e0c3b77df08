import { codePoints } from '../lib/text.js';
import { SendIcon } from './icons.js';
import { useMentions } from './mention-box.js';
import { html, useEffect, useRef, useState } from './preact.js';

const MOST = 4_000;
const MOST_BYTES = 16_384;
const COUNT_FROM = 3_600;

/** What I am writing: kept per room while the page lives. Enter sends, Shift+Enter begins a line. */
export function Composer({ chat, room }) {
  const [text, setText] = useState(chat.drafts.text(room.id));
  const area = useRef();
  const length = codePoints(text);
  const tooLong = length > MOST || new TextEncoder().encode(text).length > MOST_BYTES;
  const ready = text.trim() !== '' && !tooLong;
  useEffect(() => { if (matchMedia('(pointer: fine)').matches) area.current.focus(); }, []);
  useEffect(() => fit(area.current), [text]);
  useEffect(() => chat.drafts.subscribe(() => { if (document.activeElement !== area.current) setText(chat.drafts.text(room.id)); }), []);
  const write = (value) => {
    chat.drafts.write(room.id, value);
    setText(value);
  };
  const mentions = useMentions({ room, area, text, write });
  const input = ({ target: { value } }) => {
    write(value);
    mentions.look();
    if (value.trim()) chat.typing(room);
  };
  const send = () => {
    if (!ready) return;
    chat.send(room.id, text.replace(/\s+$/u, ''));
    write('');
    area.current.focus();
  };
  const key = (event) => {
    if (mentions.onKeyDown(event)) return;
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    send();
  };
  return html`
    <form class="composer" onSubmit=${(event) => { event.preventDefault(); send(); }}>
      ${mentions.list}
      <div class="box">
        <textarea ref=${area} data-testid="composer" rows="1" dir="auto" value=${text} placeholder="Write a message"
          aria-label="Message to ${room.title}" aria-invalid=${tooLong} aria-describedby="composer-count"
          enterkeyhint="send" onInput=${input} onKeyDown=${key} onKeyUp=${mentions.look} onClick=${mentions.look}
          onBlur=${mentions.close} ...${mentions.attributes}></textarea>
        <button type="submit" class="send" data-testid="send" aria-label="Send" title="Send" disabled=${!ready}><${SendIcon} /></button>
      </div>
      <p id="composer-count" class="counter ${tooLong ? 'error' : ''}" aria-live="polite">${counter(length, tooLong)}</p>
    </form>`;
}

function counter(length, tooLong) {
  if (length > MOST) return `${length - MOST} ${length === MOST + 1 ? 'character' : 'characters'} too many`;
  if (tooLong) return 'Too long: at most 16 KiB';
  return length >= COUNT_FROM ? `${MOST - length} left` : '';
}

/** As high as its text, up to what the style sheet allows. */
function fit(area) {
  area.style.height = 'auto';
  area.style.height = `${area.scrollHeight}px`;
}
