import { CloseIcon } from './icons.js';
import { html, useEffect, useRef } from './preact.js';

/** A modal dialog: the browser keeps the focus inside and gives it back; Escape and a click beside it close it. */
export function Dialog({ title, testid, small, onClose, children }) {
  const element = useRef();
  useEffect(() => {
    element.current.showModal();
    return () => element.current?.close();
  }, []);
  return html`
    <dialog ref=${element} class="dialog ${small ? 'small' : ''}" data-testid=${testid} aria-labelledby="dialog-title"
      onCancel=${(event) => { event.preventDefault(); onClose(); }}
      onMouseDown=${(event) => { if (event.target === element.current) onClose(); }}>
      <div class="dialog-body">
        <header>
          <h2 id="dialog-title">${title}</h2>
          <button type="button" class="icon-button" aria-label="Close" onClick=${onClose}><${CloseIcon} /></button>
        </header>
        ${children}
      </div>
    </dialog>`;
}
