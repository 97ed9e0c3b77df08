import { Observable } from '../lib/observable.js';
import { spokenName } from './attachments.js';

const MOST_SECONDS = 300;
const TICK = 200;
/** What browsers record, the best first; all are played everywhere that matters. */
const KINDS = [['audio/webm;codecs=opus', 'webm'], ['audio/mp4', 'm4a'], ['audio/ogg;codecs=opus', 'ogg']];

const WHY_NOT = {
  NotAllowedError: 'The microphone may not be used. Allow it for this page in your browser, then try again.',
  SecurityError: 'The microphone may not be used here.',
  NotFoundError: 'There is no microphone.',
  NotReadableError: 'The microphone is in use by something else.',
};

/**
 * A voice message being spoken. `state` is `asking` (for the microphone), `recording`, `failed` (with `problem`) or `ended`.
 * `devices` is `{ask(), record(stream, type), types(type), listen(stream)}`: the browser's, see there.
 */
export class Recorder extends Observable {
  state = 'asking';
  seconds = 0;
  problem = '';
  #stream; #recorder; #level; #timer; #parts = []; #kind; #stopped;

  /** `onFull`: nobody speaks longer than that. */
  constructor({ devices, onFull = () => {}, now = Date.now, most = MOST_SECONDS }) {
    super();
    Object.assign(this, { devices, onFull, now, most });
  }

  /** How loud it is, 0 to 1. */
  get level() {
    return this.#level?.read() ?? 0;
  }

  get left() {
    return this.most - this.seconds;
  }

  async start() {
    try {
      this.#kind = KINDS.find(([type]) => this.devices.types(type));
      if (!this.#kind) throw Object.assign(new Error(), { name: 'Unsupported' });
      const stream = await this.devices.ask();
      if (this.state === 'ended') return release(stream);
      this.#record(stream);
    } catch (error) {
      this.#fail(error);
    }
    return undefined;
  }

  /** The file, or undefined when nothing was said. */
  async finish() {
    if (this.state !== 'recording') return undefined;
    const seconds = Math.max(1, Math.round((this.now() - this.startedAt) / 1_000));
    this.#recorder.stop();
    await this.#stopped;
    this.cancel();
    const size = this.#parts.reduce((all, part) => all + part.size, 0);
    const [type, ending] = this.#kind;
    return size ? new File(this.#parts, spokenName(seconds, ending), { type: type.replace(/;.*/, '') }) : undefined;
  }

  cancel() {
    clearInterval(this.#timer);
    if (this.#recorder?.state === 'recording') this.#recorder.stop();
    this.#level?.close();
    release(this.#stream);
    this.#is('ended');
  }

  #record(stream) {
    this.#stream = stream;
    this.#recorder = this.devices.record(stream, this.#kind[0]);
    this.#recorder.ondataavailable = ({ data }) => { if (data.size) this.#parts.push(data); };
    this.#stopped = new Promise((resolve) => { this.#recorder.onstop = resolve; });
    this.#level = this.devices.listen(stream);
    this.#recorder.start(1_000);
    this.startedAt = this.now();
    this.#timer = setInterval(() => this.#tick(), TICK);
    this.#is('recording');
  }

  #tick() {
    this.seconds = Math.min(this.most, (this.now() - this.startedAt) / 1_000);
    this.changed();
    if (this.seconds >= this.most) {
      clearInterval(this.#timer);
      this.onFull();
    }
  }

  #fail({ name }) {
    if (this.state === 'ended') return;
    this.problem = WHY_NOT[name] ?? 'This browser cannot record.';
    this.#is('failed');
  }

  #is(state) {
    this.state = state;
    this.changed();
  }
}

/** The light of the microphone goes out. */
function release(stream) {
  for (const track of stream?.getTracks() ?? []) track.stop();
}
