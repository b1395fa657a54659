import { globSync, readFileSync } from "node:fs";
import path from "node:path";

import { sentencesIn } from "./sentences/in-code.ts";
import { type Found, tellFaults } from "./tell-faults.ts";

/** Where facts are told and nothing is worded: whoever reads there knows neither the reader nor the language. */
const FACTS = "packages/{core,contract,api,db,redis,providers}/src/**/*.ts";
const NOT_TOLD = ["**/*.test.ts", "**/*.contract.ts", "**/testing/**", "**/generated/**"];
/** Catalogues of an edge, one language a file. */
const CATALOGS = /\/words\//;
/** Read by no buyer and no organizer, each for its own reason. */
const OTHER_READERS = new Map([
  ["packages/api/src/config.ts", "the start of a process, before anything is known of a reader"],
  ["packages/api/src/metrics.ts", "help of Prometheus, in English by its custom"],
  ["packages/api/src/http/sandbox-mailbox-page.ts", "a page of the sandbox, for who develops"],
  ["packages/providers/src/sandbox/confirm-page.ts", "pages of the sandbox, for who develops"],
]);

/** Every sentence below `root` that stands where facts belong, a line each; `says` is what was read. */
export function checkSentences(root: string): Found {
  const files = globSync(FACTS, { cwd: root, exclude: NOT_TOLD }).filter(
    (file) => !CATALOGS.test(file) && !OTHER_READERS.has(file),
  );
  const faults = [
    ...(files.length === 0 ? ["no files found"] : []),
    ...files.flatMap((file) => sentencesIn(file, readFileSync(path.join(root, file), "utf8"))),
  ];
  return { faults, says: `${files.length} files tell facts, ${faults.length} sentences in them.` };
}

if (import.meta.main) await tellFaults(checkSentences);
