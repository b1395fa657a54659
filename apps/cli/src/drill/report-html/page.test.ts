import { expect, test } from "vitest";
import { signReport } from "../report-signature.ts";
import { sampleReport } from "../testing/sample-report.ts";
import { drillPage as pageOf } from "./page.ts";

const drillPage = (report: ReturnType<typeof sampleReport>) =>
  pageOf(signReport(report, { seed: "A".repeat(43), nowMs: Date.UTC(2026, 4, 2) }));

test("the page loads nothing from anywhere and runs nothing", () => {
  const page = drillPage(sampleReport());
  expect(page).not.toMatch(/<script|<link|<img|src=|@import|url\(/i);
  // The address of the server that was drilled is text, never a link.
  expect(page).not.toMatch(/href=/);
});

test("names from a layout or an error cannot become markup", () => {
  const nasty = `<img src=x onerror="alert('1')">`;
  const page = drillPage(
    sampleReport({
      errors: { [nasty]: 1 },
      failures: [nasty],
      sections: [{ section: nasty, places: 1, sold: 1 }],
      drift: [{ kind: nasty, detail: nasty }],
      steps: { [nasty]: { count: 1, p50Ms: 1, p95Ms: 1, p99Ms: 1, maxMs: 1, perSecond: 1 } },
    }),
  );
  expect(page).not.toContain("<img");
  expect(page).toContain("&lt;img");
});

test("every element that is opened is closed, inside out", () => {
  const open: string[] = [];
  const misplaced: string[] = [];
  const tags = drillPage(sampleReport()).matchAll(/<(\/?)([a-z][a-z0-9]*)([^>]*)>/g);
  for (const [, slash, name = "", rest = ""] of tags) {
    if (name === "meta" || rest.endsWith("/")) continue;
    if (slash === "") open.push(name);
    else if (open.pop() !== name) misplaced.push(name);
  }
  expect({ open, misplaced }).toEqual({ open: [], misplaced: [] });
});

test("a failed drill says so in its title, in words and by a sign on each unexpected code", () => {
  const failures = ["1 place was sold twice"];
  const page = drillPage(
    sampleReport({ ok: false, failures, errors: { "http.500": 2 }, unexpected: { "http.500": 2 } }),
  );
  expect(page).toContain("<title>Drill 0badcafe: failed</title>");
  expect(page).toContain("<li>1 place was sold twice</li>");
  expect(page).toContain("2 ✗");
});

test("a drill in which nothing happened still has its page", () => {
  const page = drillPage(sampleReport({ timeline: [], steps: {}, errors: {}, sections: [], invariants: [] }));
  expect(page).not.toMatch(/NaN|Infinity|undefined/);
});

test("a sale without line, bots and faults has no chapter of them; one with them shows every target and who signed", () => {
  const bare = drillPage(sampleReport({ line: null, bots: null, faults: [] }));
  expect(bare).not.toMatch(/The line|Bots|broken on purpose/);
  const full = drillPage(sampleReport());
  for (const { name } of sampleReport().slos) expect(full).toContain(`✓ ${name}`);
  expect(full).toMatch(/ticketctl drill verify report\.json/);
  expect(full).toContain("SHA256:");
});

test("a page of 100,000 fans is hardly larger than one of a thousand", () => {
  const report = sampleReport();
  const crowd = (fans: number) =>
    drillPage({
      ...report,
      line: report.line && {
        ...report.line,
        fans: Array.from({ length: fans }, (_, n) => ({
          number: n + 1,
          joined: ((n * 7_919) % fans) + 1,
          second: (n / fans) * 200,
          drawn: true,
          late: n % 50 === 0,
        })),
      },
    }).length;
  expect(crowd(100_000)).toBeLessThan(crowd(1_000) + 150_000);
});
