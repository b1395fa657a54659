import type { Container } from "@onsale/api/compose/container";
import { openDoor } from "@onsale/api/testing/serve-app";
import { describeApp, type TestApp } from "@onsale/api/testing/test-app";
import { verifyDraw } from "@onsale/core/line/verify-draw";
import type { DrillReport } from "@onsale/core/drill/drill-report";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type DrillWishes, drillSettings } from "./drill-settings.ts";
import { signReport } from "./report-signature.ts";
import { verifyReport } from "./report-verify.ts";
import { runDrill } from "./run-drill.ts";

const wishes = { short: true, fans: 90, seats: 30, ramp: 1, abandon: 10, contested: 60 };
const LIMIT_MS = 600_000;
/** Banks send fans and webhooks to the server's own address, so it must be known before the server is there. */
const door = await openDoor();
const quiet = { signal: new AbortController().signal, onProgress: () => undefined };

/** Drills this container's API, each fan from an address of their own. */
async function drill(real: Container, changes: Partial<DrillWishes> = {}) {
  const container = { ...real, config: { ...real.config, trustedProxyHops: 1 } };
  door.leadTo(container);
  const settings = drillSettings({ ...wishes, ...changes, url: door.url });
  return await runDrill({ container, settings, ...quiet });
}

/** How fast it was says nothing here, where tests share the machine. */
const broken = ({ slos }: DrillReport) => slos.filter(({ kind, ok }) => kind === "promise" && !ok);

/** Signed and checked as `drill verify` does: its form, and that what it says twice agrees. */
const verified = (report: DrillReport) =>
  verifyReport(JSON.stringify(signReport(report, { seed: "A".repeat(43), nowMs: 0 })), {});

const againstServer = (app: () => TestApp) => {
  beforeAll(() => app().work());
  afterAll(() => door[Symbol.asyncDispose]());

  test(
    "sells its plan out through a fair line while bots try everything, every place once, and leaves nothing on sale",
    async () => {
      const { container } = app();
      const { report, drawText } = await drill(container, { bots: 40, lobby: 3, contested: 30 });
      expect(broken(report)).toEqual([]);
      expect(report).toMatchObject({
        settled: true,
        unexpected: {},
        sold: 30,
        free: 0,
        held: 0,
        oversold: 0,
        violations: 0,
        drift: [],
        admittedOverCap: 0,
        orderInversions: 0,
        bots: { ticketsBeyondLimit: 0, ticketsWithoutPass: 0 },
      });
      expect(report.botTickets).toBe(report.bots?.tickets);
      expect(Object.values(report.outcomes).reduce((sum, count) => sum + count, 0)).toBe(wishes.fans);
      expect(report.outcomes.sold_out).toBeGreaterThan(0);
      expect(verified(report).drill).toBe(report.drill);
      expect(report.line?.draw).toMatchObject({ verified: true, proofs: 3 });
      expect(verifyDraw(JSON.parse(drawText ?? ""))).toMatchObject({
        kind: "holds",
        entries: report.line?.drawn,
      });
      expect(report.line?.mostActive).toBeLessThanOrEqual(report.line?.cap ?? 0);
      // Jumpers never stood in the line, so whatever they sent was refused.
      const jumpers = report.bots?.kinds.find(({ kind }) => kind === "jumper");
      expect(jumpers).toMatchObject({ holds: 0, passes: 0, tickets: 0 });
      expect(jumpers?.refused["line.pass_required"]).toBeGreaterThan(0);
      expect((await container.events.findEvent(report.event))?.state).toBe("ended");
      const listed = await container.events.programmeMarks(container.clock.nowMs());
      expect(listed.map(({ id }) => id)).not.toContain(report.event);
    },
    LIMIT_MS,
  );

  test(
    "sells out without a line to a crowd that fights for the same few seats",
    async () => {
      const { report, drawText } = await drill(app().container, { line: false, abandon: 0 });
      expect(broken(report)).toEqual([]);
      expect(report).toMatchObject({ unexpected: {}, sold: 30, line: null, bots: null, botTickets: 0 });
      expect(report.errors["hold.seats_taken"]).toBeGreaterThan(0);
      expect(verified(report).drill).toBe(report.drill);
      expect(drawText).toBeNull();
    },
    LIMIT_MS,
  );

  test(
    "says so when Postgres does not know a ticket that a fan was given",
    async () => {
      const real = app().container;
      // As a lost commit would look: the fans have their tickets, one of them is not there any more.
      const missingTickets: Container["drills"]["missingTickets"] = async (eventId, shown) => {
        await real.database.sql.begin(async (tx) => {
          await tx`select guard_tx()`;
          await tx`update ticket set status = 'void' where id = ${shown[0] ?? ""}`;
        });
        return real.drills.missingTickets(eventId, shown);
      };
      const { report } = await drill(
        { ...real, drills: { ...real.drills, missingTickets } },
        { line: false },
      );
      expect(report).toMatchObject({ ok: false, lostTickets: 1 });
      expect(broken(report).map(({ name }) => name)).toContain("tickets lost");
    },
    LIMIT_MS,
  );
};

describeApp("a drill against a real server", againstServer, { PUBLIC_URL: door.url });
