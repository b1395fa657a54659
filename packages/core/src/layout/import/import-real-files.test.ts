import { threadCpuUsage } from "node:process";
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { compileLayout } from "../seat-plan.ts";
import { validateLayout } from "../validate-layout.ts";
import { importLayout } from "./import-layout.ts";
import type { ImportOptions, ImportResult } from "./import-result.ts";

const shared =
  process.env["ONSALE_SHARED_DATA"] ??
  fileURLToPath(new URL("../../../../../../shared/data", import.meta.url));
const folder = `${shared}/layouts`;
const present = existsSync(folder);

function importFile(name: string, options?: ImportOptions): ImportResult {
  return importLayout(readFileSync(`${folder}/${name}`, "utf8"), options);
}

function expectSellable({ layout, counts, problems }: ImportResult): void {
  expect(problems).toEqual([]);
  expect(layout).not.toBeNull();
  if (layout === null) return;
  expect(validateLayout(layout)).toEqual([]);
  expect(compileLayout(layout).seatCount).toBe(counts.seats);
}

describe.skipIf(!present)(
  `real files import with exactly their counts or their faults (skipped where ${folder} is absent)`,
  () => {
    test("the pretix plan with repeated guids but unique places imports whole", () => {
      const result = importFile("pretix-courtside-300.json");
      expect(result).toMatchObject({ ok: true, format: "pretix" });
      expect(result.counts).toMatchObject({
        seats: 300,
        rows: 18,
        sections: 1,
        categories: 5,
        gaCapacity: 0,
      });
      expect(result.layout?.categories.map(({ label }) => label)).toEqual(
        [1, 2, 3, 4, 5].map((n) => `Category ${n}`),
      );
      expect(result.notes).toMatchObject([
        { code: "pretix.nameless_category" },
        { code: "pretix.duplicate_guid", details: { count: 40 } },
      ]);
      expectSellable(result);
    });

    test("the pretix plan with repeated places is refused with every one of them", () => {
      const result = importFile("pretix-duplicate-guids-738.json");
      expect(result).toMatchObject({ ok: false, format: "pretix", layout: null });
      expect(result.counts).toMatchObject({ seats: 738, rows: 90, sections: 2, categories: 5 });
      expect(result.problems).toHaveLength(420);
      expect(new Set(result.problems.map((problem) => problem.code))).toEqual(
        new Set(["seat.duplicate_label"]),
      );
      expect(new Set(result.problems.map((problem) => problem.path)).size).toBe(420);
    });

    test("the same plan imports on request with its repeated rows renamed and every seat kept", () => {
      const result = importFile("pretix-duplicate-guids-738.json", { renameDuplicates: true });
      expect(result.ok).toBe(true);
      expect(result.counts).toMatchObject({ seats: 738, rows: 90, sections: 2 });
      expect(result.renamed.length).toBeGreaterThan(0);
      expect(result.renamed.every((renaming) => renaming.kind === "row")).toBe(true);
      expectSellable(result);
    });

    test("the seats.io chart of 8,897 seats takes categories from its sections and focal points from its zones", () => {
      const result = importFile("seatsio-race-track-8897.json");
      expect(result).toMatchObject({ ok: true, format: "seatsio" });
      expect(result.counts).toMatchObject({
        seats: 8_897,
        rows: 131,
        sections: 4,
        categories: 2,
        gaCapacity: 0,
      });
      expect(result.layout?.sections.map((section) => section.focalPoint?.x)).toEqual([
        15445.45, 15445.45, 43627.27, 43627.27,
      ]);
      expectSellable(result);
    });

    test("seats of a seats.io section lie within the section's outline box", () => {
      for (const name of ["seatsio-race-track-8897.json", "seatsio-sections-71.json"]) {
        for (const section of importFile(name).layout?.sections ?? []) {
          if (section.kind !== "seated") continue;
          const xs = (section.outline ?? []).map((point) => point.x);
          const ys = (section.outline ?? []).map((point) => point.y);
          const box = [
            Math.min(...xs) - 5,
            Math.max(...xs) + 5,
            Math.min(...ys) - 5,
            Math.max(...ys) + 5,
          ] as const;
          const isOutside = ({ x, y }: { x: number; y: number }) =>
            x < box[0] || x > box[1] || y < box[2] || y > box[3];
          expect(section.rows.flatMap((row) => row.seats).filter(isOutside)).toEqual([]);
        }
      }
    });

    test("the seats.io chart with two sections imports with their entrances", () => {
      const result = importFile("seatsio-sections-71.json");
      expect(result).toMatchObject({ ok: true, format: "seatsio" });
      expect(result.counts).toMatchObject({ seats: 71, rows: 13, sections: 2, categories: 2 });
      expect(result.layout?.sections.map((section) => section.entrance)).toEqual([
        "Entrance 1",
        "Entrance 2",
      ]);
      expectSellable(result);
    });

    test("the seats.io chart with mistakes is refused with exactly its three", () => {
      const result = importFile("seatsio-with-errors.json");
      expect(result).toMatchObject({ ok: false, format: "seatsio", layout: null });
      expect(result.counts).toMatchObject({ seats: 32, gaCapacity: 200 });
      expect(result.problems.map(({ code, path }) => `${code} ${path}`)).toEqual([
        "seat.duplicate_label subChart.rows[0].seats[1]",
        "seat.missing_label subChart.rows[0].seats[2]",
        "seat.missing_category subChart.rows[0].seats[3]",
      ]);
    });

    test("the seat list of 13,660 seats is laid out, with categories by seat", () => {
      const result = importFile("csv-hallenstadion-13660.csv");
      expect(result).toMatchObject({ ok: true, format: "csv" });
      expect(result.counts).toMatchObject({ seats: 13_660, sections: 56, rows: 732, categories: 4 });
      const spanning = (result.layout?.sections ?? []).filter((section) => {
        if (section.kind !== "seated") return false;
        return new Set(section.rows.flatMap((row) => row.seats.map((seat) => seat.category))).size > 1;
      });
      expect(spanning).toHaveLength(8);
      expectSellable(result);
    });

    test("the stadium of 39,616 seats is laid out from its row ranges, in a moment", () => {
      const before = threadCpuUsage();
      const result = importFile("sectors-metalist-39616.json");
      expect(threadCpuUsage(before).user / 1_000).toBeLessThan(5_000);
      expect(result).toMatchObject({ ok: true, format: "row-ranges" });
      expect(result.counts).toMatchObject({ seats: 39_616, sections: 58, rows: 1_453, categories: 4 });
      expectSellable(result);
    });

    test("the drawing of 44 sections without seats is refused, naming each, and keeps no markup", () => {
      const result = importFile("svg-rod-laver-sections.svg");
      expect(result).toMatchObject({ ok: false, format: "svg-sections", layout: null });
      expect(result.counts).toMatchObject({ seats: 0, sections: 44 });
      expect(result.problems).toHaveLength(44);
      expect(result.problems.every((problem) => problem.code === "section.empty")).toBe(true);
      expect(JSON.stringify(result)).not.toMatch(/<\/?[a-z]/i);
    });
  },
);
