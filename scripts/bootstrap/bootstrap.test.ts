import { describe, expect, test } from "vitest";

import { explain } from "./explain.mjs";
import { checkStartingNode, isAtLeast } from "./node-version.mjs";

describe("Node's version", () => {
  test.each([
    ["v20.9.0", true],
    ["v20.8.1", false],
    ["v18.20.0", false],
    ["v24.0.0", true],
  ])("%s is at least 20.9: %s", (version, enough) => {
    expect(isAtLeast(version, [20, 9])).toBe(enough);
  });

  test("one that is too old is told what to install", () => {
    expect(() => checkStartingNode("v18.20.0")).toThrow(
      /Node v18\.20\.0 is too old: install Node 20\.9 or newer/,
    );
  });
});

describe("explain", () => {
  test.each([
    ["initdb: could not write: No space left on device", /disk is full/],
    ["Failed to write to file: No\n      space left on device (os error 28)", /disk is full/],
    ["ENOSPC: no space left on device, write", /disk is full/],
    ["npm error code EAI_AGAIN getaddrinfo EAI_AGAIN registry.npmjs.org", /No network/],
    ["error sending request for url (https://registry.npmjs.org/zod)", /No network/],
    ["Temporary failure resolving 'deb.debian.org'", /No network/],
    ["self-signed certificate in chain: SELF_SIGNED_CERT_IN_CHAIN", /certificate is not trusted/],
    ["mkdir: EACCES: permission denied", /No permission/],
  ])("%s", (output, sentence) => {
    expect(explain(output)).toMatch(sentence);
  });

  test("does not guess", () => {
    expect(explain("ERR_PNPM_OUTDATED_LOCKFILE")).toBeUndefined();
  });
});
