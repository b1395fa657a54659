import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";

const root = path.resolve(import.meta.dirname, "../../..");
const folder = path.join(
  process.env["ONSALE_SHARED_DATA"] ?? path.resolve(root, "../shared/data"),
  "layouts",
);

/** Each test starts a process, on a machine that may be busy with other tests. */
const PROCESS_LIMIT_MS = 60_000;

type Answer = { readonly problems: readonly { code: string; path: string; message: string }[] };

/** As a person starts it: a process of its own, without any service and without any setting. */
function dryRun(name: string): { code: number | null; answer: Answer } {
  const args = ["apps/cli/src/main.ts", "import", "layout", path.join(folder, name), "--dry-run", "--json"];
  const { status, stdout } = spawnSync(process.execPath, args, {
    cwd: root,
    encoding: "utf8",
    env: { NODE_ENV: "test" },
    maxBuffer: 1e8,
  });
  return { code: status, answer: JSON.parse(stdout) as Answer };
}

describe.skipIf(!existsSync(folder))(
  `ticketctl import layout on real files (skipped where ${folder} is absent)`,
  { timeout: PROCESS_LIMIT_MS },
  () => {
    test.each([
      ["csv-hallenstadion-13660.csv", { seats: 13_660, sections: 56, rows: 732, categories: 4 }],
      ["sectors-metalist-39616.json", { seats: 39_616, sections: 58, rows: 1_453 }],
      ["seatsio-race-track-8897.json", { seats: 8_897, sections: 4, rows: 131 }],
      ["seatsio-sections-71.json", { seats: 71, sections: 2 }],
      ["pretix-courtside-300.json", { seats: 300, rows: 18, categories: 5 }],
    ])("%s is whole", (name, counts) => {
      const { code, answer } = dryRun(name);
      expect(answer).toMatchObject({ ok: true, problems: [], ...counts });
      expect(code).toBe(0);
    });

    test.each([
      ["pretix-duplicate-guids-738.json", { seats: 738 }, ["seat.duplicate_label"]],
      [
        "seatsio-with-errors.json",
        { seats: 32 },
        ["seat.duplicate_label", "seat.missing_label", "seat.missing_category"],
      ],
      ["svg-rod-laver-sections.svg", { seats: 0, sections: 44 }, ["section.empty"]],
    ])("%s is refused with its faults", (name, counts, codes) => {
      const { code, answer } = dryRun(name);
      expect(answer).toMatchObject({ ok: false, ...counts });
      expect(answer.problems.map((problem) => problem.code)).toEqual(expect.arrayContaining(codes));
      expect(code).toBe(0);
    });
  },
);
