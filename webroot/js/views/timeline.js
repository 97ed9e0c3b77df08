import { dayKey, dayName } from '../lib/time.js';
import { messageKeys, quotedBy, shownOf } from './desk.js';
import { DownIcon } from './icons.js';
import { Message, PendingMessage } from './message.js';
import { Component, html } from './preact.js';
import { Announcer } from './announcer.js';
import { linesBetween } from './lines.js';
import { NewLine } from './new-since.js';
import { SeenBy } from './seen-by.js';

/** At most so many rows stand in the page (more on a very high screen); the window moves by STEP near its ends. */
const WINDOW = 240;
const STEP = 80;
const NEAR = 700;
const AT_BOTTOM = 48;
const RUN = 5 * 60_000;
/** How long a message that was looked up stays marked. */
const LIT = 2_500;

/**
 * The conversation. It follows the newest message while one is at the bottom (`top` is null); otherwise the window starts
 * at the message `top` and what one is reading stays where it is, whatever comes above or below.
 */
export class Timeline extends Component {
  state = { top: null, seen: 0, problem: null, lit: null, stop: null };
  scroller = null;
  mounted = true;

  componentDidMount() {
    this.sizes = new ResizeObserver(() => this.follow());
    this.sizes.observe(this.scroller);
    this.sizes.observe(this.scroller.firstElementChild);
    this.attention = () => this.readIfSeen();
    addEventListener('focus', this.attention);
    document.addEventListener('visibilitychange', this.attention);
    this.toBottom();
  }

  componentWillUnmount() {
    this.mounted = false;
    clearTimeout(this.dark);
    this.sizes.disconnect();
    removeEventListener('focus', this.attention);
    document.removeEventListener('visibilitychange', this.attention);
  }

  componentWillReceiveProps(next) {
    this.takeIn(next.rows);
    const mineBefore = this.props.pending.at(-1)?.clientId;
    const mineNow = next.pending.at(-1)?.clientId;
    if (mineNow && mineNow !== mineBefore && next.pending.length >= this.props.pending.length) this.toNewest();
    if (next.jump && next.jump !== this.props.jump) this.lookAt(next);
  }

  /** A message that was looked up comes into the middle, and is marked for a while. */
  lookAt({ rows, jump: { seq } }) {
    const seen = this.following ? this.props.room.mark.lastSeq : this.state.seen;
    this.goal = seq;
    this.setState({ top: rows[Math.max(0, indexOf(rows, seq) - STEP)]?.seq ?? null, seen, lit: seq, stop: seq });
    clearTimeout(this.dark);
    this.dark = setTimeout(() => this.setState({ lit: null }), LIT);
  }

  /** Once it stands in the page. */
  reach() {
    const row = this.scroller.querySelector(`.message[data-seq="${this.goal}"]`);
    if (!row) return false;
    this.goal = null;
    const { top, height } = row.getBoundingClientRect();
    this.scroller.scrollTop += top - this.scroller.getBoundingClientRect().top - Math.max(0, (this.scroller.clientHeight - height) / 2);
    this.resized();
    row.focus({ preventScroll: true });
    // At the newest nothing may be left to scroll, and nobody would hear that one is there.
    if (this.atEnd && this.below < AT_BOTTOM) this.setState({ top: null });
    return true;
  }

  /** Older rows came in above: show some at once, or the topmost row would lose its head with nothing yet to scroll to. */
  takeIn(rows) {
    const [oldest] = this.props.rows;
    if (this.following || !oldest || this.range().from > 0 || !(rows[0]?.seq < oldest.seq)) return;
    this.setState({ top: rows[Math.max(0, indexOf(rows, this.state.top) - STEP)].seq });
  }

  /** The first row in sight and where it ends, to put it back there (its head may go when an older row joins its run). */
  getSnapshotBeforeUpdate() {
    if (this.following) return null;
    const edge = this.scroller.getBoundingClientRect().top;
    for (const row of this.scroller.querySelectorAll('[data-key]')) {
      const { bottom } = row.getBoundingClientRect();
      if (bottom > edge) return { key: row.dataset.key, offset: bottom - edge };
    }
    return null;
  }

  componentDidUpdate(_props, _state, anchor) {
    if (this.goal && this.reach()) return;
    if (this.following) this.toBottom();
    else if (anchor) this.putBack(anchor);
    this.readIfSeen();
    this.moveWindow();
  }

  get following() {
    return this.state.top === null;
  }

  putBack({ key, offset }) {
    const row = this.scroller.querySelector(`[data-key="${CSS.escape(key)}"]`);
    if (!row) return;
    const moved = row.getBoundingClientRect().bottom - this.scroller.getBoundingClientRect().top - offset;
    if (Math.abs(moved) >= 1) this.scroller.scrollTop += moved;
  }

