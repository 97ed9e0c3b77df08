// The browser's microphone, as `Recorder` wants it.

const BITS = 32_000;

export const microphone = {
  /** Can this be recorded here at all? */
  types: (type) => !!navigator.mediaDevices && !!globalThis.MediaRecorder?.isTypeSupported(type),

  ask: () => navigator.mediaDevices.getUserMedia({ audio: { echoCancellation: true, noiseSuppression: true } }),

  record: (stream, mimeType) => new MediaRecorder(stream, { mimeType, audioBitsPerSecond: BITS }),

  /** How loud it is now: `{read() → 0 to 1, close()}`. */
  listen(stream) {
    const context = new AudioContext();
    const analyser = Object.assign(context.createAnalyser(), { fftSize: 512 });
    context.createMediaStreamSource(stream).connect(analyser);
    const samples = new Float32Array(analyser.fftSize);
    return {
      read() {
        analyser.getFloatTimeDomainData(samples);
        const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
        return Math.min(1, Math.sqrt(power) * 4);
      },
      close: () => context.close().catch(() => {}),
    };
  },
};
