import { fullTime } from '../../../js/lib/time.js';
import { sizeOf } from '../../../js/models/attachments.js';
import { agentName } from '../../../js/models/agent.js';
import { html, useModels, useState } from '../../../js/views/preact.js';
import { Act } from '../../../js/views/settings-parts.js';
import { listHref, NO_QUERY, rowHref, withFilter, withoutFilter } from '../models/route.js';
import { counted, lasting, whenInWords } from '../models/values.js';
import { RefreshIcon } from './icons.js';
import { Loaded, useLoaded } from './loaded.js';
import { go } from './route.js';

const PAGE = 100;
const REFRESH_SECONDS = 5;
const TRANSPORTS = { raw: 'WebSocket', sockjs: 'SockJS', script: 'Script' };
const HEADS = ['Who', 'Device', 'From', 'Since', 'Rooms', 'Waiting', 'Keeps up', 'Last heard', ''];

const valueOf = ({ filters }, name) => filters.find((filter) => filter.name === name)?.value;

/** Every open socket of every node, the youngest first, and an end to each. */
export function Connections({ panel, route: { query } }) {
  useModels(panel.catalogue);
  const userId = valueOf(query, 'userId');
  const behind = valueOf(query, 'behind') === 'true';
  const [before, setBefore] = useState([]);
  const ask = () => panel.api.get('admin/connections', { userId, behind: behind ? 'true' : undefined, before: before.at(-1), limit: PAGE });
  const loaded = useLoaded(ask, { seconds: REFRESH_SECONDS, key: `${userId} ${behind} ${before.at(-1)}` });
  const turn = (to) => {
    setBefore([]);
    go(listHref('connections', to));
  };
  const only = (event) => turn(event.target.checked ? withFilter(query, 'behind', 'true') : withoutFilter(query, 'behind'));
  return html`
    <header class="page-head">
      <div><h2>Live connections</h2><p class="hint">Sockets that are open now, the youngest first; looked at every ${REFRESH_SECONDS} seconds.</p></div>
      <div class="buttons"><button type="button" class="quiet tool" data-testid="refresh" onClick=${loaded.again}><${RefreshIcon} />Refresh</button></div>
    </header>
    <div class="tools">
      <label class="option"><input type="checkbox" data-testid="only-behind" checked=${behind} onChange=${only} /><span>Only those that do not keep up</span></label>
      ${userId && html`<span class="chip"><span>Who: <bdi>${userId}</bdi></span><button type="button" class="link" data-testid="everybody" onClick=${() => turn(withoutFilter(query, 'userId'))}>Everybody</button></span>`}
    </div>
    <${Loaded} loaded=${loaded}>
      <${Numbers} found=${loaded.found} />
      <${Sockets} panel=${panel} items=${loaded.found?.items ?? []} onGone=${loaded.again} />
      <nav class="pager" aria-label="Pages">
        ${before.length > 0 && html`<button type="button" class="quiet tool" data-testid="page-before" onClick=${() => setBefore(before.slice(0, -1))}>Younger</button>`}
        ${loaded.found?.next && html`<button type="button" class="quiet tool" data-testid="page-next" onClick=${() => setBefore([...before, loaded.found.next])}>Older</button>`}
      </nav>
    </${Loaded}>`;
}

function Numbers({ found: { silentNodes } = {} }) {
  return silentNodes ? html`<p class="note" role="status">${counted(silentNodes, 'node has', 'nodes have')} not answered: their sockets are missing here.</p>` : null;
}

function Sockets({ panel, items, onGone }) {
  if (!items.length) return html`<p class="empty small" data-testid="list-empty">Nobody is connected in this way.</p>`;
  return html`
    <div class="table-frame" role="region" aria-label="Live connections" tabindex="0">
      <table role="table" class="rows" data-testid="connections">
        <thead role="rowgroup"><tr role="row">${HEADS.map((title) => html`<th key=${title} role="columnheader" scope="col">${title || html`<span class="unseen">End</span>`}</th>`)}</tr></thead>
        <tbody role="rowgroup">${items.map((one) => html`<${Line} key=${one.id} panel=${panel} one=${one} onGone=${onGone} />`)}</tbody>
      </table>
    </div>`;
}

function Line({ panel, one, onGone }) {
  const { id, user, transport, address, agent, since, rooms, queueBytes, behindMs, quietMs, node } = one;
  const kick = async () => {
    await panel.api.delete(`admin/connections/${id}`);
    panel.notify(`A connection of ${user.displayName} is closed.`);
    onGone();
  };
  const cells = [
    html`<a class="row-link" href=${rowHref('users', user.id)}><bdi>${user.displayName}</bdi></a>`,
    html`<bdi title=${agent}>${agentName(agent) || '–'}</bdi> <span class="tag">${TRANSPORTS[transport] ?? transport}</span>`,
    html`<bdi>${address}</bdi>${node && html` <span class="hint">at ${node}</span>`}`,
    html`<time datetime=${since} title=${fullTime(since)}>${whenInWords(since)}</time>`,
    html`<span class="digits">${rooms.toLocaleString()}</span>`,
    html`<span class="digits">${sizeOf(queueBytes)}</span>`,
    behindMs === undefined || behindMs === null ? html`<span class="tag good">Yes</span>` : html`<span class="tag warn">${lasting(behindMs)} behind</span>`,
    html`${lasting(quietMs)} ago`,
    html`<${Act} testid="kick" label="Close the connection of ${user.displayName}" danger onAct=${kick}
      question=${{ title: 'Close this connection?', action: 'Close it', text: `${user.displayName} is cut off. Their page comes back by itself, unless you end the session as well.` }}>Close</${Act}>`,
  ];
  return html`
    <tr role="row" data-testid="connection" data-id=${id}>${cells.map((cell, at) => html`<td key=${HEADS[at]} role="cell" data-title=${HEADS[at]}>${cell}</td>`)}</tr>`;
}
