/** Width of a letter of the title face at size 1, roughly; capitals of the condensed bold average this. */
const LETTER_EM = 0.53;
const LINE_WIDTH = 268;
const LINES_MAX = 3;

export type SetTitle = {
  readonly size: number;
  readonly height: number;
  readonly lines: readonly { readonly text: string; readonly y: number }[];
};

/** Breaks a title into at most three lines at the largest size that fits; a longer one ends in an ellipsis. */
export function setTitle(title: string): SetTitle {
  for (const size of [54, 46, 40, 34, 28, 23]) {
    const lines = breakLines(title, Math.floor(LINE_WIDTH / (size * LETTER_EM)));
    if (lines && lines.length <= LINES_MAX) return place(lines, size);
  }
  const room = Math.floor(LINE_WIDTH / (23 * LETTER_EM));
  return place([`${title.slice(0, room - 1).trimEnd()}…`], 23);
}

function breakLines(title: string, room: number): string[] | null {
  const lines: string[] = [];
  for (const word of title.split(/\s+/).filter(Boolean)) {
    if (word.length > room) return null;
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= room)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

function place(lines: readonly string[], size: number): SetTitle {
  const leading = size * 0.96;
  return {
    size,
    height: 22 + leading * lines.length,
    lines: lines.map((text, index) => ({ text, y: 12 + leading * (index + 0.84) })),
  };
}
