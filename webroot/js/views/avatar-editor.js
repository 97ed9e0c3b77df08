import { Avatar } from './avatar.js';
import { CropDialog } from './crop-dialog.js';
import { html, useId, useRef, useState } from './preact.js';
import { Act } from './settings-parts.js';

export const KINDS = 'image/png,image/jpeg,image/webp,image/gif';
const LARGEST = 40 * 1024 * 1024;

/** My picture: choose one or drop it here, then cut the square that others see. */
export function AvatarEditor({ chat, account }) {
  const id = useId();
  const input = useRef();
  const [picture, setPicture] = useState(null);
  const [wrong, setWrong] = useState('');
  const [over, setOver] = useState(false);
  const { user } = account.me;
  const choose = async (file) => {
    if (!file) return;
    setWrong('');
    try {
      setPicture(await opened(file));
    } catch (problem) {
      setWrong(problem.message);
    }
    input.current.value = '';
  };
  const drop = (event) => {
    event.preventDefault();
    setOver(false);
    choose(event.dataTransfer.files[0]);
  };
  const close = () => {
    picture?.close();
    setPicture(null);
  };
  return html`
    <div class="avatar-editor ${over ? 'over' : ''}" data-testid="avatar-drop" onDragOver=${(event) => { event.preventDefault(); setOver(true); }}
      onDragLeave=${() => setOver(false)} onDrop=${drop}>
      <${Avatar} user=${user} size="huge" />
      <div class="avatar-actions">
        <div class="buttons">
          <input id=${id} ref=${input} class="unseen" type="file" accept=${KINDS} data-testid="avatar-file" aria-invalid=${!!wrong}
            aria-describedby="${id}-about" onChange=${(event) => choose(event.target.files[0])} />
          <label for=${id} class="quiet">${user.avatarUrl ? 'Choose another' : 'Choose a picture'}</label>
          ${user.avatarUrl && html`
            <${Act} testid="avatar-remove" onAct=${async () => { await account.removeAvatar(); chat.notify('Your picture is gone.'); }}>Remove</${Act}>`}
        </div>
        ${wrong ? html`<p class="error" id="${id}-about" role="alert" data-testid="avatar-error">${wrong}</p>`
          : html`<p class="hint" id="${id}-about">Or drop one here. PNG, JPEG, WebP or GIF; you choose the part that shows.</p>`}
      </div>
    </div>
    ${picture && html`<${CropDialog} picture=${picture} account=${account} onClose=${close}
      onDone=${() => { close(); chat.notify('Your picture is saved.'); }} />`}`;
}

/** The file as a bitmap; an error in words when it is none. */
export async function opened(file) {
  if (file.size > LARGEST) throw new Error('This file is larger than 40 MB.');
  try {
    return await createImageBitmap(file, { imageOrientation: 'from-image' });
  } catch {
    throw new Error('This file is not a picture that can be shown here.');
  }
}
