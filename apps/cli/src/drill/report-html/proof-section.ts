import { formatFigure } from "@onsale/core/shared/format";
import type { BotReport } from "@onsale/core/drill/bot-report";
import type { FaultReport } from "@onsale/core/drill/faults";
import type { SignedReport } from "@onsale/core/drill/report-schema";
import type { SloResult } from "@onsale/core/drill/slos";
import { countWords, faultWords, sloTarget, sloValue } from "../report-words.ts";
import { fingerprintOf } from "../report-signature.ts";
import { barChart } from "./bar-chart.ts";
import { escapeText } from "./svg.ts";
import { table } from "./table.ts";

const n = (value: number) => formatFigure(value);

/** A number and its unit are one word. */
const whole = (text: string) => text.replaceAll(/(\d) (?=\S+$)/g, "$1\u00A0");

export function sloSection(slos: readonly SloResult[]): string {
  const missed = slos.filter(({ ok }) => !ok).length;
  const rows = (kind: SloResult["kind"]) =>
    slos
      .filter((slo) => slo.kind === kind)
      .map((slo) => [{ text: slo.name, ok: slo.ok }, whole(sloValue(slo)), whole(sloTarget(slo))]);
  return `<section><h2>Promises and targets</h2>
<p class="${missed === 0 ? "good" : "worse"}">${missed === 0 ? `✓ All ${n(slos.length)} met.` : `✗ ${n(missed)} of ${n(slos.length)} missed.`}</p>
${table(["promise", "measured", "must be"], rows("promise"))}
${table(["target", "measured", "must be"], rows("service"))}
</section>`;
}

export function botSection(bots: BotReport, sold: number): string {
  const { accounts, addresses, requests, tickets, shareOfTickets, ticketsBeyondLimit } = bots;
  const rows = bots.kinds.map((kind) => [
    kind.kind,
    kind.accounts,
    kind.requests,
    kind.granted,
    kind.passes,
    kind.holds,
    kind.tickets,
    countWords(kind.refused, 3),
  ]);
  const bars = [
    { name: "fans", value: sold - tickets, of: sold },
    { name: "bots", value: tickets, of: sold, bad: ticketsBeyondLimit > 0 },
  ];
  return `<section><h2>Bots</h2>
<p>${n(accounts)} accounts on ${n(addresses)} addresses sent ${n(requests)} requests and got ${n(tickets)} tickets, ${Math.round(shareOfTickets * 1_000) / 10} % of all.</p>
<p class="${ticketsBeyondLimit === 0 ? "good" : "worse"}">${ticketsBeyondLimit === 0 ? "✓" : "✗"} ${n(ticketsBeyondLimit)} of them beyond the limit of a fan or without having been let in.</p>
${barChart(bars, "Tickets.")}
${table(["kind", "accounts", "requests", "granted", "passes", "holds", "tickets", "refused, most of all"], rows)}
<p class="soft">A farm behaves as fans do: it stands in the line and buys what one fan may. What it gets is said, not hidden.</p>
</section>`;
}

export function faultSection(faults: readonly FaultReport[]): string {
  const parts = faults.map((fault) => {
    const { allowed, beyond, onlyAllowed } = fault;
    const list = (items: readonly string[]) => items.map((item) => `<li>${escapeText(item)}</li>`).join("");
    const verdict = onlyAllowed ? "only what was allowed happened" : `not allowed: ${beyond.join("; ")}`;
    return `<h3>T+${n(fault.second)} s ${escapeText(fault.kind)}</h3>
<p class="soft">Allowed, and said before:</p><ul>${list(allowed)}</ul>
<p>${escapeText(faultWords(fault))}</p>
<p class="${onlyAllowed ? "good" : "worse"}">${onlyAllowed ? "✓" : "✗"} ${escapeText(verdict)}</p>`;
  });
  return `<section><h2>What was broken on purpose</h2>${parts.join("\n")}</section>`;
}

export function signatureSection({ signature, commit, seed }: SignedReport): string {
  const rows = [
    ["signed at", signature.signedAt],
    ["key", fingerprintOf(signature.publicKey)],
    ["public key", signature.publicKey],
    ["signature", signature.value],
    ["commit", commit ?? "not known"],
    ["seed", String(seed)],
  ];
  return `<section><h2>Who vouches for it</h2>
<p>report.json, which this page was made from, is signed with Ed25519 together with commit, seed and machine. Check that file, and the draw, with:</p>
<pre>ticketctl drill verify report.json --draw draw.json --public-key ${escapeText(signature.publicKey)}</pre>
<p class="soft">Take the key from whoever runs the drill, not from this page: anybody can sign with a key of their own.</p>
${table(["", ""], rows)}</section>`;
}