  toBottom() {
    this.scroller.scrollTop = this.scroller.scrollHeight;
    this.resized();
  }

  /** True when the sizes are others than last time: then it was not a person who scrolled. */
  resized() {
    const { clientHeight, scrollHeight } = this.scroller;
    const changed = clientHeight !== this.height || scrollHeight !== this.length;
    this.height = clientHeight;
    this.length = scrollHeight;
    return changed;
  }

  follow() {
    if (this.following) this.toBottom();
  }

  /** Rows are at least 16 px high: the window is always several times what is in sight. */
  get window() {
    return Math.max(WINDOW, Math.ceil((this.scroller?.clientHeight ?? 0) / 8));
  }

  /** Which rows stand in the page: `[from, to)` of `rows`; the pending ones follow when `to` is the end. */
  range({ rows } = this.props, { top } = this.state) {
    const from = top === null ? Math.max(0, rows.length - this.window) : indexOf(rows, top);
    return { from, to: Math.min(rows.length, from + this.window) };
  }

  /** How far it is to the end of what stands in the page. */
  get below() {
    const { scrollTop, scrollHeight, clientHeight } = this.scroller;
    return scrollHeight - clientHeight - scrollTop;
  }

  get atEnd() {
    return this.range().to === this.props.rows.length && !this.props.room.timeline.away;
  }

  keep = (element) => { this.scroller = element; };

  onScroll = () => {
    if (!this.scroller) return;
    if (this.resized() && this.following) {
      this.toBottom();
      return;
    }
    const { rows } = this.props;
    if (this.below < AT_BOTTOM && this.atEnd) {
      if (!this.following) this.setState({ top: null });
    } else if (this.following && rows.length) {
      this.setState({ top: rows[this.range().from].seq, seen: rows.at(-1).seq });
    }
    this.moveWindow();
  };

  /** Brings rows in before one gets to the end of those that are here. */
  moveWindow() {
    const { scrollTop, scrollHeight, clientHeight } = this.scroller;
    const { rows, loaded } = this.props;
    const { from, to } = this.range();
    if (!loaded || !rows.length) return;
    if (scrollTop < NEAR && from > 0 && !this.following) {
      this.setState({ top: rows[Math.max(0, from - STEP)].seq });
    } else if (scrollHeight - clientHeight - scrollTop < NEAR && to < rows.length) {
      this.setState({ top: rows[Math.min(rows.length - this.window, from + STEP)].seq });
    } else if (scrollTop < NEAR && from === 0 && !this.props.room.timeline.window.complete) {
      this.loadOlder();
    } else if (scrollHeight - clientHeight - scrollTop < NEAR && this.props.room.timeline.away) {
      this.load((room) => room.loadNewer());
    }
  }

  loadOlder() {
    if (!this.props.room.timeline.window.complete) this.load((room) => room.loadOlder());
  }

  /** Asks the model, not the properties: those are a frame behind, and asking again at once would never end. */
  async load(work) {
    const { room, rows } = this.props;
    const behind = rows !== room.timeline.list();
    if (this.loading || behind || this.waitUntil > Date.now()) return;
    this.loading = true;
    const problem = await work(room).then(() => null, (error) => error);
    this.loading = false;
    if (problem) this.waitUntil = Date.now() + 3_000;
    if (this.mounted && problem !== this.state.problem) this.setState({ problem });
  }

  /** Everything counts as read when its newest message is in sight and someone is looking. */
  readIfSeen() {
    const { chat, room, rows, loaded } = this.props;
    const looking = document.visibilityState === 'visible' && document.hasFocus();
    if (!loaded || !this.following || !looking || !rows.length || room.cursor.behind) return;
    chat.read(room, rows.at(-1).seq).catch(() => {});
  }

  toNewest = () => {
    if (this.props.room.timeline.away) this.props.room.toNewest();
    this.setState({ top: null });
  };

  focused = ({ target }) => {
    const seq = Number(target.closest('.message[data-seq]')?.dataset.seq);
    if (seq && seq !== this.state.stop) this.setState({ stop: seq });
  };

  /** Where Tab comes to the messages: the one that was looked at last, or the newest. */
  stop(rows, from, to) {
    const { stop } = this.state;
    return stop !== null && from < to && stop >= rows[from].seq && stop <= rows[to - 1].seq ? stop : rows[to - 1]?.seq;
  }

