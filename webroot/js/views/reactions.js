import { listed } from '../lib/text.js';
import { Dialog } from './dialog.js';
import { SmileIcon } from './message-icons.js';
import { html, useAction, useEffect, useModels, useState } from './preact.js';

const NAMED = 8;
/** In larger rooms names are asked for when one looks, not with every row. */
const FEW = 50;

/** How people reacted to a message; mine are marked, and a press adds or takes back mine. */
export function Reactions({ row, chips, names, me, may, desk }) {
  useModels(names);
  useEffect(() => { if (desk.room.memberCount <= FEW) chips.forEach(({ some }) => names.want(some.slice(0, NAMED))); }, [chips]);
  return html`
    <ul class="reactions" aria-label="Reactions">
      ${chips.map((chip) => html`<li key=${chip.emoji}><${Chip} chip=${chip} who=${who(chip, names, me)} may=${may} onLook=${() => names.want(chip.some.slice(0, NAMED))}
        onToggle=${() => desk.react(row, chip.emoji, !chip.mine)} /></li>`)}
      ${may && html`<li><button type="button" class="reaction add" data-testid="add-reaction" title="React" aria-label="React"
        onClick=${(event) => desk.pick(row, event.currentTarget.getBoundingClientRect())}><${SmileIcon} /></button></li>`}
    </ul>`;
}

function Chip({ chip: { emoji, count, mine }, who, may, onLook, onToggle }) {
  return html`
    <button type="button" class="reaction" data-testid="reaction" data-emoji=${emoji} aria-pressed=${mine} disabled=${!may} title=${who}
      aria-label="${emoji} ${count}: ${who}" onPointerEnter=${onLook} onFocus=${onLook} onClick=${onToggle}>
      <span class="emoji" aria-hidden="true">${emoji}</span><span class="count" aria-hidden="true">${count}</span></button>`;
}

/** Names as far as they are known, me first. */
function who({ some, count, mine }, names, me) {
  const others = some.filter((id) => id !== me.id).map((id) => names.get(id)?.displayName).filter(Boolean);
  const known = [...(mine ? ['you'] : []), ...others].slice(0, NAMED);
  const rest = count - known.length;
  if (!known.length) return `${count} ${count === 1 ? 'person' : 'people'}`;
  return rest > 0 ? `${known.join(', ')} and ${rest} ${rest === 1 ? 'other' : 'others'}` : listed(known).join('');
}

/** Everybody who reacted, by kind. */
export function WhoReacted({ room, row, chips, onClose }) {
  const [emoji, setEmoji] = useState(chips[0]?.emoji);
  return html`
    <${Dialog} title="Who reacted" testid="who-reacted" small onClose=${onClose}>
      <div class="tabs emoji-tabs" role="group" aria-label="Kind of reaction">
        ${chips.map((chip) => html`<button type="button" key=${chip.emoji} aria-pressed=${chip.emoji === emoji} onClick=${() => setEmoji(chip.emoji)}>
          ${chip.emoji} <span class="count">${chip.count}</span></button>`)}
      </div>
      ${emoji && html`<${People} key=${emoji} room=${room} row=${row} emoji=${emoji} />`}
    </${Dialog}>`;
}

function People({ room, row, emoji }) {
  const [people, setPeople] = useState([]);
  const [next, setNext] = useState();
  const { busy, problem, run } = useAction(async (after) => {
    const page = await room.messages.whoReacted(row.seq, emoji, after);
    setPeople((before) => [...before, ...page.items]);
    setNext(page.next);
  });
  useEffect(() => { run(); }, []);
  return html`
    <ul class="plain-list" data-testid="who-reacted-list" aria-busy=${busy}>
      ${people.map((user) => html`<li key=${user.id}><bdi class="name">${user.displayName}</bdi> <bdi class="handle">@${user.username}</bdi></li>`)}
    </ul>
    ${problem && html`<p class="error" role="alert">${problem.message}</p>`}
    ${next && html`<button type="button" class="quiet wide" disabled=${busy} onClick=${() => run(next)}>Show more</button>`}`;
}
