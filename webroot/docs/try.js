// One read of the API, at its own path: what it answers now, and the form to try it with other values.
import { ROOT, contract, prove, showSession } from './session.js';
import { matching, narrowed } from './operation.js';

const place = (id) => document.getElementById(id);

/** Everything as text: an answer must not become a part of the page. */
async function showAnswer() {
  place('asked').textContent = `GET ${location.pathname}${location.search}`;
  const began = performance.now();
  const answer = await fetch(location.href, { headers: { accept: 'application/json' } });
  const text = await answer.text();
  const millis = Math.round(performance.now() - began);
  place('answered').textContent = `${answer.status} ${answer.statusText} · ${answer.headers.get('content-type')} · ${millis} ms`;
  place('answer').textContent = readable(text);
}

function readable(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

showSession(place('session'));
showAnswer();
const whole = await contract();
const found = matching(whole, decodeURI(location.pathname).slice(new URL('api/v1', ROOT).pathname.length));
const { operationId, tags } = whole.paths[found.template].get;
document.title = `Parley: ${operationId}`;
place('operation').href = `${place('operation').getAttribute('href')}#/${tags[0]}/${operationId}`;
window.ui = window.SwaggerUIBundle({
  spec: narrowed(whole, found, new URLSearchParams(location.search)),
  domNode: place('docs'),
  docExpansion: 'full',
  defaultModelsExpandDepth: -1,
  tryItOutEnabled: true,
  validatorUrl: null,
  requestInterceptor: prove,
});
