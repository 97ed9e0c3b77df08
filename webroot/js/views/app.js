import { AuthForm } from './auth-form.js';
import { ChatView } from './chat.js';
import { html, useModels } from './preact.js';

/** The whole page: a moment of waiting, the form, or the chat. */
export function App({ session, chat }) {
  useModels(session);
  if (session.state === 'in' && chat) return html`<${ChatView} chat=${chat} session=${session} />`;
  if (session.state === 'out') return html`<${AuthForm} session=${session} />`;
  return html`
    <main class="splash" role="status">
      <img src="favicon.svg" alt="" width="64" height="64" />
      <p>${session.unreachable ? 'The server cannot be reached. Trying again…' : 'One moment…'}</p>
    </main>`;
}
