import { sentence } from '../lib/text.js';
import { html, useModels, useState, useAction } from './preact.js';

const TEXTS = {
  in: { title: 'Welcome back', submit: 'Sign in', question: 'New here?', other: 'Create an account' },
  up: { title: 'Create your account', submit: 'Create account', question: 'Have an account?', other: 'Sign in' },
};

/** Sign in and register in one form: what differs is one field and the words. */
export function AuthForm({ session }) {
  useModels(session);
  const [mode, setMode] = useState('in');
  const [values, setValues] = useState({ username: '', password: '', displayName: '' });
  const [wrong, setWrong] = useState({});
  const { busy, problem, run, reset } = useAction(() =>
    mode === 'in' ? session.signIn(values.username.trim(), values.password)
      : session.register({ ...values, username: values.username.trim(), displayName: values.displayName.trim() }));
  const set = (name) => (event) => {
    setValues({ ...values, [name]: event.target.value });
    setWrong({ ...wrong, [name]: undefined });
  };
  const submit = (event) => {
    event.preventDefault();
    const found = check(mode, values);
    setWrong(found);
    const first = Object.keys(found)[0];
    if (first) document.getElementById(first)?.focus();
    else if (!busy) run();
  };
  const switchMode = () => {
    setMode(mode === 'in' ? 'up' : 'in');
    setWrong({});
    reset();
  };
  const text = TEXTS[mode];
  const errors = { ...fieldErrors(problem), ...wrong };
  return html`
    <main class="auth">
      <form class="card" data-testid="auth-form" novalidate onSubmit=${submit} aria-labelledby="auth-title">
        <img src="favicon.svg" alt="" width="56" height="56" />
        <h1 id="auth-title">${text.title}</h1>
        ${session.notice && html`<p class="note" role="status">${session.notice}</p>`}
        <${Field} name="username" testid="username" label=${mode === 'in' ? 'User name or e-mail' : 'User name'}
          value=${values.username} onInput=${set('username')} error=${errors.username} autocomplete="username"
          maxlength=${mode === 'in' ? 254 : 64} focused hint=${mode === 'up' && '2 to 32 letters, digits, “.”, “_” or “-”'} />
        ${mode === 'up' && html`
          <${Field} name="displayName" testid="display-name" label="Your name" optional value=${values.displayName}
            onInput=${set('displayName')} error=${errors.displayName} autocomplete="name" maxlength="128"
            hint="What others see; your user name if left empty" />`}
        <${Field} name="password" testid="password" label="Password" type="password" value=${values.password}
          onInput=${set('password')} error=${errors.password} maxlength="512"
          autocomplete=${mode === 'in' ? 'current-password' : 'new-password'}
          hint=${mode === 'up' && 'At least 8 characters'} />
        ${problem && !anyField(problem) && html`<p class="error" role="alert">${explain(problem)}</p>`}
        <button class="primary wide" type="submit" data-testid="submit" aria-busy=${busy} disabled=${busy}>
          ${busy ? 'One moment…' : text.submit}
        </button>
        <p class="switch">${text.question}${' '}
          <button type="button" class="link" data-testid="switch-mode"
            onClick=${switchMode}>${text.other}</button>
        </p>
      </form>
    </main>`;
}

function Field({ name, testid, label, optional, error, hint, focused, type = 'text', ...rest }) {
  const about = error ? `${name}-error` : hint ? `${name}-hint` : undefined;
  return html`
    <div class="field">
      <label for=${name}>${label}${optional && html`<span class="optional"> (optional)</span>`}</label>
      <input id=${name} name=${name} data-testid=${testid} type=${type} autofocus=${focused} autocapitalize="none"
        spellcheck=${false} dir="auto" aria-invalid=${!!error} aria-describedby=${about} ...${rest} />
      ${error ? html`<p class="error" id="${name}-error" role="alert">${error}</p>`
        : hint && html`<p class="hint" id="${name}-hint">${hint}</p>`}
    </div>`;
}

/** What can be said without asking the server. */
function check(mode, { username, password }) {
  const wrong = {};
  if (!username.trim()) wrong.username = 'Please enter your user name.';
  else if (mode === 'up' && [...username.trim()].length < 2) wrong.username = 'At least 2 characters, please.';
  if (!password) wrong.password = 'Please enter your password.';
  else if (mode === 'up' && [...password].length < 8) wrong.password = 'At least 8 characters, please.';
  return wrong;
}

const FIELDS = { username: 'The user name', displayName: 'The name', password: 'The password' };

function fieldErrors(problem) {
  if (!problem) return {};
  const errors = {};
  for (const [name, subject] of Object.entries(FIELDS)) errors[name] = sentence(subject, problem.field(name));
  errors.username ??= sentence(FIELDS.username, problem.field('login'));
  if (problem.status === 409) errors.username ??= 'This user name is taken.';
  return errors;
}

const anyField = (problem) => Object.values(fieldErrors(problem)).some(Boolean);

function explain(problem) {
  if (problem.status === 0) return 'The server cannot be reached. Check your connection and try again.';
  if (problem.status === 401) return 'User name or password is wrong.';
  if (problem.status === 429) return `Too many attempts. Try again in ${problem.retryAfter ? `${problem.retryAfter} seconds` : 'a while'}.`;
  if (problem.status >= 500) return `Something went wrong on the server${problem.instance ? ` (${problem.instance})` : ''}. Please try again.`;
  return problem.message;
}
