import { globSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";

const SOURCE = path.resolve(import.meta.dirname, "../..");

/** Until its script runs, the browser itself sends a form, and by default puts all that is in it into the address. */
test("no form that a script handles can put a password or a code into an address before the script is there", () => {
  const forms = globSync("**/*.tsx", { cwd: SOURCE }).flatMap((name) =>
    [...readFileSync(path.join(SOURCE, name), "utf8").matchAll(/<form\b[^>]*/g)].map(
      ([tag]) => `${name}: ${tag}`,
    ),
  );
  const handled = forms.filter((form) => form.includes("onSubmit"));
  expect(handled.length).toBeGreaterThan(8);
  // A form of a dialog only closes it.
  expect(handled.filter((form) => !/method="(?:post|dialog)"/.test(form))).toEqual([]);
});
