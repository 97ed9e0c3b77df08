import { clockTime, fullTime, mediumTime } from '../lib/time.js';
import { messageDeeds } from '../models/message-deeds.js';
import { Attachments } from './attachments.js';
import { Avatar } from './avatar.js';
import { AlertIcon, ClockIcon } from './icons.js';
import { MessageEdit } from './message-edit.js';
import { DotsIcon, ForwardIcon, PinIcon, ReplyIcon, SmileIcon, ThreadIcon } from './message-icons.js';
import { MessageText } from './message-text.js';
import { html, Pure } from './preact.js';
import { Preview } from './preview.js';
import { brief, Quote } from './quote.js';
import { Reactions } from './reactions.js';

const LONG_PRESS = 500;
const STILL = 10;
const READ_ALOUD = 300;

/**
 * A message that stands in the room. `first`: of its sender's run, so with name and picture. `desk` has the verbs, `quoted` is
 * the row it answers (see `Quote`), `chips` its reactions, `lit` after a jump to it, `stop` where Tab comes to the messages.
 */
export class Message extends Pure {
  state = { active: false };

  componentWillUnmount() {
    clearTimeout(this.timer);
  }

  /** The pointer or the focus is on it: what one can do with it shows. */
  wake = () => { if (!this.state.active) this.setState({ active: true }); };
  sleep = (event) => { if (!event.currentTarget.contains(event.relatedTarget) && !event.currentTarget.matches(':hover:not(:focus-within)')) this.setState({ active: false }); };
  enter = (event) => { if (event.pointerType === 'mouse') this.wake(); };
  leave = (event) => { if (!event.currentTarget.contains(document.activeElement)) this.setState({ active: false }); };

  press = (event) => {
    if (event.pointerType === 'mouse') return;
    const { clientX: x, clientY: y } = event;
    this.pressed = { x, y };
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.openMenu({ left: x, right: x, top: y, bottom: y }), LONG_PRESS);
  };

  move = ({ clientX, clientY }) => {
    if (this.pressed && Math.hypot(clientX - this.pressed.x, clientY - this.pressed.y) > STILL) this.release();
  };

  release = () => {
    clearTimeout(this.timer);
    this.pressed = null;
  };

  /** A finger that stays opens ours, not the browser's; the mouse keeps the browser's. */
  context = (event) => {
    if (event.pointerType === 'touch' || this.pressed) event.preventDefault();
  };

  openMenu(anchor) {
    this.release();
    if (!this.props.editing) this.props.desk.menu(this.props.row, anchor);
  }

  render({ row, first, mine, desk, quoted, chips, lit, stop, editing, inThread, pinned }, { active }) {
    const { room, chat } = desk;
    const deeds = messageDeeds(row, room, chat.blocks);
    const classes = ['message', first && 'first', mine && 'mine', row.deletedAt && 'deleted', lit && 'lit', calls(row, chat.me) && 'calls-me'].filter(Boolean).join(' ');
    return html`
      <li class=${classes} data-testid="message" data-seq=${row.seq} data-state="sent" data-key=${row.seq} tabindex=${stop ? 0 : -1}
        aria-label=${aloud(row, quoted, pinned)} onFocusIn=${this.wake} onFocusOut=${this.sleep} onPointerEnter=${this.enter} onPointerLeave=${this.leave}
        onPointerDown=${this.press} onPointerMove=${this.move} onPointerUp=${this.release} onPointerCancel=${this.release} onContextMenu=${this.context}>
        <${Head} user=${row.sender} time=${row.sentAt} first=${first} />
        ${pinned && html`<p class="above pinned"><${PinIcon} />Pinned</p>`}
        ${row.threadOf && !inThread && html`
          <button type="button" class="above link" data-testid="in-thread" onClick=${() => desk.thread(row.threadOf)}><${ThreadIcon} />In a thread</button>`}
        ${row.replyTo && html`<${Quote} seq=${row.replyTo} row=${quoted} onJump=${desk.jump} />`}
        ${row.forwardedFrom && html`<${Forwarded} row=${row} desk=${desk} />`}
        ${editing ? html`<${MessageEdit} row=${row} room=${room} onDone=${desk.edited} />` : html`<${Words} row=${row} deeds=${deeds} desk=${desk} />`}
        ${!row.deletedAt && html`<${Attachments} chat=${chat} attachments=${row.attachments} onView=${(id) => desk.view(row, id)} />`}
        ${row.preview && !editing && html`<${Preview} row=${row} may=${deeds.removePreview} desk=${desk} />`}
        ${chips.length > 0 && html`<${Reactions} row=${row} chips=${chips} names=${chat.names} me=${chat.me} may=${deeds.react} desk=${desk} />`}
        ${row.thread && !inThread && html`
          <button type="button" class="thread-link" data-testid="open-thread" onClick=${() => desk.thread(row.seq)}>
            <${ThreadIcon} />${row.thread.replies} ${row.thread.replies === 1 ? 'reply' : 'replies'}</button>`}
        ${active && !editing && html`<${Toolbar} row=${row} deeds=${deeds} desk=${desk} />`}
      </li>`;
  }
}

