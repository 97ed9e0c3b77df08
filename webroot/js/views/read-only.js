import { html, useAction } from './preact.js';
import { LockIcon } from './icons.js';

/** In the place of what one writes in: why one cannot. */
export function ReadOnly({ chat, room, why }) {
  const blocked = room.kind === 'direct' && chat.blocks.has(room.other?.id);
  const { busy, problem, run } = useAction(() => chat.blocks.unblock(room.other));
  return html`
    <div class="read-only" role="status" data-testid="read-only">
      <${LockIcon} /><span>${problem ? problem.message : why}</span>
      ${blocked && html`<button type="button" class="link" data-testid="unblock" disabled=${busy} onClick=${() => run()}>Unblock</button>`}
    </div>`;
}
