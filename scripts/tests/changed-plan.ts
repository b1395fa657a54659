/** What a change can break: which parts of the slow stages are worth running. Static checks and unit tests always run whole. */
export interface ChangedPlan {
  /** Sources and test files; every integration test that reaches one of them runs. */
  readonly int: "all" | readonly string[];
  /** Files of browser tests. */
  readonly browser: "all" | readonly string[];
  /** Whether every bench runs once, with tiny counts. */
  readonly bench: boolean;
  /** One sentence for each decision. */
  readonly why: readonly string[];
}

/** Read by every test or by the tools that run them, or not by import at all. */
const EVERYTHING = [
  /(^|\/)package\.json$/,
  /^pnpm-(lock|workspace)\.yaml$/,
  /^(vitest\.config|packages\/[^/]+\/patches\/)/,
  /(^|\/)tsconfig[^/]*\.json$/,
  /^scripts\/(?!.*\.test\.ts$)/,
];

/** These start programs of the repository, so what they run is in no graph of imports. */
const STARTS_PROGRAMS = [
  "apps/cli/src/account.int.test.ts",
  "apps/cli/src/serve-sandbox.int.test.ts",
  "packages/api/src/layout-import/import-process.int.test.ts",
];

const isTest = (file: string) => /\.(test|contract)\.tsx?$/.test(file) || /\/testing\//.test(file);
const isBrowserTest = (file: string) => /^apps\/web\/e2e\/.*\.e2e\.ts$/.test(file);
const isSource = (file: string) => /^(packages|apps)\/[^/]+\//.test(file) && !file.endsWith(".md");

/** Statements and scripts reach the tests through the code that is generated from them. */
function generatedFrom(file: string, generated: readonly string[]): readonly string[] {
  const home = file.endsWith(".sql") ? "packages/db/" : file.endsWith(".lua") ? "packages/redis/" : undefined;
  return home === undefined ? [] : generated.filter((one) => one.startsWith(home));
}

/** `generated`: the files that `pnpm gen` writes. */
export function planChanged(changed: readonly string[], generated: readonly string[]): ChangedPlan {
  const trigger = changed.find((file) => EVERYTHING.some((pattern) => pattern.test(file)));
  if (trigger !== undefined)
    return { int: "all", browser: "all", bench: true, why: [`everything: ${trigger} concerns every test`] };
  const sources = changed.filter(isSource);
  const reached = sources.flatMap((file) => [file, ...generatedFrom(file, generated)]);
  const ofServers = reached.filter((file) => !file.startsWith("apps/web/"));
  const int = ofServers.length === 0 ? [] : [...new Set([...ofServers, ...STARTS_PROGRAMS])];
  const pages = sources.find((file) => !isTest(file) && !isBrowserTest(file));
  const browser = pages === undefined ? sources.filter(isBrowserTest) : "all";
  const whyPages =
    pages === undefined
      ? whyBrowserTests(sources.filter(isBrowserTest))
      : `browser: all, since the storefront or the demo may read ${pages}`;
  const measured = changed.find((file) => file.startsWith("bench/")) ?? pages;
  const whyBench = measured === undefined ? "bench: none" : `bench: all, since they measure ${measured}`;
  return { int, browser, bench: measured !== undefined, why: [whyInt(ofServers), whyPages, whyBench] };
}

const whyInt = (files: readonly string[]) =>
  files.length === 0
    ? "int: nothing, no file of the packages or of ticketctl changed"
    : `int: what reaches ${few(files)}, and the tests that start programs`;

const whyBrowserTests = (files: readonly string[]) =>
  files.length === 0 ? "browser: nothing, no page can differ" : `browser: ${few(files)}`;

const SHOWN = 5;
function few(files: readonly string[]): string {
  const more = files.length - SHOWN;
  return `${files.slice(0, SHOWN).join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}
