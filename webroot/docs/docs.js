// The whole API, to be tried.
import { contract, prove, showSession } from './session.js';

showSession(document.getElementById('session'));
const spec = await contract();
window.ui = window.SwaggerUIBundle({
  spec,
  domNode: document.getElementById('docs'),
  deepLinking: true,
  docExpansion: 'none',
  filter: true,
  tryItOutEnabled: true,
  validatorUrl: null,
  requestInterceptor: prove,
});
