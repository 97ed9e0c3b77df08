import { html, useId, useMemo, useRef, useState } from '../../../js/views/preact.js';
import { layout, nearest, SIZE } from '../models/chart.js';

/**
 * Values over time, drawn by ourselves: `times` in milliseconds, `series` as `[{name, values}]`; `say` tells a value, `mark` one at the
 * side, `tell` a time (`brief` and `full`). Who cannot see it, or wants the figures, opens the table below.
 */
export function Chart({ title, times, series, bars, bytes, whole, say, mark = say, tell }) {
  const id = useId();
  const [at, setAt] = useState(null);
  const drawing = useRef();
  const places = useMemo(() => layout({ times, series, bars, bytes, whole }), [times, series]);
  const near = (event) => {
    const { left, width } = drawing.current.getBoundingClientRect();
    setAt(nearest(places, times.length, ((event.clientX - left) / width) * SIZE.width));
  };
  const shown = at !== null && at < times.length ? at : null;
  return html`
    <section class="group chart" aria-labelledby="${id}-title" data-testid="chart">
      <div class="chart-head"><h3 id="${id}-title">${title}</h3><${Now} times=${times} series=${series} at=${shown} say=${say} tell=${tell} /></div>
      ${times.length === 0 ? html`<p class="hint">There are no figures yet.</p>` : html`
        <svg ref=${drawing} viewBox="0 0 ${SIZE.width} ${SIZE.height}" role="img" aria-label="${title}: ${summary(times, series, say, tell)}"
          onPointerMove=${near} onPointerLeave=${() => setAt(null)}>
          <${Scale} places=${places} mark=${mark} tell=${tell} />
          ${places.shapes.map((shape, index) => html`<${Shape} key=${shape.name} shape=${shape} index=${index} alone=${series.length === 1} />`)}
          ${shown !== null && html`<line class="cursor" x1=${places.x(shown)} x2=${places.x(shown)} y1=${SIZE.top} y2=${places.floor} />`}
        </svg>
        ${series.length > 1 && html`<${Legend} series=${series} />`}
        <${Figures} title=${title} times=${times} series=${series} say=${say} tell=${tell} />`}
    </section>`;
}

const said = (value, say) => (value === null || value === undefined ? '–' : say(value));

function Now({ times, series, at, say, tell }) {
  if (!times.length) return null;
  const place = at ?? times.length - 1;
  return html`<span class="chart-now" aria-hidden="true">${tell.full(times[place])}: ${series.map(({ name, values }) => `${series.length > 1 ? `${name} ` : ''}${said(values[place], say)}`).join(' · ')}</span>`;
}

function summary(times, series, say, tell) {
  const of = ({ name, values }) => {
    const known = values.filter((value) => value !== null);
    return known.length ? `${name} at last ${say(known.at(-1))}, at most ${say(Math.max(...known))}` : `${name} unknown`;
  };
  return `${tell.full(times[0])} to ${tell.full(times.at(-1))}; ${series.map(of).join('; ')}`;
}

function Scale({ places, mark, tell }) {
  return html`
    ${places.rules.map(({ value, y }) => html`<g key=${value}><line class="grid" x1=${SIZE.left} x2=${SIZE.width - SIZE.right} y1=${y} y2=${y} />
      <text x=${SIZE.left - 8} y=${y + 4} text-anchor="end">${mark(value)}</text></g>`)}
    ${places.labels.map(({ time, x }) => html`<text key=${time} x=${x} y=${SIZE.height - 6} text-anchor="middle">${tell.brief(time)}</text>`)}`;
}

function Shape({ shape: { line, area, bars, dots }, index, alone }) {
  if (bars) return html`<g>${bars.map(({ at, x, y, width, height }) => html`<rect key=${at} class="column series-${index}" x=${x} y=${y} width=${width} height=${height} rx="1.5" />`)}</g>`;
  return html`<g>${alone && html`<path class="area series-${index}" d=${area} />`}<path class="line series-${index}" d=${line} />
    ${dots.map(({ at, x, y }) => html`<circle key=${at} class="column series-${index}" cx=${x} cy=${y} r="4" />`)}</g>`;
}

function Legend({ series }) {
  return html`<p class="legend" aria-hidden="true">${series.map(({ name }, index) => html`
    <span key=${name}><svg viewBox="0 0 12 12"><rect class="column series-${index}" width="12" height="12" rx="3" /></svg>${name}</span>`)}</p>`;
}

/** Newest first, as one wants to know that. */
function Figures({ title, times, series, say, tell }) {
  const [open, setOpen] = useState(false);
  return html`
    <details data-testid="chart-table" onToggle=${(event) => setOpen(event.target.open)}>
      <summary>As a table</summary>
      ${open && html`
        <div class="figures-table" role="region" aria-label="${title}, as a table" tabindex="0">
          <table><thead><tr><th scope="col">Time</th>${series.map(({ name }) => html`<th key=${name} scope="col">${name}</th>`)}</tr></thead>
            <tbody>${times.map((time, at) => html`<tr key=${time}><th scope="row">${tell.full(time)}</th>${series.map(({ name, values }) => html`<td key=${name}>${said(values[at], say)}</td>`)}</tr>`).reverse()}</tbody></table>
        </div>`}
    </details>`;
}
