import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "unit",
          include: ["{packages,apps}/*/src/**/*.test.{ts,tsx}", "scripts/**/*.test.ts"],
          exclude: ["**/*.int.test.ts", "**/node_modules/**"],
          // Pure tests share nothing that one could leave behind; a fresh module graph per file took a third of the time.
          pool: "threads",
          isolate: false,
          // Property tests take seconds, and many times that on a machine that does something else as well.
          testTimeout: 30_000,
        },
      },
      {
        test: {
          name: "int",
          include: ["{packages,apps}/*/src/**/*.int.test.ts"],
          exclude: ["**/node_modules/**"],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
