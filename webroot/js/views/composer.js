import { codePoints } from '../lib/text.js';
import { draftOf } from '../models/drafts.js';
import { Answering } from './answering.js';
import { EmojiPicker } from './emoji-picker.js';
import { ClockIcon, SendIcon } from './icons.js';
import { useMentions } from './mention-box.js';
import { SmileIcon } from './message-icons.js';
import { useSendLater } from './scheduled-composer.js';
import { html, useEffect, useId, useModels, useRef, useState } from './preact.js';
import { AttachButton, pasted, TrayView } from './uploads.js';
import { VoiceButton, VoiceRecorder } from './voice-recorder.js';

const MOST = 4_000;
const MOST_BYTES = 16_384;
const COUNT_FROM = 3_600;

/**
 * What I am writing: kept as a draft of its room, or of its thread while the page lives. Enter sends, Shift+Enter begins a
 * line, ArrowUp in an empty one changes what I said last. `target` (the room, or a thread) knows what it answers. Files lie in a
 * tray above it; a message waits for its own.
 */
export function Composer({ chat, room, target = room, threadOf, testid = 'composer', label = `Message to ${room.title}`, onEditLast }) {
  const draft = draftOf(chat, target, room);
  const [text, setText] = useState(draft.read());
  const [picking, setPicking] = useState(null);
  const [recording, setRecording] = useState(false);
  const tray = trayOf(chat, room, threadOf);
  useModels(tray);
  const countId = useId();
  const area = useRef();
  const length = codePoints(text);
  const tooLong = isTooLong(text);
  const empty = text.trim() === '' && !tray.items.length;
  const ready = !empty && !tooLong && !tray.stuck;
  useEffect(() => { if (matchMedia('(pointer: fine)').matches) area.current.focus(); }, []);
  useEffect(() => { if (area.current) fit(area.current); }, [text, recording]);
  useEffect(() => chat.drafts.subscribe(() => { if (document.activeElement !== area.current) setText(draft.read()); }), []);
  const { answering } = target;
  useEffect(() => { if (answering) area.current?.focus(); }, [answering]);
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
    if (tray.busy) tray.whenDone(go);
    else go();
    area.current?.focus();
  };
  // It may be called long after, when this is no longer in the page: what counts is what stands in the draft then.
  const go = () => {
    const said = draft.read().replace(/\s+$/u, '');
    if (isTooLong(said)) return;
    chat.send(room.id, said, { replyTo: target.answering?.seq, threadOf, attachments: tray.attachments });
    tray.clear();
    gone();
  };
  const gone = () => {
    write('');
    target.answer(null);
  };
  const spoken = (file) => {
    tray.add([file], { voice: true });
    tray.whenDone(go);
  };
  const later = useSendLater({ chat, room, words, disabled: !ready || tray.items.length > 0, onDone: () => { if (draft.read() === text) gone(); } });
  const key = (event) => {
    if (mentions.onKeyDown(event)) return;
    if (event.key === 'Escape' && answering) target.answer(null);
    if (event.key === 'ArrowUp' && text === '' && onEditLast?.()) event.preventDefault();
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    send();
  };
  const stopRecording = () => {
    setRecording(false);
    requestAnimationFrame(() => area.current?.focus());
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
      <${TrayView} chat=${chat} tray=${tray} onRemoved=${() => area.current?.focus()} />
      ${recording ? html`<${VoiceRecorder} onSend=${spoken} onClose=${stopRecording} />` : html`
      <div class="box ${empty ? 'wordless' : ''}">
        <textarea ref=${area} data-testid=${testid} rows="1" dir="auto" value=${text} placeholder="Write a message"
          aria-label=${label} aria-invalid=${tooLong} aria-describedby=${countId}
          enterkeyhint="send" onInput=${input} onKeyDown=${key} onKeyUp=${mentions.look} onClick=${mentions.look}
          onBlur=${mentions.close} onPaste=${(event) => pasted(event, tray)} ...${mentions.attributes}></textarea>
        <${AttachButton} tray=${tray} onAdded=${() => area.current.focus()} />
        <button type="button" class="icon-button" data-testid="insert-emoji" aria-label="Insert an emoji" title="Emoji"
          onClick=${(event) => setPicking(event.currentTarget.getBoundingClientRect())}><${SmileIcon} /></button>
        ${later.button}
        ${empty && html`<${VoiceButton} onStart=${() => setRecording(true)} />`}
        ${tray.armed ? html`<button type="button" class="send armed" data-testid="send-wait" aria-label="Do not send yet" title="Do not send yet" onClick=${() => tray.disarm()}><${ClockIcon} /></button>`
          : html`<button type="submit" class="send" data-testid="send" aria-label="Send" title="Send" disabled=${!ready}><${SendIcon} /></button>`}
      </div>`}
      <p id=${countId} class="counter ${tooLong ? 'error' : ''}" aria-live="polite">${counter(length, tooLong)}</p>
    </form>
    ${later.dialog}
    ${picking && html`<${EmojiPicker} anchor=${picking} onPick=${insert} onClose=${() => setPicking(null)} />`}`;
}

/** Where the files of a message to a room, or to a thread in it, lie. */
export const trayOf = (chat, room, threadOf) => chat.uploads.tray(threadOf ? `${room.id}/${threadOf}` : room.id);

const isTooLong = (text) => codePoints(text) > MOST || new TextEncoder().encode(text).length > MOST_BYTES;

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
