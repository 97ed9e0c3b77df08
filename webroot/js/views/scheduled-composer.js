import { clockTime, comingTime, timeZone } from '../lib/time.js';
import { explain } from '../models/problems.js';
import { goodTimes } from '../models/scheduled.js';
import { CalendarIcon, ClockIcon } from './icons.js';
import { Menu } from './menu.js';
import { html, useAction, useState } from './preact.js';
import { ScheduledDialog } from './scheduled-dialog.js';

/**
 * Beside the button that sends: when it is to be sent instead. `words`: `{text, replyTo?, threadOf?}`. The dialog has a form
 * of its own and stands outside the composer's.
 */
export function useSendLater({ chat, room, words, disabled, onDone }) {
  const [picking, setPicking] = useState(false);
  const plan = async (at) => {
    const kept = await chat.scheduled.plan(room.id, words, at);
    chat.notify(`Will be sent ${comingTime(kept.at)}`);
    onDone();
  };
  const { run } = useAction((at) => plan(at).catch((problem) => chat.notify(`Not scheduled: ${problem.field?.('at') ?? explain(problem)}`)));
  const group = `Send later (${timeZone()} time)`;
  const items = [
    ...goodTimes().map(({ name, label, at }) => ({
      group, testid: `later-${name}`, icon: ClockIcon, onPick: () => run(at), label: name === 'hour' ? `${label}, at ${clockTime(at)}` : label,
    })),
    { label: 'Pick date and time…', testid: 'later-pick', icon: CalendarIcon, onPick: () => setPicking(true) },
  ];
  return {
    button: html`<${Menu} label="Send later" icon=${ClockIcon} testid="send-later" items=${items} disabled=${disabled} />`,
    dialog: picking && html`<${ScheduledDialog} title="Send later" action="Schedule" onSend=${({ at }) => plan(at)} onClose=${() => setPicking(false)} />`,
  };
}
