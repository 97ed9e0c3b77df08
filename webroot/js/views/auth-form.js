import { passkeysWork, usePasskey, whyNot } from '../lib/passkeys.js';
import { explain } from '../models/problems.js';
import { checkNewPassword, Field, Form, PasswordField, Submit, useForm } from './form.js';
import { PasskeyIcon, LinkIcon } from './icons.js';
import { html, useAction, useEffect, useModels, useState } from './preact.js';
import { forgetInvitation, goHome, PROVIDER_HREF } from './route.js';

const EMPTY = { username: '', password: '', displayName: '', email: '', code: '' };
const NOT_OPEN = { invite: 'New accounts are made by invitation.', closed: 'This server takes no new accounts.' };
const SUBJECTS = { login: 'The user name', username: 'The user name', displayName: 'The name', password: 'The password', email: 'The address' };

/** Signing in (with a second step where the account has one) and registering, whatever this server offers. */
export function AuthForm({ session, methods, failure, invitation }) {
  useModels(session);
  const [mode, setMode] = useState(invitation ? 'up' : 'in');
  const [known, setKnown] = useState(EMPTY);
  const mayJoin = Boolean(invitation) || methods.registration === 'open';
  const signUp = mode === 'up' && mayJoin;
  useEffect(() => { if (invitation) setMode('up'); }, [invitation]);
  const ask = (values) => { setKnown(values); setMode('code'); };
  return html`
    <main class="auth">
      ${mode === 'code' ? html`<${CodeForm} session=${session} known=${known} onBack=${() => setMode('in')} />`
        : signUp ? html`<${Register} session=${session} invitation=${invitation} onSwitch=${() => setMode('in')} />`
        : html`<${SignIn} session=${session} methods=${methods} mayJoin=${mayJoin} failure=${failure} onCode=${ask} onSwitch=${() => setMode('up')} />`}
    </main>`;
}

/** The card of every page before the chat. */
export function Card({ title, note, form, testid = 'auth-form', children, ...rest }) {
  const inside = html`
    <img src="favicon.svg" alt="" width="56" height="56" />
    <h1 id="auth-title">${title}</h1>
    ${note && html`<p class="note" role="status">${note}</p>`}
    ${children}`;
  return form ? html`<${Form} form=${form} class="card" data-testid=${testid} aria-labelledby="auth-title" ...${rest}>${inside}</${Form}>`
    : html`<div class="card" data-testid=${testid}>${inside}</div>`;
}

function SignIn({ session, methods, mayJoin, failure, onCode, onSwitch }) {
  const send = (values) => session.signIn(values.username.trim(), values.password).catch((problem) => {
    if (problem.slug !== 'second-factor-required') throw problem;
    onCode(values);
  });
  const form = useForm({ initial: EMPTY, subjects: SUBJECTS, check: checkSignIn, send });
  return html`
    <${Card} title="Welcome back" form=${form} note=${session.notice || failure} buttons=${html`
      <${Submit} form=${form} wide>Sign in</${Submit}>
      <${OtherWays} session=${session} methods=${methods} />
      ${mayJoin ? html`<${Switch} question="New here?" action="Create an account" onClick=${onSwitch} />`
        : html`<p class="switch" data-testid="no-registration">${NOT_OPEN[methods.registration]}</p>`}`}>
      <${Field} form=${form} name="username" label="User name or e-mail" autocomplete="username webauthn" maxlength="254" focused />
      <${PasswordField} form=${form} name="password" label="Password" />
      ${methods.passwordReset && html`<p class="aside"><a href="#/forgot" data-testid="forgot">Forgot password?</a></p>`}
    </${Card}>`;
}

