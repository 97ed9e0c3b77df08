// The whole API, to be read. The search would need a worker made of text, which the page does not allow.
import { contract } from './session.js';

window.Redoc.init(await contract(), { disableSearch: true, hideDownloadButtons: true, nativeScrollbars: true },
  document.getElementById('docs'));
