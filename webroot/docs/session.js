// What the pages of the API share: where the server is, the contract, and the session of the site.

/** The server's own address, with a slash; it may lie below a path of a proxy. */
export const ROOT = new URL('../', import.meta.url);

const API = new URL('api/v1', ROOT);

/** The contract, with the place where it is served here. */
export async function contract() {
  const answer = await fetch(new URL('openapi.json', ROOT));
  return { ...await answer.json(), servers: [{ url: API.pathname }] };
}

async function session() {
  const answer = await fetch(`${API}/session`);
  return answer.ok ? answer.json() : {};
}

/** Says who is signed in, or where to do so. */
export async function showSession(place) {
  const { user } = await session();
  if (user) {
    place.textContent = `Signed in as ${user.displayName || user.username}`;
  } else {
    const link = document.createElement('a');
    link.href = ROOT;
    link.textContent = 'Sign in on the site';
    place.replaceChildren(link, ' or authorize below');
  }
}

/** What the cookie proves needs the session's CSRF token as well; asked for anew, since sessions come and go. */
export async function prove(request) {
  const headers = new Headers(request.headers);
  const writes = !['GET', 'HEAD'].includes((request.method ?? 'GET').toUpperCase());
  const ours = new URL(request.url, location.href).href.startsWith(`${API}/`);
  if (writes && ours && !headers.has('authorization')) {
    const { csrfToken } = await session();
    if (csrfToken) request.headers = { ...request.headers, 'X-CSRF-Token': csrfToken };
  }
  return request;
}
