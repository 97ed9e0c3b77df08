import { atWallTime, timeZone, wallTime } from '../lib/time.js';
import { firstPick, whyNotAt } from '../models/scheduled.js';
import { Dialog } from './dialog.js';
import { Field, Form, Submit, TextField, useForm } from './form.js';
import { html } from './preact.js';

const YEAR = 366 * 86_400_000;

/** When it is to be sent, and with `item` what: `onSend({text?, at?})` gets what is another one now. */
export function ScheduledDialog({ title, action, item, onSend, onClose }) {
  const before = { text: item?.text, at: item && !item.failed ? wallTime(item.at) : firstPick() };
  const form = useForm({
    initial: before, subjects: { at: 'The time', text: 'The message' },
    check: ({ text, at }) => ({ at: item && at === before.at && !item.failed ? undefined : whyNotAt(at), text: item && !text.trim() ? 'A message has words.' : undefined }),
    send: async ({ text, at }) => {
      const wish = {
        ...(item && text.trim() !== item.text && { text: text.trimEnd() }),
        ...((!item || item.failed || at !== before.at) && { at: atWallTime(at) }),
      };
      if (Object.keys(wish).length) await onSend(wish);
      onClose();
    },
  });
  const now = Date.now();
  return html`
    <${Dialog} title=${title} testid="scheduled-dialog" small onClose=${onClose}>
      <${Form} form=${form} buttons=${html`
        <footer>
          <button type="button" class="quiet" onClick=${onClose}>Cancel</button>
          <${Submit} form=${form} testid="scheduled-save">${action}</${Submit}>
        </footer>`}>
        ${item && html`<${TextField} form=${form} name="text" testid="scheduled-text" label="Message" rows="4" maxlength="8000" />`}
        <${Field} form=${form} name="at" testid="scheduled-at" label="Date and time" type="datetime-local" focused=${!item}
          min=${wallTime(now)} max=${wallTime(now + YEAR)} hint="In the time of ${timeZone()}" />
      </${Form}>
    </${Dialog}>`;
}
