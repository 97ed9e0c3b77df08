import { codePoints } from '../lib/text.js';
import { Dialog } from './dialog.js';
import { Form, Select, Submit, TextField, useForm } from './form.js';
import { html } from './preact.js';
import { brief } from './quote.js';

const MOST = 500;

const REASONS = [
  ['', 'Choose…'],
  ['spam', 'Spam or advertising'],
  ['harassment', 'Harassment or bullying'],
  ['hate', 'Hate'],
  ['violence', 'Violence or threats'],
  ['sexual', 'Unwanted sexual content'],
  ['illegal', 'Something illegal'],
  ['other', 'Something else'],
];

/** Tells the administrators of somebody's message. */
export function Report({ chat, room, row, onClose }) {
  const form = useForm({
    initial: { reason: '', note: '' },
    subjects: { reason: 'The reason', note: 'The note' },
    check: ({ reason, note }) => ({
      reason: reason ? '' : 'Please choose a reason.',
      note: codePoints(note.trim()) > MOST ? `At most ${MOST} characters, please.` : '',
    }),
    send: async (values) => {
      await room.messages.report(row.seq, values);
      chat.notify('Thank you. The administrators will look at it.');
      onClose();
    },
  });
  return html`
    <${Dialog} title="Report this message" testid="report-dialog" small onClose=${onClose}>
      <p class="quote plain"><bdi class="sender">${row.sender.displayName}</bdi><bdi class="said">${brief(row)}</bdi></p>
      <p class="hint">Only the administrators of this server see your report. Nobody in this conversation is told.</p>
      <${Form} form=${form} buttons=${html`
        <footer>
          <button type="button" class="quiet" data-testid="cancel" onClick=${onClose}>Cancel</button>
          <${Submit} form=${form} testid="send-report">Report</${Submit}>
        </footer>`}>
        <${Select} form=${form} name="reason" label="What is wrong with it?" testid="report-reason" options=${REASONS} />
        <${TextField} form=${form} name="note" label="What should they know? (optional)" testid="report-note" rows="3" maxlength="1000" />
      </${Form}>
    </${Dialog}>`;
}
