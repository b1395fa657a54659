/** A kind is written once in this long, whoever causes it however often. */
export const NOTED_EVERY_MS = 60_000;
/** Kinds are names of ours and of libraries; should a caller find a way to make more, they share one. */
const KINDS_MAX = 50;
const SAID_CHARS_MAX = 200;

type Note = { readonly kind: string; readonly said: string; readonly leftOut: number };
type Deps = { readonly nowMs: () => number; readonly write: (note: Note) => void };

/** For what strangers can cause as often as they like: one line of each kind a minute, which counts those it stands for. */
export function makeBoundedNotes({ nowMs, write }: Deps) {
  const kinds = new Map<string, { atMs: number; leftOut: number }>();
  return (name: string, said: string): void => {
    const kind = kinds.has(name) || kinds.size < KINDS_MAX ? name : "other";
    const known = kinds.get(kind);
    if (known && nowMs() - known.atMs < NOTED_EVERY_MS) return void (known.leftOut += 1);
    write({ kind, said: said.slice(0, SAID_CHARS_MAX), leftOut: known?.leftOut ?? 0 });
    kinds.set(kind, { atMs: nowMs(), leftOut: 0 });
  };
}
