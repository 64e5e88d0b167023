/**
 * Plays the values of a chart: high tones for what stands high, from the left ear to the right.
 *
 * @import {Point} from "./chart-series.js"
 */

/** Hertz of the lowest tone, and octaves up to the highest. */
const [LOWEST, OCTAVES] = [220, 3];

/** Milliseconds of a whole series, and of a tone. */
const [WHOLE, SHORTEST, LONGEST] = [5_000, 40, 250];

/** @type {AudioContext | undefined} */
let audio;

/**
 * @param {Point[]} points
 * @param {(at: number) => void} onTone  shows what is heard
 * @param {AbortSignal} signal
 */
export async function playLine(points, onTone, signal) {
  audio ??= new AudioContext();
  await audio.resume();
  const length = Math.min(Math.max(WHOLE / points.length, SHORTEST), LONGEST);
  for (const [at, { level }] of points.entries()) {
    if (signal.aborted) return;
    onTone(at);
    if (level !== undefined) playTone(audio, LOWEST * 2 ** (level * OCTAVES), points.length > 1 ? (2 * at) / (points.length - 1) - 1 : 0, length / 1000);
    await new Promise((resolve) => setTimeout(resolve, length));
  }
}

/**
 * @param {AudioContext} context
 * @param {number} frequency  in hertz
 * @param {number} side  -1 left, 1 right
 * @param {number} seconds
 */
function playTone(context, frequency, side, seconds) {
  const now = context.currentTime;
  const tone = new OscillatorNode(context, { frequency });
  const loudness = new GainNode(context, { gain: 0 });
  loudness.gain.linearRampToValueAtTime(0.25, now + 0.01); // no click at either end
  loudness.gain.setTargetAtTime(0, now + seconds * 0.7, seconds / 8);
  tone.connect(loudness).connect(new StereoPannerNode(context, { pan: side * 0.8 })).connect(context.destination);
  tone.start(now);
  tone.stop(now + seconds * 1.5);
}
