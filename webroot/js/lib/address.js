// Which addresses a message may open. Pure.

const UNSAFE = /[\u0000-\u0020\u007f\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;
const OPENING = { ')': '(', ']': '[', '}': '{' };

/** The address itself when it is an absolute one of the web or of mail; nothing else is ever opened. */
export function safeAddress(address) {
  if (UNSAFE.test(address)) return undefined;
  try {
    const { protocol, hostname, pathname } = new URL(address);
    if (protocol === 'mailto:') return pathname.includes('@') ? address : undefined;
    return /^https?:\/\//iu.test(address) && hostname !== '' ? address : undefined;
  } catch {
    return undefined;
  }
}

/** A path that an answer names, as `/api/v1/…`, seen from the server's address, which may lie below a path of a proxy. */
export const below = (base, path) => new URL(path.slice(1), base).href;

/** Without the punctuation that ends the sentence; a closing bracket stays when its opening one is inside. Linear. */
export function withoutPunctuation(address) {
  const count = {};
  for (const sign of address) if ('()[]{}'.includes(sign)) count[sign] = (count[sign] ?? 0) + 1;
  let end = address.length;
  for (; end > 0; end--) {
    const last = address[end - 1];
    if (!/[.,;:!?)\]}*~…、。]/u.test(last)) break;
    if (OPENING[last] && (count[OPENING[last]] ?? 0) >= count[last]) break;
    if (OPENING[last]) count[last]--;
  }
  return address.slice(0, end);
}

/** Words that look like an address, but not like the one that they would open. */
export function pretends(words, href) {
  if (!/:\/\/|^www\.|^[\w-]+(?:\.[\w-]+)+(?:[/:]|$)/iu.test(words)) return false;
  const shown = words.includes('://') ? words : `https://${words}`;
  try {
    return new URL(shown.trim()).host !== new URL(href).host;
  } catch {
    return true;
  }
}
