import { saveFile } from '../lib/save.js';
import { arranged, ending, fitted, kindOf, showsSmall, sizeOf } from '../models/attachments.js';
import { explain } from '../models/problems.js';
import { DownloadIcon, KindIcon, PictureIcon } from './media-icons.js';
import { html, useEffect, useRef, useState } from './preact.js';
import { VoicePlayer } from './voice.js';

/** What a message carries: pictures first, then what is played or downloaded. `onView(id)` opens a picture, if there is one. */
export function Attachments({ chat, attachments, onView }) {
  if (!attachments?.length) return null;
  const { pictures, others } = arranged(attachments);
  return html`
    <div class="attachments" data-testid="attachments">
      ${pictures.length > 0 && html`<${Pictures} chat=${chat} pictures=${pictures} onView=${onView} />`}
      ${others.map((one) => html`<${Other} key=${one.id} chat=${chat} attachment=${one} />`)}
    </div>`;
}

/** One is large; several stand in a grid of squares. */
function Pictures({ chat, pictures, onView }) {
  const alone = pictures.length === 1;
  const columns = pictures.length === 2 || pictures.length === 4 ? 2 : 3;
  return html`
    <div class=${alone ? 'picture-alone' : `picture-grid columns-${columns}`}>
      ${pictures.map((one) => html`<${Picture} key=${one.id} chat=${chat} attachment=${one} alone=${alone} onView=${onView} />`)}
    </div>`;
}

const still = () => matchMedia('(prefers-reduced-motion: reduce)').matches;

/** Its place is as large as it will be before it is here. */
function Picture({ chat, attachment, alone, onView }) {
  const { url, broken, onError, again } = useMedia(chat.media, attachment.id, showsSmall(attachment, still()));
  const { width, height } = alone ? fitted(attachment) : { width: 180, height: 180 };
  if (broken) {
    return html`
      <button type="button" class="picture broken" data-testid="picture-broken" onClick=${again}>
        <${PictureIcon} /><span><bdi>${attachment.name}</bdi> could not be loaded. Try again</span></button>`;
  }
  const picture = html`
    <img src=${url} alt="Photo: ${attachment.name}" width=${width} height=${height} loading="lazy" decoding="async" draggable=${false} onError=${onError} />`;
  return onView
    ? html`<button type="button" class="picture" data-testid="picture" title=${attachment.name} onClick=${() => onView(attachment.id)}>${picture}</button>`
    : html`<span class="picture" data-testid="picture">${picture}</span>`;
}

function Other({ chat, attachment }) {
  const kind = kindOf(attachment);
  if (kind === 'voice') return html`<${VoicePlayer} media=${chat.media} attachment=${attachment} />`;
  if (kind === 'video' || kind === 'audio') return html`<${Player} chat=${chat} kind=${kind} attachment=${attachment} />`;
  return html`<${FileCard} chat=${chat} attachment=${attachment} />`;
}

/** The browser's own controls. What it cannot play is there to download. */
function Player({ chat, kind, attachment }) {
  const { url, broken, onError } = useMedia(chat.media, attachment.id);
  if (broken) return html`<${FileCard} chat=${chat} attachment=${attachment} />`;
  const { name } = attachment;
  return html`
    <figure class="player ${kind}" data-testid=${kind}>
      ${kind === 'video'
        ? html`<video src=${url} controls preload="metadata" playsinline aria-label="Video: ${name}" onError=${onError}></video>`
        : html`<audio src=${url} controls preload="metadata" aria-label="Audio: ${name}" onError=${onError}></audio>`}
      <figcaption><bdi>${name}</bdi><${Download} chat=${chat} attachment=${attachment} /></figcaption>
    </figure>`;
}

function FileCard({ chat, attachment }) {
  const { name, size } = attachment;
  const sign = ending(name);
  return html`
    <div class="file-card" data-testid="file">
      <span class="file-sign" aria-hidden="true">${sign ? html`<span>${sign}</span>` : html`<${KindIcon} kind=${kindOf(attachment)} />`}</span>
      <span class="who"><bdi class="name" title=${name}>${name}</bdi><span class="handle">${sizeOf(size)}</span></span>
      <${Download} chat=${chat} attachment=${attachment} />
    </div>`;
}

/** Saves a file. Where no cookie goes, the page fetches it. */
export function Download({ chat, attachment: { id, name, size } }) {
  const direct = chat.media.direct(id);
  const save = async (event) => {
    if (direct) return;
    event.preventDefault();
    await chat.api.bytes(`media/${id}`).then((blob) => saveFile(blob, name), (problem) => chat.notify(explain(problem)));
  };
  return html`
    <a class="icon-button" data-testid="download" href=${direct ?? '#'} download=${name} title="Download (${sizeOf(size)})" aria-label="Download ${name}"
      onClick=${save}><${DownloadIcon} /></a>`;
}

/** Where a file, or its small picture, is: at once at home, elsewhere after asking for a link; once more when that has run out. */
export function useMedia(media, id, small) {
  const [url, setUrl] = useState(() => media.direct(id, small));
  const [broken, setBroken] = useState(false);
  const fresh = useRef(false);
  useEffect(() => {
    if (url || broken) return undefined;
    let alive = true;
    media.find(id, small).then((found) => alive && setUrl(found), () => alive && setBroken(true));
    return () => { alive = false; };
  }, [url, broken]);
  const anew = () => {
    media.forget(id);
    setUrl(media.direct(id, small));
  };
  const onError = () => {
    if (media.direct(id, small) || fresh.current) setBroken(true);
    else anew();
    fresh.current = true;
  };
  const again = () => {
    fresh.current = false;
    setBroken(false);
    anew();
  };
  return { url, broken, onError, again };
}
