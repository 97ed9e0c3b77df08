import { mediumTime } from '../lib/time.js';
import { explain } from '../models/problems.js';
import { RoomAvatar } from './avatar.js';
import { html, useAction, useEffect, useState } from './preact.js';
import { goToRoom } from './route.js';

/** Where an invitation leads: what room it is, and going in. */
export function JoinPage({ chat, token }) {
  const [invitation, setInvitation] = useState(null);
  const look = useAction(async () => setInvitation(await chat.admin.invitation(token)));
  const accept = useAction(async () => goToRoom((await chat.accept(token)).id));
  useEffect(() => { if (token) look.run(); }, [token]);
  const problem = accept.problem ?? look.problem;
  const dead = !token || problem?.status === 404;
  const mine = invitation && chat.rooms.get(invitation.room.id);
  return html`
    <main class="auth" data-testid="join-page">
      <div class="card">
        ${dead ? html`
            <h1>This invitation is not good any more</h1>
            <p class="lead" role="alert" data-testid="invitation-dead">It has ended, has been used up, or was taken back. Ask whoever sent it for a new one.</p>`
          : invitation ? html`<${Preview} ...${invitation} />` : html`<h1>Invitation</h1>${!problem && html`<p class="lead" role="status">One moment…</p>`}`}
        ${problem && !dead && html`<p class="error" role="alert" data-testid="join-error">${explain(problem)}</p>`}
        ${!dead && invitation && html`
          <button type="button" class="primary wide" data-testid="accept-invite" disabled=${accept.busy}
            onClick=${() => (mine ? goToRoom(mine.id) : accept.run())}>${mine ? 'Open' : accept.busy ? 'One moment…' : 'Join'}</button>`}
        ${problem && !dead && !invitation && html`<button type="button" class="quiet wide" onClick=${() => look.run()}>Try again</button>`}
        <a class="quiet wide" href="#/" data-testid="leave-join">${dead ? 'To your conversations' : 'Not now'}</a>
      </div>
    </main>`;
}

function Preview({ room, expiresAt }) {
  return html`
    <span class="join-face"><${RoomAvatar} room=${room} size="huge" /></span>
    <h1 dir="auto" data-testid="join-room">${room.name}</h1>
    ${room.topic && html`<p class="lead" dir="auto">${room.topic}</p>`}
    <p class="hint centred">You are invited. ${room.memberCount} ${room.memberCount === 1 ? 'person is' : 'people are'} there.${
      expiresAt && ` The invitation ends ${mediumTime(expiresAt)}.`}</p>`;
}
