import { ending, kindOf, sizeOf } from '../models/attachments.js';
import { useMedia } from './attachments.js';
import { CloseIcon } from './icons.js';
import { AgainIcon, ClipIcon, KindIcon } from './media-icons.js';
import { html, useEffect, useRef, useState } from './preact.js';

/** Picks files. */
export function AttachButton({ tray, onAdded }) {
  const input = useRef();
  const picked = ({ target }) => {
    tray.add(target.files);
    // The same file can be picked again.
    target.value = '';
    onAdded();
  };
  return html`
    <input ref=${input} type="file" multiple hidden data-testid="file-input" aria-label="Files" onChange=${picked} />
    <button type="button" class="icon-button" data-testid="attach" aria-label="Add files" title="Add files" onClick=${() => input.current.click()}><${ClipIcon} /></button>`;
}

/** What I am about to send besides words. */
export function TrayView({ chat, tray, onRemoved }) {
  const remove = (id) => {
    tray.remove(id);
    onRemoved();
  };
  return html`
    ${tray.items.length > 0 && html`
      <ul class="tray" data-testid="tray" aria-label="Files to send">
        ${tray.items.map((item) => html`<${Upload} key=${item.id} chat=${chat} item=${item} onRetry=${() => tray.retry(item.id)} onRemove=${() => remove(item.id)} />`)}
      </ul>`}
    <p class="tray-note hint" role="status" data-testid="tray-note">${tray.armed ? 'Goes as soon as the files are there.' : tray.note}</p>`;
}

const SAYS = {
  waiting: 'Waiting',
  gone: 'Gone with the page that was closed. Please add it again.',
};

function Upload({ chat, item, onRetry, onRemove }) {
  const { name, size, state, progress, problem, vain } = item;
  const bad = state === 'failed' || state === 'gone';
  const says = problem ?? SAYS[state];
  const moving = state === 'sending' || state === 'waiting' || state === 'retrying';
  return html`
    <li class="upload ${bad ? 'bad' : ''}" data-testid="upload" data-state=${state}>
      <${Preview} chat=${chat} item=${item} />
      <span class="upload-text">
        <span class="upload-line"><bdi class="name" title=${name}>${name}</bdi><span class="handle">${sizeOf(size)}</span></span>
        ${moving && html`<progress max="1" value=${progress} aria-label="${name} sent"></progress>`}
        ${says && html`<span class=${bad ? 'error' : 'handle'} role=${bad ? 'alert' : undefined} data-testid="upload-says">${says}</span>`}
      </span>
      ${((state === 'failed' && !vain) || state === 'retrying') && html`
        <button type="button" class="icon-button" data-testid="upload-retry" aria-label="Try ${name} again" title="Try again" onClick=${onRetry}><${AgainIcon} /></button>`}
      <button type="button" class="icon-button" data-testid="upload-remove" aria-label="Remove ${name}" title=${moving ? 'Cancel' : 'Remove'} onClick=${onRemove}><${CloseIcon} /></button>
    </li>`;
}

function Preview({ chat, item }) {
  const kind = kindOf(item.attachment ?? item);
  if (kind === 'picture' && item.file) return html`<${Local} file=${item.file} />`;
  if (kind === 'picture' && item.attachment?.thumbnail) return html`<${Remote} media=${chat.media} id=${item.attachment.id} />`;
  const sign = kind === 'file' && ending(item.name);
  return html`<span class="upload-picture" aria-hidden="true">${sign ? html`<span>${sign}</span>` : html`<${KindIcon} kind=${kind} />`}</span>`;
}

/** Straight from this machine. */
function Local({ file }) {
  const [url, setUrl] = useState();
  useEffect(() => {
    const made = URL.createObjectURL(file);
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [file]);
  return html`<span class="upload-picture" aria-hidden="true">${url && html`<img src=${url} alt="" decoding="async" />`}</span>`;
}

function Remote({ media, id }) {
  const { url } = useMedia(media, id, true);
  return html`<span class="upload-picture" aria-hidden="true">${url && html`<img src=${url} alt="" />`}</span>`;
}

/** A picture that was copied is added; words of an office program that come with a picture of themselves stay words. */
export function pasted(event, tray) {
  const { files, types } = event.clipboardData ?? {};
  if (!files?.length || types.includes('text/rtf')) return;
  event.preventDefault();
  tray.add(files);
}

const carriesFiles = (event) => !!event.dataTransfer?.types.includes('Files');

/** Files that are dropped onto an element go into the tray; nowhere else does the browser open them in the place of the page. */
export function useDrop(tray) {
  const [over, setOver] = useState(false);
  useEffect(() => {
    const refuse = (event) => {
      if (!carriesFiles(event) || event.defaultPrevented) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = 'none';
    };
    addEventListener('dragover', refuse);
    addEventListener('drop', refuse);
    return () => {
      removeEventListener('dragover', refuse);
      removeEventListener('drop', refuse);
    };
  }, []);
  if (!tray) return { handlers: {}, zone: null };
  const enter = (event) => {
    if (!carriesFiles(event)) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = 'copy';
    setOver(true);
  };
  const leave = (event) => { if (!event.currentTarget.contains(event.relatedTarget)) setOver(false); };
  const drop = (event) => {
    setOver(false);
    if (!carriesFiles(event)) return;
    event.preventDefault();
    dropped(event.dataTransfer, tray);
  };
  return {
    handlers: { onDragEnter: enter, onDragOver: enter, onDragLeave: leave, onDrop: drop },
    zone: over && html`<div class="drop-zone" data-testid="drop-zone" aria-hidden="true"><p><${ClipIcon} />Drop to add</p></div>`,
  };
}

/** A folder would come as a file that cannot be read. */
function dropped({ items, files }, tray) {
  const folders = new Set([...items].filter((item) => item.kind === 'file').flatMap((item, at) => (item.webkitGetAsEntry?.()?.isDirectory ? [at] : [])));
  tray.add([...files].filter((_, at) => !folders.has(at)));
  if (folders.size) tray.say('Folders cannot be sent: please add the files in it.');
}
