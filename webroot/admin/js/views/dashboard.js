import { fullTime } from '../../../js/lib/time.js';
import { sizeOf } from '../../../js/models/attachments.js';
import { html, useId, useState } from '../../../js/views/preact.js';
import { chartsOf, figuresOf, nodeInWords, SPANS, storageOf } from '../models/stats.js';
import { counted, whenInWords } from '../models/values.js';
import { Chart } from './chart.js';
import { Loaded, useLoaded } from './loaded.js';

const REFRESH_SECONDS = 15;

/** How the server is doing: figures, charts of days and of the last hour, storage, nodes. */
export function Dashboard({ panel }) {
  const [days, setDays] = useState('30');
  const loaded = useLoaded(() => panel.api.get('admin/stats', { days }), { seconds: REFRESH_SECONDS, key: days });
  const id = useId();
  return html`
    <header class="page-head">
      <div><h2>Dashboard</h2><p class="hint">Looked at every ${REFRESH_SECONDS} seconds. Days are those of UTC.</p></div>
      <div class="span"><label for=${id}>Days</label>
        <select id=${id} data-testid="days" value=${days} onChange=${(event) => setDays(event.target.value)}>
          ${SPANS.map(([value, words]) => html`<option key=${value} value=${value} selected=${value === days}>${words}</option>`)}</select></div>
    </header>
    <${Loaded} loaded=${loaded}>${loaded.found && html`<${Everything} stats=${loaded.found} />`}</${Loaded}>`;
}

function Everything({ stats }) {
  const charts = chartsOf(stats);
  return html`
    <dl class="figures" data-testid="figures">${figuresOf(stats).map(({ name, value, about }) => html`
      <div class="figure" key=${name}><dt>${name}</dt><dd>${value}<span class="hint">${about}</span></dd></div>`)}</dl>
    <h3 class="part">Day by day</h3>
    <div class="charts">${charts.days.map((chart) => html`<${Chart} key=${chart.title} ...${chart} />`)}</div>
    <h3 class="part">The last hour</h3>
    <div class="charts">${charts.recent.map((chart) => html`<${Chart} key=${chart.title} ...${chart} />`)}</div>
    <${Storage} storage=${stats.storage} />
    <${Nodes} stats=${stats} />`;
}

/** The bar is a picture of the figures below it. */
function Storage({ storage }) {
  const parts = storageOf(storage);
  let x = 0;
  return html`
    <section class="group" aria-labelledby="storage-title" data-testid="storage">
      <h3 id="storage-title">Storage</h3>
      <svg class="storage-bar" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">${parts.map(({ name, part }, index) => {
        const from = x;
        x += part * 100;
        return html`<rect key=${name} class="column series-${name === 'Free' ? 'none' : index}" x=${from} width=${part * 100} height="6" />`;
      })}</svg>
      <p class="legend">${parts.map(({ name, bytes }, index) => html`
        <span key=${name}><svg viewBox="0 0 12 12" aria-hidden="true"><rect class="column series-${name === 'Free' ? 'none' : index}" width="12" height="12" rx="3" /></svg>${name} ${sizeOf(bytes)}</span>`)}</p>
    </section>`;
}

function Nodes({ stats: { nodes, silentNodes, countedAt } }) {
  return html`
    <section class="group" aria-labelledby="nodes-title">
      <h3 id="nodes-title">${counted(nodes.length, 'node')}</h3>
      <ul class="related">${nodes.map((node) => html`<li key=${node.id}>${nodeInWords(node)}</li>`)}</ul>
      ${silentNodes > 0 && html`<p class="note" role="status">${counted(silentNodes, 'node has', 'nodes have')} not answered.</p>`}
      <p class="hint">People, rooms, messages and files were counted <time datetime=${countedAt} title=${fullTime(countedAt)}>${whenInWords(countedAt)}</time>.</p>
    </section>`;
}
