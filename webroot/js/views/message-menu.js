import { usualEmoji } from '../lib/emoji.js';
import { PeopleIcon } from './icons.js';
import { BinIcon, ChainIcon, CopyIcon, FlagIcon, ForwardIcon, PastIcon, PencilIcon, PinIcon, ReplyIcon, SmileIcon, ThreadIcon } from './message-icons.js';
import { html, useEffect, useRef } from './preact.js';
import { Popup, roving } from './popup.js';

/** Everything I may do with one message. `desk` has a verb for each. */
export function MessageMenu({ row, deeds, chips, anchor, desk, onClose }) {
  const list = useRef();
  useEffect(() => { list.current.querySelector('[role^=menuitem]')?.focus(); }, []);
  const pick = (work) => () => {
    onClose();
    work(row);
  };
  return html`
    <${Popup} label="Message of ${row.sender.displayName}" testid="message-menu" className="deeds" anchor=${anchor} onClose=${onClose}>
      <div ref=${list} role="menu" aria-label="What to do with it" onKeyDown=${moving}>
        ${deeds.react && html`
          <div class="quick" role="group" aria-label="React">
            ${usualEmoji().map((emoji) => {
              const mine = chips.some((chip) => chip.emoji === emoji && chip.mine);
              return html`
                <button type="button" role="menuitemcheckbox" tabindex="-1" key=${emoji} class="emoji" aria-checked=${mine} aria-label=${emoji} data-testid="quick-${emoji}"
                  onClick=${pick(() => desk.react(row, emoji, !mine))}>${emoji}</button>`;
            })}
            <button type="button" role="menuitem" tabindex="-1" class="emoji" data-testid="more-emoji" aria-label="Another reaction" title="Another reaction"
              onClick=${pick(() => desk.pick(row, anchor))}><${SmileIcon} /></button>
          </div>`}
        ${items(row, deeds, chips, desk).map(({ label, testid, Icon, danger, work }) => html`
          <button type="button" role="menuitem" tabindex="-1" key=${testid} class="deed ${danger ? 'danger' : ''}" data-testid=${testid} onClick=${pick(work)}>
            <${Icon} />${label}</button>`)}
      </div>
    </${Popup}>`;
}

function items(row, deeds, chips, desk) {
  return [
    deeds.reply && { label: 'Reply', testid: 'do-reply', Icon: ReplyIcon, work: desk.reply },
    (deeds.thread || row.thread || row.threadOf) && { label: row.thread || row.threadOf ? 'Open the thread' : 'Reply in a thread', testid: 'do-thread', Icon: ThreadIcon, work: () => desk.thread(row.threadOf ?? row.seq) },
    deeds.edit && { label: 'Edit', testid: 'do-edit', Icon: PencilIcon, work: desk.edit },
    deeds.forward && { label: 'Forward', testid: 'do-forward', Icon: ForwardIcon, work: desk.forward },
    deeds.copy && { label: 'Copy text', testid: 'do-copy', Icon: CopyIcon, work: desk.copy },
    deeds.link && { label: 'Copy link', testid: 'do-link', Icon: ChainIcon, work: desk.copyLink },
    deeds.pin && { label: row.pinnedAt ? 'Unpin' : 'Pin', testid: 'do-pin', Icon: PinIcon, work: desk.pin },
    chips.length > 0 && { label: 'Who reacted', testid: 'do-who', Icon: PeopleIcon, work: desk.whoReacted },
    deeds.earlier && { label: 'Earlier versions', testid: 'do-earlier', Icon: PastIcon, work: desk.earlier },
    deeds.report && { label: 'Report…', testid: 'do-report', Icon: FlagIcon, work: desk.report },
    deeds.delete && { label: 'Delete', testid: 'do-delete', Icon: BinIcon, danger: true, work: desk.delete },
  ].filter(Boolean);
}

const upAndDown = roving('[role^=menuitem]');

/** Left and right move as well: the reactions stand side by side. */
function moving(event) {
  const key = { ArrowRight: 'ArrowDown', ArrowLeft: 'ArrowUp' }[event.key];
  if (!key) upAndDown(event);
  else upAndDown({ key, currentTarget: event.currentTarget, preventDefault: () => event.preventDefault() });
}
