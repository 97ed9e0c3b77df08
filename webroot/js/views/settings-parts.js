// What the sections of the settings are made of.

import { explain } from '../models/problems.js';
import { Confirm } from './confirm.js';
import { CheckIcon } from './icons.js';
import { html, useAction, useEffect, useId, useState } from './preact.js';

/** One matter of a section: what it is about, what it shows, what can be done. */
export function Group({ title, about, testid, danger, children }) {
  const id = useId();
  return html`
    <section class="group ${danger ? 'danger' : ''}" aria-labelledby=${id} data-testid=${testid}>
      <h3 id=${id}>${title}</h3>
      ${about && html`<p class="hint">${about}</p>`}
      ${children}
    </section>`;
}

/** Loads once, then shows its children; says so while it does, and when it cannot. */
export function Loading({ load, ready, children }) {
  const { busy, problem, run } = useAction(load);
  useEffect(() => { if (!ready) run(); }, []);
  if (ready) return children;
  if (problem) {
    return html`<p class="error" role="alert">${explain(problem)} <button type="button" class="link" onClick=${() => run()}>Try again</button></p>`;
  }
  return html`<p class="hint" role="status" aria-busy=${busy}>Loading…</p>`;
}

/** Something the person has, in one line, with what can be done about it at its end. */
export function Row({ icon: Icon, testid, children, action, ...rest }) {
  return html`
    <li class="row" data-testid=${testid} ...${rest}>
      ${Icon && html`<span class="row-icon"><${Icon} /></span>`}
      <div class="row-text">${children}</div>
      ${action}
    </li>`;
}

/**
 * A button whose action is asked about first (with `question`) and whose failure is told beside it.
 * `question` is `{title, text, action}`. While it runs it is not `disabled`, which would take the focus from it.
 */
export function Act({ children, testid, label, question, primary, danger, onAct }) {
  const { busy, problem, run } = useAction(onAct);
  const [asking, setAsking] = useState(false);
  return html`
    <span class="act">
      <button type="button" class="${primary ? 'primary' : 'quiet'} ${danger ? 'danger' : ''}" data-testid=${testid} aria-label=${label} aria-disabled=${busy}
        aria-busy=${busy} onClick=${() => (busy ? undefined : question ? setAsking(true) : run())}>${busy ? 'One moment…' : children}</button>
      ${problem && html`<span class="error" role="alert">${explain(problem)}</span>`}
      ${asking && html`<${Confirm} title=${question.title} action=${question.action} onConfirm=${run} onClose=${() => setAsking(false)}>${question.text}</${Confirm}>`}
    </span>`;
}

/** Puts text on the clipboard, and says that it did; where there is no clipboard the text can be selected. */
export function CopyButton({ text, testid = 'copy', children = 'Copy' }) {
  const [copied, setCopied] = useState('');
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setCopied('Copied');
    } catch {
      setCopied('Please select and copy it by hand');
    }
  };
  useEffect(() => {
    const timer = copied && setTimeout(() => setCopied(''), 4_000);
    return () => clearTimeout(timer);
  }, [copied]);
  return html`
    <button type="button" class="quiet" data-testid=${testid} onClick=${copy}>
      ${copied === 'Copied' ? html`<span class="done"><${CheckIcon} />Copied</span>` : children}</button>
    <span class="unseen" role="status">${copied}</span>
    ${copied && copied !== 'Copied' && html`<span class="hint">${copied}</span>`}`;
}

export const Badge = ({ children, kind = '' }) => html`<span class="tag ${kind}">${children}</span>`;