function OtherWays({ session, methods }) {
  const passkeys = methods.passkeys && passkeysWork();
  const { busy, problem, run } = useAction(() => session.signInWithPasskey(usePasskey));
  if (!passkeys && !methods.oidc) return null;
  return html`
    <p class="or"><span>or</span></p>
    ${passkeys && html`
      <button type="button" class="quiet wide with-icon" data-testid="passkey-sign-in" disabled=${busy} onClick=${() => run()}>
        <${PasskeyIcon} />Sign in with a passkey</button>`}
    ${problem && html`<p class="error" role="alert">${whyNot(problem) || passkeyRefused(problem)}</p>`}
    ${methods.oidc && html`
      <a class="quiet wide with-icon" data-testid="oidc-sign-in" href=${PROVIDER_HREF}><${LinkIcon} />Continue with ${methods.oidc.name}</a>`}`;
}

const passkeyRefused = (problem) => (problem.status === 401 ? 'This passkey is not known here.' : explain(problem));

/** The second step. The password stays in memory between the two, and nowhere else. */
function CodeForm({ session, known, onBack }) {
  const send = ({ code }) => session.signIn(known.username.trim(), known.password, code.trim());
  const form = useForm({
    initial: { code: '' }, subjects: { code: 'The code' }, send,
    check: ({ code }) => (code.trim() ? {} : { code: 'Please enter the code.' }),
    blame: ({ status }) => ({ code: status === 401 && 'This code is wrong, too old, or used already.' }),
  });
  return html`
    <${Card} title="One more step" form=${form} testid="code-form" buttons=${html`
      <${Submit} form=${form} wide>Sign in</${Submit}>
      <${Switch} question="Not you?" action="Start again" onClick=${onBack} />`}>
      <${Field} form=${form} name="code" label="Code" autocomplete="one-time-code" maxlength="64" focused
        hint="From your authenticator app, or one of your recovery codes" />
    </${Card}>`;
}

function Register({ session, invitation, onSwitch }) {
  const send = async (values) => {
    await session.register({
      ...values, username: values.username.trim(), displayName: values.displayName.trim(), email: values.email.trim(),
      invite: invitation?.token,
    });
    if (invitation) {
      forgetInvitation();
      goHome();
    }
  };
  const form = useForm({ initial: EMPTY, subjects: SUBJECTS, check: checkRegister, blame: nameTaken, send });
  const { username, displayName, email } = form.values;
  return html`
    <${Card} title="Create your account" form=${form} note=${invitation && invited(invitation)} buttons=${html`
      <${Submit} form=${form} wide>Create account</${Submit}>
      <${Switch} question="Have an account?" action="Sign in" onClick=${onSwitch} />`}>
      <${Field} form=${form} name="username" label="User name" autocomplete="username" maxlength="64" focused
        hint="2 to 32 letters, digits, “.”, “_” or “-”" />
      <${Field} form=${form} name="displayName" testid="display-name" label="Your name" optional autocomplete="name" maxlength="128"
        hint="What others see; your user name if left empty" />
      <${Field} form=${form} name="email" label="E-mail" type="email" optional autocomplete="email" maxlength="254"
        hint="Only for letters to you, such as a forgotten password" />
      <${PasswordField} form=${form} name="password" label="Password" names=${[username, displayName, email]} hint="At least 8 characters" />
    </${Card}>`;
}

const invited = ({ role }) => `You are invited${role === 'admin' ? ' to administer this server' : ''}.`;

export function Switch({ question, action, onClick }) {
  return html`
    <p class="switch">${question}${' '}<button type="button" class="link" data-testid="switch-mode" onClick=${onClick}>${action}</button></p>`;
}

export const nameTaken = ({ status }) => ({ username: status === 409 && 'This user name is taken.' });

function checkSignIn({ username, password }) {
  return {
    username: username.trim() ? undefined : 'Please enter your user name.',
    password: password ? undefined : 'Please enter your password.',
  };
}

function checkRegister({ username, password, email }) {
  const name = username.trim();
  return {
    username: !name ? 'Please enter your user name.' : [...name].length < 2 ? 'At least 2 characters, please.' : undefined,
    email: checkEmail(email, { optional: true }),
    password: checkNewPassword(password),
  };
}

export function checkEmail(email, { optional = false } = {}) {
  if (!email.trim()) return optional ? undefined : 'Please enter an e-mail address.';
  return /^\S+@\S+$/.test(email.trim()) ? undefined : 'This is not an e-mail address.';
}
