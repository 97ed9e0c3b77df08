import { codePoints } from '../lib/text.js';
import { draftOf } from '../models/drafts.js';
import { Answering } from './answering.js';
import { EmojiPicker } from './emoji-picker.js';
import { SendIcon } from './icons.js';
import { useMentions } from './mention-box.js';
import { SmileIcon } from './message-icons.js';
import { useSendLater } from './scheduled-composer.js';
import { html, useEffect, useId, useRef, useState } from './preact.js';

const MOST = 4_000;
const MOST_BYTES = 16_384;
const COUNT_FROM = 3_600;

/**
 * What I am writing: kept as a draft of its room, or of its thread while the page lives. Enter sends, Shift+Enter begins a
 * line, ArrowUp in an empty one changes what I said last. `target` (the room, or a thread) knows what it answers.
 */
export function Composer({ chat, room, target = room, threadOf, testid = 'composer', label = `Message to ${room.title}`, onEditLast }) {
  const draft = draftOf(chat, target, room);
  const [text, setText] = useState(draft.read());
  const [picking, setPicking] = useState(null);
  const countId = useId();
  const area = useRef();
  const length = codePoints(text);
  const tooLong = length > MOST || new TextEncoder().encode(text).length > MOST_BYTES;
  const ready = text.trim() !== '' && !tooLong;
  useEffect(() => { if (matchMedia('(pointer: fine)').matches) area.current.focus(); }, []);
  useEffect(() => fit(area.current), [text]);
  useEffect(() => chat.drafts.subscribe(() => { if (document.activeElement !== area.current) setText(draft.read()); }), []);
  const { answering } = target;
  useEffect(() => { if (answering) area.current.focus(); }, [answering]);
  const write = (value) => {
    draft.write(value);
    setText(value);
  };
  const mentions = useMentions({ room, area, text, write });
  const input = ({ target: { value } }) => {
    write(value);
    mentions.look();
    if (value.trim()) chat.typing(room);
  };
  const words = { text: text.replace(/\s+$/u, ''), replyTo: answering?.seq, threadOf };
  const send = () => {
    if (!ready) return;
    chat.send(room.id, words.text, words);
    gone();
  };
  const gone = () => {
    write('');
    target.answer(null);
    area.current?.focus();
  };
  const later = useSendLater({ chat, room, words, disabled: !ready, onDone: () => { if (draft.read() === text) gone(); } });
  const key = (event) => {
    if (mentions.onKeyDown(event)) return;
    if (event.key === 'Escape' && answering) target.answer(null);
    if (event.key === 'ArrowUp' && text === '' && onEditLast?.()) event.preventDefault();
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    send();
  };
  const insert = (emoji) => {
    const { selectionStart: from, selectionEnd: to } = area.current;
    write(text.slice(0, from) + emoji + text.slice(to));
    requestAnimationFrame(() => {
      area.current?.focus();
      area.current?.setSelectionRange(from + emoji.length, from + emoji.length);
    });
  };
  return html`
    <form class="composer" onSubmit=${(event) => { event.preventDefault(); send(); }}>
      ${mentions.list}
      <${Answering} room=${room} target=${target} />
      <div class="box">
        <textarea ref=${area} data-testid=${testid} rows="1" dir="auto" value=${text} placeholder="Write a message"
          aria-label=${label} aria-invalid=${tooLong} aria-describedby=${countId}
          enterkeyhint="send" onInput=${input} onKeyDown=${key} onKeyUp=${mentions.look} onClick=${mentions.look}
          onBlur=${mentions.close} ...${mentions.attributes}></textarea>
        <button type="button" class="icon-button" data-testid="insert-emoji" aria-label="Insert an emoji" title="Emoji"
          onClick=${(event) => setPicking(event.currentTarget.getBoundingClientRect())}><${SmileIcon} /></button>
        ${later.button}
        <button type="submit" class="send" data-testid="send" aria-label="Send" title="Send" disabled=${!ready}><${SendIcon} /></button>
      </div>
      <p id=${countId} class="counter ${tooLong ? 'error' : ''}" aria-live="polite">${counter(length, tooLong)}</p>
    </form>
    ${later.dialog}
    ${picking && html`<${EmojiPicker} anchor=${picking} onPick=${insert} onClose=${() => setPicking(null)} />`}`;
}

function counter(length, tooLong) {
  if (length > MOST) return `${length - MOST} ${length === MOST + 1 ? 'character' : 'characters'} too many`;
  if (tooLong) return 'Too long: at most 16 KiB';
  return length >= COUNT_FROM ? `${MOST - length} left` : '';
}

/** As high as its text, up to what the style sheet allows. */
export function fit(area) {
  area.style.height = 'auto';
  area.style.height = `${area.scrollHeight}px`;
}
