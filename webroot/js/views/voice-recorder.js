import { microphone } from '../lib/microphone.js';
import { clock } from '../models/attachments.js';
import { Recorder } from '../models/recorder.js';
import { CloseIcon, SendIcon } from './icons.js';
import { MicrophoneIcon } from './media-icons.js';
import { html, useEffect, useModels, useRef, useState } from './preact.js';

const SOON_FULL = 30;

/** Begins a voice message. */
export function VoiceButton({ onStart }) {
  return html`
    <button type="button" class="icon-button" data-testid="record" aria-label="Record a voice message" title="Voice message" onClick=${onStart}><${MicrophoneIcon} /></button>`;
}

/** In the place of what one writes in: a voice message being spoken. Escape gives it up, Enter sends it. */
export function VoiceRecorder({ onSend, onClose }) {
  const [recorder] = useState(() => new Recorder({ devices: microphone, onFull: () => finish() }));
  useModels(recorder);
  const send = useRef();
  const group = useRef();
  useEffect(() => {
    group.current.focus();
    recorder.start();
    return () => recorder.cancel();
  }, []);
  const finish = async () => {
    const file = await recorder.finish();
    onClose();
    if (file) onSend(file);
  };
  const { state, seconds, problem, left } = recorder;
  const recording = state === 'recording';
  useEffect(() => { if (recording) send.current.focus(); }, [recording]);
  return html`
    <div class="box recorder" ref=${group} role="group" tabindex="-1" aria-label="Voice message" data-testid="recorder" data-state=${state}
      onKeyDown=${(event) => { if (event.key === 'Escape') onClose(); }}>
      <button type="button" class="icon-button" data-testid="record-cancel" aria-label="Discard the recording" title="Discard" onClick=${onClose}><${CloseIcon} /></button>
      ${state === 'asking' && html`<p class="recorder-text" role="status">Waiting for the microphone…</p>`}
      ${state === 'failed' && html`<p class="recorder-text error" role="alert" data-testid="record-problem">${problem}</p>`}
      ${recording && html`
        <span class="recorder-dot" aria-hidden="true"></span>
        <span class="recorder-time" data-testid="record-time" role="timer" aria-label="Recorded">${clock(seconds)}</span>
        <meter class="recorder-level" min="0" max="1" value=${recorder.level} aria-label="Loudness"></meter>
        <span class="hint" role="status">${left <= SOON_FULL ? `${Math.ceil(left / 10) * 10} seconds left` : ''}</span>
        <button type="button" class="send" ref=${send} data-testid="record-send" aria-label="Send the voice message" title="Send" onClick=${finish}><${SendIcon} /></button>`}
    </div>`;
}
