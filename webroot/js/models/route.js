// What the address after `#` means. A token in it (from a letter) is a secret: whoever reads it takes it out of the bar.

const ID = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';
const ROOM = new RegExp(`^room/(${ID})(?:/([1-9]\\d{0,14}))?$`, 'i');

/** The sections of the settings, in the order of their links. */
export const SECTIONS = Object.freeze(['profile', 'security', 'privacy', 'account']);

/** `{page, …}` for what stands after `#`; `home` for whatever is not known. */
export function parseRoute(hash) {
  const path = hash.replace(/^#?\/?/, '');
  const [, roomId, seq] = path.match(ROOM) ?? [];
  if (roomId) return { page: 'room', roomId: roomId.toLowerCase(), ...(seq && { seq: Number(seq) }) };
  const [page, rest, ...more] = path.split('/');
  if (more.length) return { page: 'home' };
  if ((page === 'forgot' || page === 'mentions' || page === 'scheduled') && !rest) return { page };
  if (page === 'settings') return { page, section: SECTIONS.includes(rest) ? rest : SECTIONS[0] };
  if ((page === 'join' || page === 'invite') && !rest) return { page };
  if (['reset', 'confirm-email', 'join', 'invite'].includes(page) && rest) return { page, token: decoded(rest) };
  if (page === 'sign-in-failed') return { page, slug: decoded(rest ?? '') };
  return { page: 'home' };
}

function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
