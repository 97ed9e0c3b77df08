import { linkParts } from '../lib/text.js';
import { clockTime, fullTime } from '../lib/time.js';
import { Avatar } from './avatar.js';
import { AlertIcon, ClockIcon } from './icons.js';
import { html, Pure } from './preact.js';

/** Text as it was written: line breaks kept, addresses clickable, nothing in it ever markup. */
export function MessageText({ text }) {
  return html`<p class="text" data-testid="message-text" dir="auto">${linkParts(text).map(({ text, href }) => href
    ? html`<a href=${href} target="_blank" rel="noopener noreferrer nofollow">${text}</a>` : text)}</p>`;
}

/** A message that stands in the room. `first`: of its sender's run, so with name and picture. */
export class Message extends Pure {
  render({ row, first, mine }) {
    const state = row.deletedAt ? 'deleted' : '';
    return html`
      <li class="message ${first ? 'first' : ''} ${mine ? 'mine' : ''} ${state}" data-testid="message" data-seq=${row.seq}
        data-state="sent" data-key=${row.seq}>
        <${Head} user=${row.sender} time=${row.sentAt} first=${first} />
        ${row.deletedAt ? html`<p class="text" data-testid="message-text">Message deleted</p>`
          : html`<${MessageText} text=${row.text ?? ''} />`}
        ${row.editedAt && !row.deletedAt && html`<span class="mark" title=${fullTime(row.editedAt)}>edited</span>`}
      </li>`;
  }
}

/** A message on its way, or one that the server refused. */
export class PendingMessage extends Pure {
  render({ entry, me, first, onRetry, onDiscard }) {
    return html`
      <li class="message mine ${first ? 'first' : ''} ${entry.state}" data-testid="message" data-state=${entry.state}
        data-key=${entry.clientId}>
        <${Head} user=${me} time=${entry.at} first=${first} />
        <${MessageText} text=${entry.text} />
        ${entry.state === 'failed' ? html`
          <p class="failure" role="alert"><${AlertIcon} /><span>Not sent: ${entry.reason}</span>
            <button type="button" class="link" data-testid="retry" onClick=${() => onRetry(entry)}>Try again</button>
            <button type="button" class="link" data-testid="discard" onClick=${() => onDiscard(entry)}>Discard</button>
          </p>` : html`<span class="mark waiting" title="Sending…"><${ClockIcon} /><span class="unseen">Sending…</span></span>`}
      </li>`;
  }
}

function Head({ user, time, first }) {
  const stamp = html`
    <time datetime=${new Date(time).toISOString()} title=${fullTime(time)} data-testid="message-time">${clockTime(time)}</time>`;
  return html`
    ${first && html`<${Avatar} user=${user} />`}
    <div class="head ${first ? '' : 'compact'}">
      <bdi class="sender ${first ? '' : 'unseen'}" data-testid="message-sender">${user.displayName}</bdi>${stamp}
    </div>`;
}
