import { Dialog } from './dialog.js';
import { html } from './preact.js';

/** Asks before something that is not easily undone. */
export function Confirm({ title, children, action, onConfirm, onClose }) {
  return html`
    <${Dialog} title=${title} testid="confirm-dialog" small onClose=${onClose}>
      <p>${children}</p>
      <footer>
        <button type="button" class="quiet" data-testid="cancel" onClick=${onClose}>Cancel</button>
        <button type="button" class="primary danger" data-testid="confirm" onClick=${() => { onClose(); onConfirm(); }}>${action}</button>
      </footer>
    </${Dialog}>`;
}
