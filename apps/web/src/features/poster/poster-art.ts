import { hashText, type Seeded, seeded } from "./seeded.ts";

/** A poster is 300 x 400 units. */
export const POSTER_WIDTH = 300;
export const POSTER_HEIGHT = 400;

export type Ink = "paper" | "dark" | "first" | "second";
export type PosterShape = { readonly d: string; readonly ink: Ink; readonly stroke?: number };
export type PosterColors = Readonly<Record<Ink, string>>;
export type PosterArt = { readonly colors: PosterColors; readonly shapes: readonly PosterShape[] };

/** Two inks on a coloured paper, as a small printer would; none is the signal colour of the interface. */
const PALETTES: readonly PosterColors[] = [
  { paper: "#efe3cd", dark: "#1d2b3a", first: "#c8782a", second: "#3d6c74" },
  { paper: "#dfe6dc", dark: "#20302a", first: "#e0b23c", second: "#4f7f63" },
  { paper: "#f0ddd2", dark: "#33202f", first: "#a8536b", second: "#d99a3d" },
  { paper: "#dce4ee", dark: "#16243f", first: "#4a6fb0", second: "#e3c66a" },
  { paper: "#e9e1ef", dark: "#2a1f3d", first: "#7b5ba6", second: "#d3a15c" },
  { paper: "#f2e7b9", dark: "#2c2a1c", first: "#67803a", second: "#3e6b8f" },
  { paper: "#1f2a2c", dark: "#f1e8d8", first: "#e0a33a", second: "#5f9ea0" },
  { paper: "#2b2233", dark: "#f3e6d8", first: "#d98f6a", second: "#8f83c9" },
];

type Paint = (random: Seeded) => PosterShape[];

const FAMILIES: readonly { readonly words: RegExp; readonly paint: Paint }[] = [
  { words: /classic|orchest|symphon|chamber|choir|recital|philharm/i, paint: staves },
  { words: /theat|drama|opera|play|musical/i, paint: curtain },
  { words: /sport|hockey|football|soccer|basket|tennis|derby|league|race/i, paint: pitch },
  { words: /comed|talk|spoken|reading|lecture|kids|family/i, paint: voices },
  { words: /dance|ballet|electro|club|techno/i, paint: ribbons },
  { words: /rock|pop|concert|music|indie|jazz|folk|metal|hip|soul/i, paint: sunrise },
];
const ANY: readonly Paint[] = [sunrise, staves, voices, ribbons, curtain];

/** The same title and genre always give the same poster. */
export function posterArt(title: string, genre: string): PosterArt {
  const random = seeded(hashText(`${title}\n${genre}`));
  const colors = pick(PALETTES, random);
  const paint = FAMILIES.find((family) => family.words.test(genre))?.paint ?? pick(ANY, random);
  return { colors, shapes: paint(random) };
}

function pick<T>(list: readonly [T, ...T[]] | readonly T[], random: Seeded): T {
  const chosen = list[random.whole(0, list.length - 1)];
  if (chosen === undefined) throw new Error("invariant: nothing to pick from");
  return chosen;
}

const n = (value: number) => String(Math.round(value * 10) / 10);

function circle(x: number, y: number, r: number): string {
  return `M${n(x - r)} ${n(y)}a${n(r)} ${n(r)} 0 1 0 ${n(2 * r)} 0a${n(r)} ${n(r)} 0 1 0 ${n(-2 * r)} 0Z`;
}
function box(x: number, y: number, size: { w: number; h: number }): string {
  return `M${n(x)} ${n(y)}h${n(size.w)}v${n(size.h)}h${n(-size.w)}Z`;
}
/** Half ring opening downwards, between radii `inner` and `outer`, standing on y. */
function arch(x: number, y: number, radii: { inner: number; outer: number }): string {
  const { inner, outer } = radii;
  return (
    `M${n(x - outer)} ${n(y)}A${n(outer)} ${n(outer)} 0 0 1 ${n(x + outer)} ${n(y)}H${n(x + inner)}` +
    `A${n(inner)} ${n(inner)} 0 0 0 ${n(x - inner)} ${n(y)}Z`
  );
}

function sunrise(random: Seeded): PosterShape[] {
  const x = random.between(70, 230);
  const y = random.between(235, 300);
  const rings = random.whole(3, 5);
  const step = random.between(24, 34);
  const shapes: PosterShape[] = [];
  for (let ring = rings; ring >= 1; ring--) {
    const outer = ring * step + 34;
    shapes.push({
      d: arch(x, y, { inner: outer - step * 0.56, outer }),
      ink: ring % 2 === 0 ? "first" : "second",
    });
  }
  shapes.push({ d: circle(x, y, 26), ink: "dark" });
  const bars = random.whole(7, 12);
  for (let bar = 0; bar < bars; bar++) {
    const width = 300 / bars;
    const height = random.between(18, 400 - y - 12);
    shapes.push({ d: box(bar * width, 400 - height, { w: width * 0.82, h: height }), ink: "dark" });
  }
  return shapes;
}

