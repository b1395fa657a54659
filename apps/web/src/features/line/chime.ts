/** Three rising notes of a theatre bell, made here: no file to load when it matters. */
const NOTES_HZ = [523.25, 659.25, 783.99];
const NOTE_S = 0.32;
const LOUDNESS = 0.25;

let audio: AudioContext | null = null;

/** Must be called once from a press or a key, or browsers stay silent. */
export async function readyChime(): Promise<boolean> {
  try {
    audio ??= new AudioContext();
    await audio.resume();
    return true;
  } catch {
    return false;
  }
}

export function playChime(): void {
  if (!audio || audio.state !== "running") return;
  for (const [index, pitch] of NOTES_HZ.entries()) ring(audio, pitch, audio.currentTime + index * NOTE_S);
}

function ring(context: AudioContext, pitch: number, at: number): void {
  const tone = context.createOscillator();
  const gain = context.createGain();
  tone.frequency.value = pitch;
  gain.gain.setValueAtTime(0, at);
  gain.gain.linearRampToValueAtTime(LOUDNESS, at + 0.02);
  gain.gain.exponentialRampToValueAtTime(0.001, at + NOTE_S * 3);
  tone.connect(gain).connect(context.destination);
  tone.start(at);
  tone.stop(at + NOTE_S * 3);
}
