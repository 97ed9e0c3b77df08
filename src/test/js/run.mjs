// Runs every test file in a browser and writes the outcome into the title: `PASS 93` or `FAIL 2 of 93: …`.

import { results, runAll } from './testing.mjs';

const FILES = ['account', 'admin', 'admin-views', 'announcements', 'chat', 'completion', 'credentials', 'crop', 'cursor', 'drafts', 'emoji', 'exactness', 'highlight', 'lines',
  'markdown', 'media', 'messages', 'operation', 'outbox', 'password-strength', 'people', 'place', 'preview', 'reactions', 'rooms', 'route', 'scheduled', 'search', 'session', 'socket', 'text', 'time',
  'timeline', 'unread', 'uploads', 'uuid7'];

function show({ passed, failures }) {
  const total = passed + failures.length;
  document.title = failures.length ? `FAIL ${failures.length} of ${total}: ${failures[0].name}` : `PASS ${passed}`;
  document.getElementById('outcome').textContent =
    [document.title, ...failures.map(({ name, error }) => `${name}: ${error.stack ?? error}`)].join('\n\n');
}

try {
  for (const file of FILES) await import(`./${file}.test.mjs`);
  show(await runAll());
} catch (error) {
  results.failures.push({ name: 'loading', error });
  show(results);
}
