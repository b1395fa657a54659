import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, describe, expect, test } from "vitest";

import { checkLayers, unreadSources } from "./check-layers.ts";
import { FOLDER_ORDERS, type FolderOrder } from "./layers/folder-order.ts";
import { misplaced, outOfOrder } from "./layers/out-of-order.ts";

test("a cruise that read nothing is found out", () => {
  expect(unreadSources(["packages/core/src/a.ts"], [])).toEqual(["packages/core/src/a.ts"]);
});

test("modules beyond the sources, such as packages, are no matter", () => {
  expect(unreadSources(["a.ts"], ["a.ts", "node_modules/zod/index.js"])).toEqual([]);
});

describe("the order of folders", () => {
  const trees: string[] = [];
  afterEach(() => {
    for (const tree of trees.splice(0)) rmSync(tree, { recursive: true });
  });

  /** A tree with one file in each folder that has a place, and these beside them. */
  function planted(files: Readonly<Record<string, string>>): string {
    const tree = mkdtempSync(path.join(os.tmpdir(), "onsale-layers-"));
    trees.push(tree);
    const write = (file: string, text: string) => {
      mkdirSync(path.dirname(path.join(tree, file)), { recursive: true });
      writeFileSync(path.join(tree, file), text);
    };
    write("tsconfig.json", "{}");
    for (const { root, folders } of FOLDER_ORDERS)
      for (const folder of folders) write(`${root}/${folder}/one.ts`, "export const one = 1;\n");
    for (const [file, text] of Object.entries(files)) write(file, text);
    return tree;
  }
  const faultsOf = async (files: Readonly<Record<string, string>>) =>
    (await checkLayers(planted(files))).faults;
  const reads = (file: string) => `import { one } from "${file}";\nexport const two = one;\n`;

  test("lets a folder import what stands above it", async () => {
    const faults = await faultsOf({
      "packages/core/src/hold/two.ts": reads("../event/one.ts"),
      "apps/web/src/features/line/two.ts": reads("../../ui/one.ts"),
    });
    expect(faults).toEqual([]);
  });

  test("refuses a planted import down the list of the core, also of a type alone", async () => {
    const faults = await faultsOf({
      "packages/core/src/event/two.ts": reads("../hold/one.ts"),
      "packages/core/src/access/deep/two.ts": reads("../../line/one.ts"),
      "packages/core/src/pricing/two.ts":
        'import type { One } from "../order/one.ts";\nexport type Two = One;\n',
    });
    expect(faults.toSorted()).toEqual([
      expect.stringMatching(
        /^folder-order: access stands before line: .*access\/deep\/two\.ts -> .*line\/one\.ts$/,
      ),
      expect.stringMatching(/^folder-order: event stands before hold: .*event\/two\.ts -> .*hold\/one\.ts$/),
      expect.stringMatching(/^folder-order: pricing stands before order: /),
    ]);
  });

  test("refuses a planted import down the list of the storefront", async () => {
    const faults = await faultsOf({
      "apps/web/src/features/line/two.tsx": reads("../checkout/one.ts"),
      "apps/web/src/ui/two.tsx": reads("../features/shell/one.ts"),
    });
    expect(faults.toSorted()).toEqual([
      expect.stringMatching(/^folder-order: features\/line stands before features\/checkout: /),
      expect.stringMatching(/^folder-order: ui stands before features\/shell: /),
    ]);
  });

  test("refuses a folder that has no place in it", async () => {
    const faults = await faultsOf({
      "packages/core/src/helpers/two.ts": reads("../shared/one.ts"),
      "apps/web/src/features/things/two.ts": "export const two = 2;\n",
    });
    expect(faults).toEqual([
      expect.stringContaining("helpers has no place in the order of packages/core/src"),
      expect.stringContaining("features/things has no place in the order of apps/web/src"),
    ]);
  });

  const order: FolderOrder = { root: "src", folders: ["low", "high"] };

  test("lets tests and fixtures look ahead", () => {
    const to = "src/high/one.ts";
    const from = ["src/low/x.test.ts", "src/low/x.contract.ts", "src/low/testing/x.ts", "src/low/x.ts"];
    const imports = from.map((one) => ({ from: one, to }));
    expect(outOfOrder(order, imports)).toEqual(["low stands before high: src/low/x.ts -> src/high/one.ts"]);
  });

  test("names no folder that is not there any more", () => {
    expect(misplaced(order, ["src/low/one.ts"])).toEqual([
      "high has a place in the order of src and is not there",
    ]);
  });

  test("is the one that the page on architecture lists", () => {
    const page = readFileSync(path.join(import.meta.dirname, "..", "docs", "architecture.md"), "utf8");
    const section = /## Domains\n.*?\n## /s.exec(page)?.[0] ?? "";
    const listed = [...section.matchAll(/^\| `([a-z-]+)` \|/gm)].map(([, name]) => name);
    expect(listed).toEqual(FOLDER_ORDERS[0].folders);
  });
});
