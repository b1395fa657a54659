import { formatFigure } from "@onsale/core/shared/format";
import { brokePromise, type DrillReport } from "@onsale/core/drill/drill-report";
import type { SignedReport } from "@onsale/core/drill/report-schema";
import { limitWords, outcomeWords } from "../report-words.ts";
import { activityChart } from "./activity-chart.ts";
import { barChart } from "./bar-chart.ts";
import { latencyChart } from "./latency-chart.ts";
import { legend } from "./legend.ts";
import { lineSection } from "./line-section.ts";
import { botSection, faultSection, signatureSection, sloSection } from "./proof-section.ts";
import { STYLES } from "./styles.ts";
import { escapeText } from "./svg.ts";
import { table } from "./table.ts";
import { timelineChart } from "./timeline-chart.ts";

const SECTIONS_SHOWN_MAX = 40;

/** The whole report as one HTML file that needs nothing beside it. */
export function drillPage(report: SignedReport): string {
  const { line, bots, faults, slos } = report;
  const parts = [
    head(report),
    figures(report),
    sloSection(slos),
    sales(report),
    line ? lineSection(line, report.admittedOverCap) : "",
    bots ? botSection(bots, report.sold) : "",
    faults.length > 0 ? faultSection(faults) : "",
    latencies(report),
    refusals(report),
    truth(report),
    setting(report),
    signatureSection(report),
  ];
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Drill ${escapeText(report.drill)}: ${report.ok ? "held" : "failed"}</title>
<style>${STYLES}</style>
</head>
<body><main>
${parts.filter((part) => part !== "").join("\n")}
</main></body>
</html>
`;
}

function head(report: DrillReport): string {
  const { ok, failures, drill, startedAt, fans, seats } = report;
  const title = headline(report);
  const faults = failures.map((failure) => `<li>${escapeText(failure)}</li>`).join("");
  return `<header>
<p class="soft">Drill ${escapeText(drill)} <time datetime="${escapeText(startedAt)}">${escapeText(startedAt.slice(0, 16).replace("T", " "))} UTC</time></p>
<h1${ok ? "" : ' class="worse"'}>${title}</h1>
<p>${n(fans)} virtual fans wanted tickets for ${n(seats)} places, over real HTTP.</p>
${faults === "" ? "" : `<ul class="faults">${faults}</ul>`}
</header>`;
}

function headline(report: DrillReport): string {
  const { ok, unexpected, sold, soldOut } = report;
  if (ok) return soldOut ? "Sold out, and every seat once" : `${n(sold)} sold, and every seat once`;
  if (brokePromise(report)) return "A promise was broken";
  return Object.keys(unexpected).length > 0
    ? "Every seat once, but some fans met faults"
    : "Every seat once, but a target was missed";
}

function figures(report: DrillReport): string {
  const { sold, held, free, oversold, perSecond, ticketsPerSecond, seconds, line, bots } = report;
  const lineFigures: readonly (readonly [string, string])[] = line
    ? [
        ["sold out after", line.soldOutSecond === null ? "never" : `${n(line.soldOutSecond)} s`],
        ["let in", n(line.admitted)],
        ["above the cap", n(report.admittedOverCap)],
        ["overtakings", n(report.orderInversions)],
      ]
    : [];
  const pairs: readonly (readonly [string, string])[] = [
    ["sold", n(sold)],
    ["sold twice", n(oversold)],
    ...lineFigures,
    ...(bots ? ([["tickets of bots", n(bots.tickets)]] as const) : []),
    ["held at the end", n(held)],
    ["free at the end", n(free)],
    ["lasted", `${n(seconds)} s`],
    ["tickets per second", n(ticketsPerSecond)],
    ["answers per second", n(perSecond)],
  ];
  const cells = pairs.map(([name, value]) => `<div><dt>${name}</dt><dd>${value}</dd></div>`).join("");
  return `<dl class="figures">${cells}</dl><p>${escapeText(outcomeWords(report.outcomes))}.</p>`;
}

function sales(report: DrillReport): string {
  const { timeline, seats, sections } = report;
  const bars = sections
    .slice(0, SECTIONS_SHOWN_MAX)
    .map(({ section, places, sold }) => ({ name: section, value: sold, of: places }));
  const more = sections.length - bars.length;
  return `<section><h2>The sale</h2>
${legend([
  ["p50", "tickets that fans were shown so far"],
  ["holds", "holds in each second"],
])}
${timelineChart(timeline, seats)}
${legend([
  ["p50", "orders paid"],
  ["holds", "refusals, as the rules say"],
  ["bad", "what no fan should get"],
])}
${activityChart(report)}
</section><section><h2>Sections</h2>
${barChart(bars, "Places sold by section.")}
${more > 0 ? `<p class="soft">and ${n(more)} more sections</p>` : ""}</section>`;
}

function latencies({ steps }: DrillReport): string {
  const rows = Object.entries(steps).map(([step, s]) => [
    step,
    s.count,
    s.p50Ms,
    s.p95Ms,
    s.p99Ms,
    s.maxMs,
    s.perSecond,
  ]);
  return `<section><h2>How long answers took</h2>
${legend([
  ["p50", "half of them"],
  ["p95", "95 of 100"],
  ["p99", "99 of 100"],
])}
${latencyChart(steps)}
${table(["step", "answers", "p50 ms", "p95 ms", "p99 ms", "longest ms", "per second"], rows)}</section>`;
}

function refusals({ errors, unexpected }: DrillReport): string {
  const bars = Object.entries(errors).map(([name, value]) => ({ name, value, bad: name in unexpected }));
  return `<section><h2>Refusals</h2>
${bars.length === 0 ? "<p>None.</p>" : barChart(bars, "Answers other than success, by code.")}
<p class="soft">Losing a race for a seat is an answer, not a fault. ✗ marks what no fan should ever see.</p></section>`;
}

function truth({ invariants, drift, violations }: DrillReport): string {
  const rows = invariants.map(({ id, title, violations: rowsBroken }) => [id, title, rowsBroken]);
  const differs = drift.map(({ kind, detail }) => [kind, detail]);
  return `<section><h2>What is true now</h2>
<p class="${violations === 0 && drift.length === 0 ? "good" : "worse"}">${n(invariants.length)} invariants asked of Postgres, ${n(violations)} rows break one. ${n(drift.length)} places differ between Redis and Postgres.</p>
${table(["", "invariant", "broken by"], rows)}
${differs.length === 0 ? "" : table(["drift", "what"], differs)}</section>`;
}

function setting({ settings, machine, commit, seed, limitedBy, client }: DrillReport): string {
  const rows = [
    ["limited by", limitWords(limitedBy)],
    [
      "this process busy",
      `${Math.round(client.busy * 100)} % of the time, event loop late by ${client.loopDelayP99Ms} ms at p99`,
    ],
    [
      "machine",
      `${machine.cpus} x ${machine.cpuModel}, ${n(machine.memoryMb)} MB, ${machine.platform}, Node ${machine.node}`,
    ],
    ...(commit === undefined ? [] : [["commit", commit]]),
    ["seed", String(seed)],
    ...Object.entries(settings)
      .filter(([name]) => name !== "seed")
      .map(([name, value]) => [name, String(value) || "none"]),
  ];
  return `<section><h2>How it was run</h2>${table(["", ""], rows)}</section>`;
}

const n = (value: number) => formatFigure(value);
