import { clock, spokenLength } from '../models/attachments.js';
import { useMedia } from './attachments.js';
import { PauseIcon, PlayIcon } from './media-icons.js';
import { html, useEffect, useRef, useState } from './preact.js';

/** One is heard at a time. */
let speaking = null;

/** A voice message: play, where it is, how long it is. Its bytes are not asked for before somebody wants to hear it. */
export function VoicePlayer({ media, attachment }) {
  const { url, broken, onError } = useMedia(media, attachment.id);
  const audio = useRef();
  const [playing, setPlaying] = useState(false);
  const [at, setAt] = useState(0);
  const [length, setLength] = useState(spokenLength(attachment.name) ?? 0);
  useEffect(() => () => { if (speaking === audio.current) speaking = null; }, []);
  const press = () => {
    if (playing) audio.current.pause();
    else audio.current.play().catch(() => {});
  };
  const started = () => {
    if (speaking !== audio.current) speaking?.pause();
    speaking = audio.current;
    setPlaying(true);
  };
  const ended = () => {
    setPlaying(false);
    setAt(0);
    audio.current.currentTime = 0;
  };
  // A recording may not know its own length before it was heard.
  const measured = ({ target: { duration } }) => { if (Number.isFinite(duration)) setLength(duration); };
  const seek = ({ target }) => {
    setAt(Number(target.value));
    audio.current.currentTime = Number(target.value);
  };
  const shown = Math.max(length, at);
  return html`
    <div class="voice" data-testid="voice" role="group" aria-label="Voice message, ${clock(shown)}">
      <audio ref=${audio} src=${url} preload="none" onPlay=${started} onPause=${() => setPlaying(false)} onEnded=${ended} onError=${onError}
        onDurationChange=${measured} onTimeUpdate=${() => setAt(audio.current.currentTime)}></audio>
      <button type="button" class="icon-button strong" data-testid="voice-play" data-playing=${playing} disabled=${broken}
        aria-label=${playing ? 'Pause' : 'Play the voice message'} onClick=${press}>${playing ? html`<${PauseIcon} />` : html`<${PlayIcon} />`}</button>
      <input type="range" min="0" max=${shown || 1} step="0.1" value=${at} disabled=${broken || !length} aria-label="Position" aria-valuetext="${clock(at)} of ${clock(shown)}"
        onInput=${seek} />
      <span class="voice-time" data-testid="voice-time">${broken ? 'Cannot be played' : clock(playing || at ? at : shown)}</span>
    </div>`;
}
