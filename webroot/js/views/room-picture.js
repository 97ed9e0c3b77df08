import { RoomAvatar } from './avatar.js';
import { KINDS, opened } from './avatar-editor.js';
import { CropDialog } from './crop-dialog.js';
import { html, useId, useRef, useState } from './preact.js';
import { Act } from './settings-parts.js';

/** The room's picture: choose one, cut the square, or take it away. */
export function RoomPicture({ chat, room }) {
  const id = useId();
  const input = useRef();
  const [picture, setPicture] = useState(null);
  const [wrong, setWrong] = useState('');
  const choose = async (file) => {
    if (!file) return;
    setWrong('');
    await opened(file).then(setPicture, (problem) => setWrong(problem.message));
    input.current.value = '';
  };
  const close = () => {
    picture?.close();
    setPicture(null);
  };
  const target = { setAvatar: (blob, options) => chat.admin.setPicture(room, blob, options) };
  return html`
    <div class="avatar-editor">
      <${RoomAvatar} room=${room} size="huge" />
      <div class="avatar-actions">
        <div class="buttons">
          <input id=${id} ref=${input} class="unseen" type="file" accept=${KINDS} data-testid="room-picture-file" aria-invalid=${!!wrong}
            aria-describedby=${wrong ? `${id}-wrong` : undefined} onChange=${(event) => choose(event.target.files[0])} />
          <label for=${id} class="quiet">${room.avatarUrl ? 'Choose another picture' : 'Choose a picture'}</label>
          ${room.avatarUrl && html`<${Act} testid="room-picture-remove" onAct=${() => chat.admin.removePicture(room)}>Remove</${Act}>`}
        </div>
        ${wrong && html`<p class="error" id="${id}-wrong" role="alert">${wrong}</p>`}
      </div>
    </div>
    ${picture && html`<${CropDialog} picture=${picture} account=${target} onClose=${close} onDone=${close} />`}`;
}
