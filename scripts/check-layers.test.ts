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

  describe("the contract", () => {
    const api = { "packages/api/src/router.ts": "export type AppRouter = 1;\nexport const one = 1;\n" };
    const contract = {
      "packages/contract/src/hold.ts": "export const one = 1;\nexport type HoldView = 1;\n",
    };
    const pages = "apps/web/src/features/line";

    test("may be read for its shapes by pages and router, and reads core", async () => {
      const faults = await faultsOf({
        ...contract,
        "packages/contract/src/two.ts": reads("../../core/src/hold/one.ts"),
        "packages/api/src/two.ts": reads("../../contract/src/hold.ts"),
        [`${pages}/two.ts`]:
          'import type { HoldView } from "../../../../../packages/contract/src/hold.ts";\nexport type Two = HoldView;\n',
      });
      expect(faults).toEqual([]);
    });

    test("drags no server along, and is known to none below it", async () => {
      const faults = await faultsOf({
        ...api,
        ...contract,
        "packages/contract/src/two.ts": reads("../../api/src/router.ts"),
        "packages/contract/src/three.ts":
          'import { hostname } from "node:os";\nexport const three = hostname;\n',
        "packages/core/src/hold/two.ts": reads("../../../contract/src/hold.ts"),
        "packages/db/src/two.ts": reads("../../contract/src/hold.ts"),
      });
      expect(faults.toSorted()).toEqual([
        expect.stringMatching(/^adapters-do-not-meet: packages\/db\/src\/two\.ts /),
        expect.stringMatching(/^contract-has-no-node: /),
        expect.stringMatching(/^contract-knows-core-alone: .*two\.ts -> packages\/api\/src\/router\.ts$/),
        expect.stringMatching(/^core-is-pure: packages\/core\/src\/hold\/two\.ts /),
      ]);
    });

    test("is where pages and the terminal read shapes, not the router; and its schemas stay out of a page", async () => {
      const ofRouter = (up: string) =>
        `import type { AppRouter } from "${up}packages/api/src/router.ts";\nexport type Two = AppRouter;\n`;
      const faults = await faultsOf({
        ...api,
        ...contract,
        [`${pages}/two.ts`]: ofRouter("../../../../../"),
        "apps/cli/src/two.ts": ofRouter("../../../"),
        "apps/web/src/trpc/two.ts": ofRouter("../../../../"),
        [`${pages}/three.ts`]: reads("../../../../../packages/contract/src/hold.ts"),
      });
      expect(faults.toSorted()).toEqual([
        expect.stringMatching(/^contract-weighs-nothing: .*three\.ts -> packages\/contract\/src\/hold\.ts$/),
        expect.stringMatching(/^shapes-from-contract: apps\/cli\/src\/two\.ts /),
        expect.stringMatching(/^shapes-from-contract: apps\/web\/src\/features\/line\/two\.ts /),
      ]);
    });
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

  test("refuses Base UI and TanStack Table where fans load them, by a detour too, and lets the portal have them", async () => {
    const faults = await faultsOf({
      "apps/web/src/ui/dialog/two.tsx": reads("@base-ui/react/dialog"),
      "apps/web/src/ui/table/two.tsx": reads("@tanstack/react-table"),
      "apps/web/src/features/admin/two.tsx": reads("../../ui/dialog/two.tsx"),
      "apps/web/src/features/shell/two.tsx": reads("@base-ui/react/toast"),
      "apps/web/src/features/checkout/two.tsx": reads("../../ui/table/two.tsx"),
      "apps/web/src/app/page.tsx": reads("../features/checkout/two.tsx"),
      "apps/web/src/app/admin/page.tsx": reads("../../features/admin/two.tsx"),
    });
    const refused = faults.flatMap(
      (fault) => /^(portal-\S+): \S+src\/(\S+) ->/.exec(fault)?.slice(1, 3).join(" ") ?? [],
    );
    expect(refused.toSorted()).toEqual([
      "portal-libraries-in-ui-alone features/shell/two.tsx",
      "portal-parts-not-for-fans app/page.tsx",
      "portal-parts-not-for-fans features/checkout/two.tsx",
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
