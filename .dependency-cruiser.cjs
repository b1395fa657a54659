/** Layers as data: apps -> api -> {db, redis, providers} -> core, and apps -> words -> core. scripts/check-layers.ts also asserts how many modules were read. */
const TEST = "\\.(test|contract)\\.tsx?$|/testing/";
const PORTAL = "admin|members|organization|organization-settings|line-console|risk";
/** Pages of the storefront and all that is not the portal's alone. */
const FOR_FANS = `^apps/web/src/(app/(?!admin/)|features/(?!(${PORTAL})/)|ui/(?!(dialog|table|toast)/))`;

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    { name: "no-circular", severity: "error", from: {}, to: { circular: true } },
    {
      name: "core-is-pure",
      severity: "error",
      from: { path: "^packages/core/src", pathNot: TEST },
      to: {
        path: [
          "^packages/(contract|db|redis|providers|api|words)/",
          "^apps",
          "node_modules/(?!\\.pnpm/(zod@|@noble\\+hashes@)|zod/|@noble/hashes/)",
        ],
      },
    },
    {
      name: "core-has-no-node",
      severity: "error",
      from: { path: "^packages/core/src", pathNot: TEST },
      to: { dependencyTypes: ["core"] },
    },
    {
      name: "adapters-do-not-meet",
      severity: "error",
      from: { path: "^packages/(db|redis|providers)/", pathNot: TEST },
      to: { path: "^packages/(contract|db|redis|providers|api|words)/", pathNot: "^packages/$1/" },
    },
    {
      name: "contract-knows-core-alone",
      comment: "it is read by pages, terminal and router alike, so nothing of a server may come along",
      severity: "error",
      from: { path: "^packages/contract/src", pathNot: TEST },
      to: {
        path: "^(apps|packages)/|node_modules/(?!\\.pnpm/zod@|zod/)",
        pathNot: "^packages/(contract|core)/",
      },
    },
    {
      name: "contract-has-no-node",
      severity: "error",
      from: { path: "^packages/contract/src", pathNot: TEST },
      to: { dependencyTypes: ["core"] },
    },
    {
      name: "shapes-from-contract",
      comment:
        "what a procedure takes and answers is read in the contract; only the client itself knows the router",
      severity: "error",
      from: {
        path: "^apps/",
        pathNot: `^apps/web/(server\\.ts|src/(server|trpc)/)|^apps/cli/src/drill/drill-client\\.ts$|${TEST}`,
      },
      to: { path: "^packages/api/src/(router|page-bridge|routers/.*)\\.ts$" },
    },
    {
      name: "contract-weighs-nothing",
      comment: "pages take its types: its schemas in the browser would be a third of what a page loads",
      severity: "error",
      from: { path: "^apps/web/src", pathNot: TEST },
      to: { path: "^packages/contract/", dependencyTypesNot: ["type-only"] },
    },
    {
      name: "words-know-facts-alone",
      comment: "what people read is made of core's facts; whoever sells needs none of it",
      severity: "error",
      from: { path: "^packages/words/src", pathNot: TEST },
      to: { path: "^packages/(contract|db|redis|providers|api)/" },
    },
    {
      name: "packages-never-import-apps",
      severity: "error",
      from: { path: "^packages" },
      to: { path: "^apps" },
    },
    {
      name: "apps-reach-stores-through-api",
      severity: "error",
      from: { path: "^apps/", pathNot: TEST },
      to: { path: "^packages/(db|redis|providers)/" },
    },
    {
      name: "adapters-only-in-compose",
      comment:
        "who needs a store takes its port and is given one; the others need no connection: what a driver's error means, which migrations a build has, event files, names of sandbox cards",
      severity: "error",
      from: {
        path: "^packages/api/src",
        pathNot: `^packages/api/src/(compose/|(trpc|schema-state|event-files|risk/read-calls)\\.ts$)|${TEST}`,
      },
      to: {
        path: "^packages/(db|redis|providers)/|node_modules/(\\.pnpm/)?(ioredis|postgres|rate-limiter-flexible)[@/]",
      },
    },
    {
      name: "container-only-in-compose",
      comment: "routers, handlers and workers name the services they use",
      severity: "error",
      from: { path: "^packages/api/src", pathNot: `^packages/api/src/compose/|${TEST}` },
      to: { path: "^packages/api/src/compose/container\\.ts$" },
    },
    {
      name: "container-only-on-the-server",
      severity: "error",
      from: { path: "^apps/web/src", pathNot: "^apps/web/src/server/" },
      to: { path: "^packages/api/src", dependencyTypesNot: ["type-only"] },
    },
    {
      name: "portal-libraries-in-ui-alone",
      severity: "error",
      from: { path: "^apps/web/src", pathNot: "^apps/web/src/ui/(dialog|table|toast)/" },
      to: { path: "(^|/)(@base-ui[/+]react|@tanstack[/+]react-table)[/@]" },
    },
    {
      name: "portal-parts-not-for-fans",
      comment:
        "fans load nothing of Base UI and TanStack Table, not by a detour either: they have the browser's elements",
      severity: "error",
      from: { path: FOR_FANS },
      to: { path: "^apps/web/src/ui/(dialog|table|toast)/", reachable: true },
    },
    {
      name: "domain-before-service",
      comment: "the pure file of a domain must not know its store or service",
      severity: "error",
      from: { path: "^packages/core/src/([^/]+)/\\1\\.ts$" },
      to: { path: "^packages/core/src/$1/$1-(store|service)" },
    },
    {
      name: "resolvable",
      comment:
        "an import that leads nowhere would slip through every rule above; Next itself provides server-only",
      severity: "error",
      from: {},
      to: { couldNotResolve: true, pathNot: "^server-only$" },
    },
    { name: "not-to-test", severity: "error", from: { pathNot: TEST }, to: { path: TEST } },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "(^|/)(dist|\\.next|\\.onsale)/" },
    tsPreCompilationDeps: true,
    parser: "swc",
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default", "types"],
      extensions: [".ts", ".tsx", ".js"],
    },
  },
};
