// Passkeys: the browser's WebAuthn, spoken to in the JSON that servers use. Older browsers have no such JSON of their own.

import { fromBase64url, toBase64url } from './base64url.js';

/** An address of digits: passkeys belong to a name. */
const NUMERIC = /^[\d.]+$|:/;

/** Can this browser have passkeys on this page? Only over https or on localhost, by name. */
export const passkeysWork = () =>
  'PublicKeyCredential' in globalThis && globalThis.isSecureContext && !NUMERIC.test(location.hostname);

/** Makes a passkey; resolves with what the server wants to see of it. */
export async function createPasskey(options) {
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON?.(options) ?? creationOptions(options);
  return answer(await navigator.credentials.create({ publicKey }));
}

/** Signs with a passkey that is here already. */
export async function usePasskey(options, signal) {
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON?.(options) ?? requestOptions(options);
  return answer(await navigator.credentials.get({ publicKey, signal }));
}

/** What to say when the browser or the person would not; empty when the fault was none of theirs. */
export function whyNot({ name } = {}) {
  if (name === 'NotAllowedError' || name === 'AbortError') return 'That was stopped, or took too long. Nothing has changed.';
  if (name === 'InvalidStateError') return 'This device has a passkey for your account already.';
  if (name === 'SecurityError' || name === 'NotSupportedError') return 'This browser cannot use a passkey here.';
  return '';
}

const answer = (credential) => credential.toJSON?.() ?? asJson(credential);

const listed = (credentials = []) => credentials.map((one) => ({ ...one, id: fromBase64url(one.id) }));

/** The creation options of the JSON form, with bytes where the browser wants bytes. */
export function creationOptions({ challenge, user, excludeCredentials, ...rest }) {
  return {
    ...rest, challenge: fromBase64url(challenge), user: { ...user, id: fromBase64url(user.id) },
    excludeCredentials: listed(excludeCredentials),
  };
}

/** The request options of the JSON form, with bytes where the browser wants bytes. */
export function requestOptions({ challenge, allowCredentials, ...rest }) {
  return { ...rest, challenge: fromBase64url(challenge), allowCredentials: listed(allowCredentials) };
}

const PARTS = ['clientDataJSON', 'attestationObject', 'authenticatorData', 'signature', 'userHandle'];

/** What `credential.toJSON()` gives where it exists. */
export function asJson({ id, rawId, type, authenticatorAttachment, response, getClientExtensionResults }) {
  const parts = PARTS.filter((part) => response[part]).map((part) => [part, toBase64url(response[part])]);
  const transports = response.getTransports?.();
  return {
    id, rawId: toBase64url(rawId), type, authenticatorAttachment,
    response: { ...Object.fromEntries(parts), ...(transports && { transports }) },
    clientExtensionResults: getClientExtensionResults?.() ?? {},
  };
}
