import { fullTime } from '../../../js/lib/time.js';
import { explain } from '../../../js/models/problems.js';
import { CheckIcon } from '../../../js/views/icons.js';
import { html, useEffect, useMemo, useModels, useState } from '../../../js/views/preact.js';
import { listHref, NO_QUERY, rowHref } from '../models/route.js';
import { Rows } from '../models/rows.js';
import { counted, titled, whenInWords } from '../models/values.js';
import { RefreshIcon } from './icons.js';
import { ActOnRows } from './row-form.js';

/** Whoever waits longest comes first. */
const QUEUE = { ...NO_QUERY, sort: 'created', filters: [{ name: 'state', value: 'open' }] };

/** What people and the word filter have told administrators of messages and nobody has settled: read, decide, next. */
export function Reports({ panel }) {
  const model = panel.catalogue.get('reports');
  const rows = useMemo(() => new Rows({ api: panel.api, model }), [model]);
  useModels(rows);
  useEffect(() => { rows.load(QUEUE); }, []);
  return html`
    <header class="page-head">
      <div><h2>Open reports</h2><p class="hint">The oldest first. What is decided settles all open reports of the same message. <a href=${listHref('reports')}>All reports</a></p></div>
      <div class="buttons"><button type="button" class="quiet tool" data-testid="refresh" onClick=${() => rows.reload()}><${RefreshIcon} />Refresh</button></div>
    </header>
    <${Queue} panel=${panel} model=${model} rows=${rows} />`;
}

function Queue({ panel, model, rows }) {
  if (rows.problem) return html`<p class="error" role="alert">${explain(rows.problem)} <button type="button" class="link" onClick=${() => rows.reload()}>Try again</button></p>`;
  if (!rows.items) return html`<p class="hint" role="status" aria-busy="true">Loading…</p>`;
  if (!rows.items.length) return html`<div class="empty small" data-testid="list-empty"><${CheckIcon} /><p>Nothing is waiting to be decided.</p></div>`;
  return html`
    <p class="hint" role="status">${counted(rows.items.length, 'report')}${rows.next ? ', and more after them' : ''}</p>
    <ul class="reports">${rows.items.map((row) => html`<${Report} key=${row.id} panel=${panel} model=${model} row=${row} onDone=${() => rows.reload()} />`)}</ul>`;
}

function Report({ panel, model, row, onDone }) {
  const [action, setAction] = useState(null);
  const { id, reason, author, authorName, reporter, reporterName, room, roomName, note, createdAt } = row;
  return html`
    <li class="group report" data-testid="report">
      <p class="report-head"><span class="tag warn">${titled(reason)}</span>
        <span>${reporter ? html`<a href=${rowHref('users', reporter)}><bdi>${reporterName}</bdi></a> reported` : 'The word filter found'} a message of
          ${' '}<a href=${rowHref('users', author)}><bdi>${authorName}</bdi></a> in ${' '}<a href=${rowHref('chat-rooms', room)}><bdi>${roomName ?? 'a conversation'}</bdi></a></span>
        <time class="hint" datetime=${createdAt} title=${fullTime(createdAt)}>${whenInWords(createdAt)}</time></p>
      <${Words} row=${row} />
      ${note && html`<p class="report-note"><b>Note:</b> <span dir="auto">${note}</span></p>`}
      <div class="buttons">
        ${model.actions.map((one) => html`<button key=${one.name} type="button" class="quiet tool ${one.dangerous ? 'danger' : ''}" data-testid="report-${one.name}" onClick=${() => setAction(one)}>${one.title}</button>`)}
        <a class="quiet tool" href=${rowHref('reports', id)}>All of it</a>
      </div>
      ${action && html`<${ActOnRows} panel=${panel} model=${model} action=${action} items=${[row]} onClose=${() => setAction(null)} onDone=${onDone} />`}
    </li>`;
}

function Words({ row: { text, textThen, sentAt, deletedAt, files } }) {
  if (deletedAt || !sentAt) return html`<p class="hint">The message is not there any more.</p>`;
  return html`
    ${text && html`<blockquote class="report-words" dir="auto" data-testid="report-words">${text}</blockquote>`}
    ${files && html`<p class="hint">With ${counted(files, 'file')}.</p>`}
    ${textThen && textThen !== text && html`<p class="hint">When it was reported it said:</p><blockquote class="report-words" dir="auto">${textThen}</blockquote>`}`;
}