function staves(random: Seeded): PosterShape[] {
  const shapes: PosterShape[] = [];
  const swing = random.between(22, 52);
  const turn = random.between(0, Math.PI);
  const lines = 15;
  for (let line = 0; line < lines; line++) {
    const y = 96 + line * 17;
    const lift = swing * Math.sin(turn + line / 3);
    shapes.push({
      d: `M0 ${n(y)}C90 ${n(y - lift)} 190 ${n(y + lift)} 300 ${n(y - lift / 3)}`,
      ink: "dark",
      stroke: 1.5 + 4.5 * Math.abs(Math.sin(turn * 2 + line / 2.4)),
    });
  }
  const notes = random.whole(3, 6);
  for (let note = 0; note < notes; note++) {
    const x = 34 + (note * 232) / Math.max(1, notes - 1);
    shapes.push({
      d: circle(x, random.between(110, 320), random.between(13, 30)),
      ink: note % 2 ? "second" : "first",
    });
  }
  return shapes;
}

function curtain(random: Seeded): PosterShape[] {
  const shapes: PosterShape[] = [];
  const opening = random.between(0.3, 0.62);
  const spotX = random.between(120, 180);
  shapes.push({
    d: `M${n(spotX - 14)} 0H${n(spotX + 14)}L${n(spotX + 105)} 330H${n(spotX - 105)}Z`,
    ink: "second",
  });
  shapes.push({ d: ellipse(spotX, 332, { rx: 106, ry: 26 }), ink: "dark" });
  const folds = random.whole(4, 6);
  for (const side of [0, 1]) {
    for (let fold = 0; fold < folds; fold++) {
      const width = (150 * (1 - opening)) / folds;
      const foot = width * random.between(1.15, 1.5);
      const left = side === 0 ? fold * width : 300 - (fold + 1) * width;
      const skew = side === 0 ? -fold * 3 : fold * 3;
      shapes.push({
        d: `M${n(left)} 0H${n(left + width * 0.86)}C${n(left + width)} 150 ${n(left + foot + skew)} 250 ${n(left + width * 0.8 + skew)} 362H${n(left + skew)}Z`,
        ink: fold % 2 === 0 ? "first" : "dark",
      });
    }
  }
  shapes.push({ d: box(0, 362, { w: 300, h: 38 }), ink: "dark" });
  return shapes;
}

function ellipse(x: number, y: number, radii: { rx: number; ry: number }): string {
  const { rx, ry } = radii;
  return `M${n(x - rx)} ${n(y)}a${n(rx)} ${n(ry)} 0 1 0 ${n(2 * rx)} 0a${n(rx)} ${n(ry)} 0 1 0 ${n(-2 * rx)} 0Z`;
}

function pitch(random: Seeded): PosterShape[] {
  const tilt = random.between(0.18, 0.4);
  const lanes = random.whole(5, 8);
  const shapes: PosterShape[] = [];
  for (let lane = 0; lane < lanes; lane++) {
    const y = 120 + (lane * 280) / lanes;
    const h = (280 / lanes) * 0.72;
    shapes.push({
      d: `M0 ${n(y + 300 * tilt)}L300 ${n(y)}V${n(y + h)}L0 ${n(y + h + 300 * tilt)}Z`,
      ink: lane % 2 === 0 ? "first" : "second",
    });
  }
  const x = random.between(90, 210);
  const y = random.between(120, 200);
  shapes.push({ d: circle(x, y, 62), ink: "dark" }, { d: circle(x, y, 46), ink: "paper" });
  shapes.push({ d: circle(x, y, 15), ink: "dark" });
  shapes.push({ d: `M${n(x)} 0V400`, ink: "dark", stroke: 5 });
  return shapes;
}

function voices(random: Seeded): PosterShape[] {
  const shapes: PosterShape[] = [];
  const size = 75;
  for (let row = 0; row < 4; row++) {
    for (let column = 0; column < 4; column++) {
      const x = column * size;
      const y = 70 + row * size;
      const ink: Ink = (["first", "second", "dark"] as const)[random.whole(0, 2)] ?? "dark";
      const kind = random.whole(0, 4);
      if (kind === 0) shapes.push({ d: circle(x + size / 2, y + size / 2, size / 2), ink });
      else if (kind === 1)
        shapes.push({ d: `M${x} ${y}H${x + size}A${size} ${size} 0 0 1 ${x} ${y + size}Z`, ink });
      else if (kind === 2)
        shapes.push({ d: `M${x + size} ${y}V${y + size}H${x}A${size} ${size} 0 0 1 ${x + size} ${y}Z`, ink });
      else if (kind === 3)
        shapes.push({ d: arch(x + size / 2, y + size, { inner: 14, outer: size / 2 }), ink });
    }
  }
  return shapes;
}

function ribbons(random: Seeded): PosterShape[] {
  const shapes: PosterShape[] = [];
  const inks: readonly Ink[] = ["second", "first", "dark"];
  for (let ribbon = 0; ribbon < 7; ribbon++) {
    const top = random.between(-30, 330);
    const bend = random.between(80, 240);
    shapes.push({
      d: `M${n(top)} 60C${n(top + bend)} 150 ${n(top - bend)} 260 ${n(random.between(-20, 320))} 420`,
      ink: inks[ribbon % inks.length] ?? "dark",
      stroke: random.between(7, 34),
    });
  }
  shapes.push({
    d: circle(random.between(80, 220), random.between(90, 140), random.between(20, 40)),
    ink: "dark",
  });
  return shapes;
}