const calls = (row, me) => !row.deletedAt && row.sender.id !== me.id && (row.mentionsRoom || !!row.mentions?.includes(me.id));

/** What a message says, for who hears the page. */
function aloud(row, quoted, pinned) {
  const answers = row.replyTo && quoted?.sender ? `, in reply to ${quoted.sender.displayName}` : '';
  return `${row.sender.displayName}, ${clockTime(row.sentAt)}${answers}${pinned ? ', pinned' : ''}: ${brief(row, READ_ALOUD)}${row.editedAt && !row.deletedAt ? ' (edited)' : ''}`;
}

function Words({ row, deeds, desk }) {
  if (row.deletedAt) return html`<p class="text" data-testid="message-text">Message deleted</p>`;
  const { chat } = desk;
  const edited = row.editedAt && `Edited ${fullTime(row.editedAt)}`;
  return html`
    ${row.text && html`<${MessageText} text=${row.text} row=${row} names=${chat.names} me=${chat.me} />`}
    ${edited && (deeds.earlier
      ? html`<button type="button" class="mark" data-testid="edited" title="${edited}. Show earlier versions" onClick=${() => desk.earlier(row)}>edited</button>`
      : html`<span class="mark" data-testid="edited" title=${edited}>edited</span>`)}`;
}

function Forwarded({ row, desk }) {
  const { sender, sentAt } = row.forwardedFrom;
  return html`
    <p class="above forwarded" data-testid="forwarded"><${ForwardIcon} /><span>Forwarded from <bdi>${sender.displayName}</bdi>, ${mediumTime(sentAt)}</span>
      <button type="button" class="link" data-testid="origin" onClick=${() => desk.origin(row)}>Show there</button></p>`;
}

function Toolbar({ row, deeds, desk }) {
  const at = (event) => event.currentTarget.getBoundingClientRect();
  return html`
    <div class="toolbar" role="group" aria-label="Message">
      ${deeds.react && html`<button type="button" class="icon-button" data-testid="react" title="React" aria-label="React" onClick=${(event) => desk.pick(row, at(event))}><${SmileIcon} /></button>`}
      ${deeds.reply && html`<button type="button" class="icon-button" data-testid="reply" title="Reply" aria-label="Reply" onClick=${() => desk.reply(row)}><${ReplyIcon} /></button>`}
      <button type="button" class="icon-button" data-testid="more" title="More" aria-label="More" aria-haspopup="menu" onClick=${(event) => desk.menu(row, at(event))}><${DotsIcon} /></button>
    </div>`;
}

/** A message on its way, or one that the server refused. */
export class PendingMessage extends Pure {
  render({ entry, me, first, quoted, desk, onRetry, onDiscard }) {
    return html`
      <li class="message mine ${first ? 'first' : ''} ${entry.state}" data-testid="message" data-state=${entry.state}
        data-key=${entry.clientId}>
        <${Head} user=${me} time=${entry.at} first=${first} />
        ${entry.threadOf && html`<p class="above"><${ThreadIcon} />In a thread</p>`}
        ${entry.replyTo && html`<${Quote} seq=${entry.replyTo} row=${quoted} onJump=${desk.jump} />`}
        ${entry.text && html`<${MessageText} text=${entry.text} names=${desk.chat.names} me=${me} />`}
        <${Attachments} chat=${desk.chat} attachments=${entry.attachments} />
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
