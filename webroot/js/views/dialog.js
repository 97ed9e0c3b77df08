import { CloseIcon } from './icons.js';
import { html, useId, useLayoutEffect, useRef } from './preact.js';

/**
 * A modal dialog: the browser keeps the focus inside and gives it back; Escape and a click beside it close it. A click
 * beside a `firm` one does not, since what it shows is not shown again.
 */
export function Dialog({ title, testid, small, firm, onClose, children }) {
  const element = useRef();
  const titleId = useId();
  // Before the next key arrives: whoever opens it by keys types on at once.
  useLayoutEffect(() => {
    element.current.showModal();
    return () => element.current?.close();
  }, []);
  return html`
    <dialog ref=${element} class="dialog ${small ? 'small' : ''}" data-testid=${testid} aria-labelledby=${titleId}
      onCancel=${(event) => { event.preventDefault(); onClose(); }}
      onMouseDown=${(event) => { if (event.target === element.current && !firm) onClose(); }}>
      <div class="dialog-body">
        <header>
          <h2 id=${titleId}>${title}</h2>
          <button type="button" class="icon-button" aria-label="Close" onClick=${onClose}><${CloseIcon} /></button>
        </header>
        ${children}
      </div>
    </dialog>`;
}
