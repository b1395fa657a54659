import type { Frame } from "./cpu-profile.ts";

const WIDTH = 1_200;
const ROW = 17;
const CHAR = 6.6;
/** Narrower frames are left out: nobody could read them, and there are tens of thousands. */
const LEAST_WIDTH = 1;

const escaped = (text: string) =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");

/** Our own code, libraries, Node, and what has no source. */
function colourOf({ place }: Frame): string {
  if (/^(packages|apps|bench|scripts)\//.test(place)) return "#f2b36b";
  if (place.startsWith("node:")) return "#b9d8b0";
  return place === "" ? "#d5d0c8" : "#a9c7e8";
}

/** A flame graph as a file of its own, without a script: width is time, each row is called by the one below it. */
export function flameGraph(root: Frame, title: string): string {
  const boxes: string[] = [];
  let depth = 0;
  const scale = WIDTH / Math.max(1, root.totalUs);
  const draw = (frame: Frame, x: number, level: number): void => {
    const width = frame.totalUs * scale;
    if (width < LEAST_WIDTH) return;
    depth = Math.max(depth, level);
    boxes.push(boxOf(frame, { x, width, level, share: frame.totalUs / root.totalUs }));
    let at = x;
    for (const child of [...frame.children.values()].toSorted((a, b) => b.totalUs - a.totalUs)) {
      draw(child, at, level + 1);
      at += child.totalUs * scale;
    }
  };
  draw(root, 0, 0);
  const height = (depth + 1) * ROW + 30;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" font-family="monospace" font-size="11">`,
    `<rect width="${WIDTH}" height="${height}" fill="#fff"/><text x="6" y="18" font-size="14">${escaped(title)}</text>`,
    `<g transform="translate(0 ${height - ROW}) scale(1 1)">`,
    ...boxes,
    "</g></svg>\n",
  ].join("\n");
}

type Box = { readonly x: number; readonly width: number; readonly level: number; readonly share: number };

function boxOf(frame: Frame, { x, width, level, share }: Box): string {
  const y = -level * ROW;
  const label = escaped(frame.name.slice(0, Math.max(0, Math.floor((width - 6) / CHAR))));
  const tip = escaped(`${frame.name} ${frame.place} ${(share * 100).toFixed(1)} %`);
  const text = label.length > 1 ? `<text x="${(x + 3).toFixed(1)}" y="${y + 12}">${label}</text>` : "";
  return (
    `<g><title>${tip}</title><rect x="${x.toFixed(1)}" y="${y}" width="${width.toFixed(1)}" height="${ROW - 1}" ` +
    `fill="${colourOf(frame)}"/>${text}</g>`
  );
}
