import { Account } from '../models/account.js';
import { explain, whyNotIn } from '../models/problems.js';
import { AuthForm, Card, checkEmail } from './auth-form.js';
import { checkNewPassword, Field, PasswordField, Submit, useForm } from './form.js';
import { html, useAction, useEffect, useState } from './preact.js';
import { goHome } from './route.js';

/** What a server that does not say offers. */
const PLAIN = { registration: 'open', passwordReset: false, passkeys: false };

const DEAD = 'This invitation is not good any more. Ask whoever sent it for a new one.';

const INVITED = 'You are invited to a room. Sign in, or create an account, to see it.';

/** What one sees while signed out: the form, or a way back in. */
export function Entrance({ session, api, route }) {
  const [methods, setMethods] = useState(PLAIN);
  useEffect(() => { Account.methods(api).then(setMethods, () => {}); }, []);
  const invitation = useInvitation(api, route);
  if (route.page === 'forgot') return html`<${Forgot} api=${api} />`;
  if (route.page === 'invite' && !invitation) return html`<main class="auth"><${Card} title="Invitation"><p class="lead" role="status">One moment…</p></${Card}></main>`;
  const failure = route.page === 'sign-in-failed' ? whyNotIn(route.slug) : route.page === 'join' ? INVITED : invitation?.failure ?? '';
  return html`<${AuthForm} session=${session} methods=${methods} failure=${failure} invitation=${invitation?.token && invitation} />`;
}

/** `{token, role}` of the link to an account that the address holds, or `{failure}`; undefined while that is not known. */
function useInvitation(api, { page, token }) {
  const [offer, setOffer] = useState();
  useEffect(() => {
    setOffer(undefined);
    if (page !== 'invite') return;
    if (!token) setOffer({ failure: DEAD });
    else api.get(`auth/invites/${encodeURIComponent(token)}`).then(
      ({ role }) => setOffer({ token, role }),
      (problem) => setOffer({ failure: problem.status === 404 ? DEAD : explain(problem) }));
  }, [page, token]);
  return offer;
}

const Back = () => html`<p class="switch"><a href="#/" data-testid="back-to-sign-in">Back to signing in</a></p>`;

/** Asks for a letter. The answer is the same whether or not anybody has the address. */
function Forgot({ api }) {
  const [sent, setSent] = useState('');
  const form = useForm({
    initial: { email: '' }, subjects: { email: 'The address' }, check: ({ email }) => ({ email: checkEmail(email) }),
    send: async ({ email }) => {
      await api.post('auth/password-reset', { email: email.trim() });
      setSent(email.trim());
    },
  });
  if (sent) {
    return html`
      <main class="auth"><${Card} title="Check your mail" testid="forgot-sent">
        <p role="status" class="lead">If an account has the address <bdi><b>${sent}</b></bdi>, a letter is on its way. The link in it
          works once, within 10 minutes.</p>
        <p class="hint centred">Nothing there? Look among the spam, or ask again: only the newest letter counts.</p>
        <button type="button" class="quiet wide" data-testid="again" onClick=${() => setSent('')}>Ask again</button>
        <${Back} />
      </${Card}></main>`;
  }
  return html`
    <main class="auth">
      <${Card} title="Forgot your password?" form=${form} testid="forgot-form" buttons=${html`
        <${Submit} form=${form} wide>Send me a link</${Submit}><${Back} />`}>
        <p class="lead">Enter the e-mail address of your account. You get a link with which you choose a new password.</p>
        <${Field} form=${form} name="email" label="E-mail" type="email" autocomplete="email" maxlength="254" focused />
      </${Card}>
    </main>`;
}

/** Chooses a new password with the token of a letter. */
export function Reset({ api, session, token }) {
  const form = useForm({
    initial: { password: '' }, subjects: { password: 'The password' },
    check: ({ password }) => ({ password: checkNewPassword(password) }),
    send: async ({ password }) => {
      await api.post('auth/password-reset-confirm', { token, password });
      await session.check({ quietly: true });
      session.say('Your password is changed. Sign in with the new one.');
      goHome();
    },
  });
  if (form.problem?.slug === 'link-invalid') return html`<${DeadLink} />`;
  return html`
    <main class="auth">
      <${Card} title="Choose a new password" form=${form} testid="reset-form" buttons=${html`
        <${Submit} form=${form} wide>Change password</${Submit}><${Back} />`}>
        <${PasswordField} form=${form} name="password" label="New password" names=${[]} hint="At least 8 characters" focused />
        <p class="hint">Every device that is signed in to your account will be signed out.</p>
      </${Card}>
    </main>`;
}

function DeadLink() {
  return html`
    <main class="auth"><${Card} title="This link does not work" testid="dead-link">
      <p class="lead" role="alert">It has been used, is older than 10 minutes, or is not complete. A newer letter makes older links void.</p>
      <a class="primary wide" href="#/forgot">Ask for a new link</a>
      <${Back} />
    </${Card}></main>`;
}

/** Says yes to an address with the token of a letter. */
export function ConfirmEmail({ api, account, token }) {
  const { busy, problem, run } = useAction(async () => {
    await api.post('auth/email-confirm', { token });
    await account?.load().catch(() => {});
  });
  useEffect(() => { run(); }, [token]);
  const title = busy ? 'One moment…' : problem ? 'That did not work' : 'Your address is confirmed';
  return html`
    <main class="auth"><${Card} title=${title} testid="confirm-email">
      <p class="lead" role="status">${busy ? 'Confirming your address.' : problem ? explain(problem) : 'Letters about your account go there from now on.'}</p>
      ${problem && problem.slug !== 'link-invalid' && html`<button type="button" class="primary wide" onClick=${() => run()}>Try again</button>`}
      ${problem?.slug === 'link-invalid' && html`<p class="hint centred">Your settings can send you a new letter.</p>`}
      <a class=${problem ? 'quiet wide' : 'primary wide'} href="#/" data-testid="go-on">Go on to Parley</a>
    </${Card}></main>`;
}
