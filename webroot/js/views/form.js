import { explain, fieldErrors } from '../models/problems.js';
import { strength } from '../models/password-strength.js';
import { EyeIcon } from './icons.js';
import { html, useAction, useEffect, useId, useLayoutEffect, useRef, useState } from './preact.js';

/**
 * A form's values, what is wrong with them, and sending them. `check` says what can be said without the server; `subjects`
 * begins the sentence about each field (`The name` … `is taken.`); `blame` finds the field of a problem that names none.
 * After a refusal the first wrong field has the focus.
 */
export function useForm({ initial, subjects = {}, check = () => ({}), blame = () => ({}), send }) {
  const [values, setValues] = useState(initial);
  const [wrong, setWrong] = useState({});
  const [edited, setEdited] = useState({});
  const element = useRef();
  const { busy, problem, run, reset } = useAction(send);
  const named = fieldErrors(problem, subjects);
  const refused = problem && !Object.keys(named).length ? present(blame(problem)) : named;
  const errors = { ...without(refused, edited), ...present(wrong) };
  const refusals = useRef(0);
  useEffect(() => { element.current?.querySelector('[aria-invalid=true]')?.focus(); }, [problem, refusals.current]);
  const put = (name, value) => {
    setValues((now) => ({ ...now, [name]: value }));
    setWrong((now) => ({ ...now, [name]: undefined }));
    setEdited((now) => ({ ...now, [name]: true }));
  };
  const submit = (event) => {
    event?.preventDefault();
    const found = check(values);
    setWrong(found);
    setEdited({});
    if (Object.keys(present(found)).length) refusals.current++;
    else if (!busy) run(values);
  };
  const start = (fresh = initial) => {
    setValues(fresh);
    setWrong({});
    reset();
  };
  const general = problem && !Object.keys(refused).length ? explain(problem) : '';
  return { values, errors, busy, problem, general, put, submit, start, element };
}

const present = (errors) => Object.fromEntries(Object.entries(errors).filter(([, error]) => error));

function without(errors, names) {
  return Object.fromEntries(Object.entries(errors).filter(([name]) => !names[name]));
}

/** The form's element, with what is wrong with the whole of it above the buttons. */
export function Form({ form, children, buttons, ...rest }) {
  return html`
    <form ref=${form.element} novalidate onSubmit=${form.submit} ...${rest}>
      ${children}
      ${form.general && html`<p class="error" role="alert" data-testid="form-error">${form.general}</p>`}
      ${buttons}
    </form>`;
}

/** A labelled input; its error, or else its hint, is read out with it. */
export function Field({ form, name, label, optional, hint, focused, type = 'text', testid = name, beside, after, ...rest }) {
  const id = useId();
  const input = useRef();
  // The browser minds `autofocus` once a page; dialogs mind it themselves.
  useLayoutEffect(() => { if (focused) input.current.focus(); }, []);
  const error = form.errors[name];
  const about = error ? `${id}-error` : hint ? `${id}-hint` : undefined;
  return html`
    <div class="field">
      <label for=${id}>${label}${optional && html`<span class="optional"> (optional)</span>`}</label>
      <div class="input">
        <input ref=${input} id=${id} name=${name} data-testid=${testid} type=${type} autofocus=${focused} autocapitalize="none"
          spellcheck=${false} dir="auto" value=${form.values[name]} onInput=${(event) => form.put(name, event.target.value)}
          aria-invalid=${!!error} aria-describedby=${about} ...${rest} />
        ${beside}
      </div>
      ${after}
      ${error ? html`<p class="error" id="${id}-error" role="alert" data-testid="${testid}-error">${error}</p>`
        : hint && html`<p class="hint" id="${id}-hint">${hint}</p>`}
    </div>`;
}

/** The same for text of several lines. */
export function TextField({ form, name, label, testid = name, ...rest }) {
  const id = useId();
  const error = form.errors[name];
  return html`
    <div class="field">
      <label for=${id}>${label}</label>
      <textarea id=${id} name=${name} data-testid=${testid} dir="auto" value=${form.values[name]} onInput=${(event) => form.put(name, event.target.value)}
        aria-invalid=${!!error} aria-describedby=${error ? `${id}-error` : undefined} ...${rest}></textarea>
      ${error && html`<p class="error" id="${id}-error" role="alert" data-testid="${testid}-error">${error}</p>`}
    </div>`;
}

/** A password, which can be looked at. With `names` it is a new one, and its strength is shown. */
export function PasswordField({ form, name, names, testid = name, ...rest }) {
  const [shown, setShown] = useState(false);
  const eye = html`
    <button type="button" class="icon-button eye" aria-pressed=${shown} aria-label="Show the password" title=${shown ? 'Hide' : 'Show'}
      data-testid="${testid}-show" onClick=${() => setShown(!shown)}><${EyeIcon} /></button>`;
  return html`
    <${Field} form=${form} name=${name} testid=${testid} type=${shown ? 'text' : 'password'} maxlength="512"
      autocomplete=${names ? 'new-password' : 'current-password'} beside=${eye} ...${rest}
      after=${names && html`<${Strength} password=${form.values[name]} names=${names} />`} />`;
}

/** How hard it is to guess, as four bars and a word. */
function Strength({ password, names }) {
  const { score, words, advice } = strength(password, names);
  if (!password) return null;
  return html`
    <div class="strength level-${score}" data-testid="strength">
      <span class="bars" role="meter" aria-label="Password strength" aria-valuemin="0" aria-valuemax="4" aria-valuenow=${score}
        aria-valuetext=${words}>${[1, 2, 3, 4].map((bar) => html`<i key=${bar} class=${bar <= Math.max(1, score) ? 'full' : ''}></i>`)}</span>
      <span class="words" aria-live="polite"><b>${words}</b>${advice && ` · ${advice}`}</span>
    </div>`;
}

/** A choice out of a list of `[value, label]`. */
export function Select({ form, name, label, options, hint, testid = name }) {
  const id = useId();
  const error = form.errors[name];
  return html`
    <div class="field">
      <label for=${id}>${label}</label>
      <select id=${id} name=${name} data-testid=${testid} value=${form.values[name]} aria-invalid=${!!error}
        aria-describedby=${error ? `${id}-error` : hint ? `${id}-hint` : undefined}
        onChange=${(event) => form.put(name, event.target.value)}>
        ${options.map(([value, text]) => html`<option key=${value} value=${value} selected=${value === form.values[name]}>${text}</option>`)}
      </select>
      ${error ? html`<p class="error" id="${id}-error" role="alert">${error}</p>`
        : hint && html`<p class="hint" id="${id}-hint">${hint}</p>`}
    </div>`;
}

export function Submit({ form, children, testid = 'submit', wide, danger, disabled }) {
  return html`
    <button class="primary ${wide ? 'wide' : ''} ${danger ? 'danger' : ''}" type="submit" data-testid=${testid}
      aria-busy=${form.busy} disabled=${form.busy || disabled}>${form.busy ? 'One moment…' : children}</button>`;
}

/** What a new password has to be, told before the server is asked. */
export function checkNewPassword(password) {
  if (!password) return 'Please choose a password.';
  return [...password].length < 8 ? 'At least 8 characters, please.' : undefined;
}
