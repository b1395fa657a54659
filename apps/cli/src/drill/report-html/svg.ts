/** Text for HTML and SVG, in content and in attributes. */
export function escapeText(text: string | number): string {
  return String(text).replaceAll(/[&<>"']/g, (char) => ENTITIES[char] ?? char);
}
const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

type Attributes = Readonly<Record<string, string | number>>;

/** One element; `inner` is markup already, so text goes through escapeText first. */
export function tag(name: string, attributes: Attributes, inner = ""): string {
  const text = Object.entries(attributes)
    .map(([key, value]) => ` ${key}="${typeof value === "number" ? round(value) : escapeText(value)}"`)
    .join("");
  return inner === "" ? `<${name}${text}/>` : `<${name}${text}>${inner}</${name}>`;
}

export const label = (x: number, y: number, attributes: Attributes & { text: string | number }): string => {
  const { text, ...rest } = attributes;
  return tag("text", { x, y, ...rest }, escapeText(text));
};

/** A picture that scales with its column and reads as one sentence to a screen reader. */
export function picture(size: { width: number; height: number; says: string }, inner: string): string {
  const { width, height, says } = size;
  return tag("svg", { viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": says }, inner || " ");
}

const round = (value: number): number => Math.round(value * 100) / 100;