  render({ chat, room, rows, pending, firstUnread, complete, loaded, problem, onLoad, desk, editing }, { problem: older, lit }) {
    const { from, to } = this.range();
    const fresh = this.following ? 0 : room.timeline.newer(this.state.seen);
    const stop = this.stop(rows, from, to);
    return html`
      <div class="timeline-frame">
        <div class="timeline" data-testid="timeline" role="log" aria-live="off" aria-label="Messages in ${room.title}"
          aria-busy=${!loaded} ref=${this.keep} onScroll=${this.onScroll}>
          <div class="timeline-content">
            ${older ? html`<p class="edge">More messages could not be loaded.${' '}
                <button type="button" class="link" onClick=${() => { this.waitUntil = 0; this.moveWindow(); }}>Try again</button></p>`
              : loaded && rows.length > 0 && html`<p class="edge">${complete && from === 0 ? 'This is the beginning.' : 'Loading earlier messages…'}</p>`}
            ${!loaded && html`<${Waiting} problem=${problem} onLoad=${onLoad} />`}
            ${loaded && !rows.length && !pending.length && html`<${Empty} room=${room} />`}
            <ol class="messages" onFocusIn=${this.focused} onKeyDown=${messageKeys(desk, room)}>
              ${standing(rows, from, to, { firstUnread, room, desk, lit, stop, editing })}
              ${to === rows.length && !room.timeline.away && this.onTheirWay(rows.at(-1), pending)}
            </ol>
          </div>
        </div>
        ${!this.following && html`
          <button type="button" class="pill ${fresh ? 'fresh' : ''}" data-testid="new-messages" onClick=${this.toNewest}>
            <${DownIcon} />${fresh ? `${fresh} new ${fresh === 1 ? 'message' : 'messages'}` : html`<span class="unseen">To the newest message</span>`}
          </button>`}
        <${Announcer} last=${room.lastMessage} meId=${chat.me.id} loaded=${loaded} />
      </div>`;
  }

  onTheirWay(last, pending) {
    const { chat, room, desk } = this.props;
    return pending.map((entry, at) => html`
      <${PendingMessage} key=${entry.clientId} entry=${entry} me=${chat.me} desk=${desk} quoted=${quotedBy(entry, room)}
        first=${at === 0 ? !continues(last, { sender: chat.me, sentAt: entry.at }) : pending[at - 1].state === 'failed'}
        onRetry=${this.retry} onDiscard=${this.discard} />`);
  }

  retry = ({ clientId }) => this.props.chat.outbox.retry(clientId);
  discard = ({ clientId }) => this.props.chat.outbox.discard(clientId);
}

/** The rows of the window with the day lines and the line above what is new. */
function standing(rows, from, to, { firstUnread, room, desk, lit, stop, editing }) {
  const children = [];
  const meId = room.me.id;
  const mineLast = room.timeline.away ? undefined : rows.findLast(({ sender }) => sender.id === meId)?.seq;
  for (let at = from; at < to; at++) {
    const row = rows[at];
    const before = rows[at - 1];
    const newDay = !before || dayKey(before.sentAt) !== dayKey(row.sentAt);
    const lines = linesBetween(room, before, row);
    const isNew = row.seq === firstUnread && row.sender.id !== meId;
    children.push(...lines.earlier);
    if (newDay) children.push(html`<li class="day" key=${`day-${row.seq}`}><time datetime=${row.sentAt}>${dayName(row.sentAt)}</time></li>`);
    children.push(...lines.sameDay);
    if (isNew) children.push(html`<${NewLine} key="new" before=${before} />`);
    children.push(html`
      <${Message} key=${row.seq} row=${row} mine=${row.sender.id === meId} first=${newDay || isNew || lines.count > 0 || !continues(before, row)} desk=${desk}
        lit=${row.seq === lit} stop=${row.seq === stop} editing=${row.seq === editing} ...${shownOf(row, room)} />`);
    if (row.seq === mineLast) children.push(html`<${SeenBy} key="seen" room=${room} seq=${row.seq} />`);
  }
  if (to === rows.length && !room.timeline.away) children.push(...linesBetween(room, rows.at(-1)).earlier);
  return children;
}

/** The same person within five minutes: one run, one name. */
export function continues(before, row) {
  return !!before && before.sender.id === row.sender.id && new Date(row.sentAt) - new Date(before.sentAt) < RUN;
}

/** The place of the first row at or after `seq`. */
function indexOf(rows, seq) {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (rows[middle].seq < seq) low = middle + 1;
    else high = middle;
  }
  return low;
}

function Waiting({ problem, onLoad }) {
  if (!problem) return html`<p class="edge" role="status">Loading messages…</p>`;
  return html`<p class="edge" role="alert">${problem.message}${' '}
    <button type="button" class="link" onClick=${onLoad}>Try again</button></p>`;
}

function Empty({ room }) {
  const name = room.title;
  return html`
    <div class="empty small">
      <p>${room.kind === 'direct' ? html`This is the start of your conversation with <bdi>${name}</bdi>. Say hello.`
        : html`Nothing has been said in <bdi>${name}</bdi> yet. Write the first message.`}</p>
    </div>`;
}
