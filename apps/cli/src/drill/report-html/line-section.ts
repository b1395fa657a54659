import { formatFigure } from "@onsale/core/shared/format";
import type { LineReport } from "@onsale/core/drill/line-report";
import { reasonWords } from "@onsale/words/line-words";
import { TERMINAL_LOCALE } from "../../terminal-locale.ts";
import { barChart } from "./bar-chart.ts";
import { densityChart } from "./density-chart.ts";
import { legend } from "./legend.ts";
import { lineChart } from "./line-chart.ts";
import { escapeText } from "./svg.ts";
import { table } from "./table.ts";

const n = (value: number) => formatFigure(value);

/** The line over time, why its waves were no larger, and whether it was fair. */
export function lineSection(line: LineReport, admittedOverCap: number): string {
  return `<section><h2>The line</h2>
<p>${n(line.joined)} joined, ${n(line.drawn)} of them before the draw. ${n(line.admitted)} were let in, at most ${n(line.mostPerSecond)} in one second; ${n(line.toldSoldOut)} waited until they were told that everything was gone. ${n(line.polls)} polls of the public document.</p>
${legend([
  ["p50", "let in up to a limit that was set"],
  ["p95", "up to one that passes by itself"],
  ["holds", "up to one that needs somebody"],
])}
<p class="soft">In the middle, columns are passes and the line is the cap.</p>
${lineChart(line)}
<p class="${admittedOverCap === 0 ? "good" : "worse"}">${admittedOverCap === 0 ? "✓" : "✗"} ${overshootWords(line, admittedOverCap)}</p>
${table(["why a wave was no larger", "waves", "let in"], reasonsOf(line))}
</section>
${fairness(line)}`;
}

function overshootWords({ samples, waves, mostActive, cap }: LineReport, over: number): string {
  const looks = `${n(samples)} looks and ${n(waves.length)} waves`;
  return over === 0
    ? `Never above the cap of ${n(cap)}: at most ${n(mostActive)} inside, over ${looks}.`
    : `Up to ${n(over)} passes above the cap of ${n(cap)}, over ${looks}.`;
}

function reasonsOf({ waves }: LineReport): (readonly [string, number, number])[] {
  const found = new Map<string, { waves: number; admitted: number }>();
  for (const { reason, admitted } of waves) {
    const counts = found.get(reason) ?? { waves: 0, admitted: 0 };
    found.set(reason, { waves: counts.waves + 1, admitted: counts.admitted + admitted });
  }
  return [...found]
    .toSorted(([, a], [, b]) => b.admitted - a.admitted || b.waves - a.waves)
    .map(([reason, counts]) => [
      reasonWords(reason, TERMINAL_LOCALE).says || reasonWords(reason, TERMINAL_LOCALE).label,
      counts.waves,
      counts.admitted,
    ]);
}

function fairness({ fans, fairness: fair, draw }: LineReport): string {
  const points = fans.map(({ number, second, late }) => ({ x: number, y: second, odd: late }));
  const drawn = fans.flatMap(({ number, joined, drawn: isDrawn }) =>
    joined === null ? [] : [{ x: joined, y: number, odd: !isDrawn }],
  );
  const bars = fair.byJoinTenth.map(({ tenth, joined, admitted }) => ({
    name: `${TENTHS[tenth - 1] ?? tenth} tenth`,
    value: admitted,
    of: joined,
  }));
  const verdict =
    draw === null
      ? "<p>No draw was made.</p>"
      : draw.verified
        ? `<p class="good">✓ The draw of ${n(draw.entries)} entries was recomputed from its published file, and ${n(draw.proofs)} inclusion paths lead to its root.</p>`
        : `<p class="worse">✗ The draw does not hold: ${escapeText(draw.problem ?? "")}</p>`;
  return `<section><h2>Was it fair?</h2>
${verdict}
<h3>Who was let in when</h3>
<p class="soft">The lower the number, the earlier: one rising line. ✕ came back after their turn and went in late, as the rule says. Rank correlation ${fair.numberToAdmission ?? "not known"}; 1 is strict order. ${n(points.length)} fans; a darker square holds more of them.</p>
${densityChart(points, { xName: "number in the line", yName: "seconds after the release", says: `Number in the line against the second of being let in, of ${points.length} fans. Rank correlation ${fair.numberToAdmission}.` })}
<h3>Did joining early help?</h3>
<p class="soft">Of those who were in the draw, joining order against the number drawn: no pattern is fair. Rank correlation ${fair.joiningToNumber ?? "not known"}; 0 is pure chance.</p>
${densityChart(drawn, { xName: "place in the joining order", yName: "number drawn, of those let in", says: `Order of joining against the number drawn, of ${drawn.length} fans who were let in. Rank correlation of all drawn ${fair.joiningToNumber}.` })}
<p class="soft">Let in, by tenth of the joining order:</p>
${barChart(bars, "Let in, by tenth of the joining order.")}
<p>${afterDrawWords(fair)}</p>
</section>`;
}

function afterDrawWords({ afterDraw: { joined, joiningToNumber } }: LineReport["fairness"]): string {
  if (joined === 0) return "Nobody joined after the draw.";
  return `${n(joined)} joined after the draw, first come, first served: their order of joining against their number has a rank correlation of ${joiningToNumber ?? "not known"}; 1 is strict order, as far as fans who join in the same moment can tell.`;
}

const TENTHS = [
  "first",
  "second",
  "third",
  "fourth",
  "fifth",
  "sixth",
  "seventh",
  "eighth",
  "ninth",
  "last",
] as const;
