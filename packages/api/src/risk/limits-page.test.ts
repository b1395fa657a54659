import { readFileSync } from "node:fs";
import path from "node:path";
import { CHALLENGE_AT, COUNTED, HARD_AT, REFUSE_AT, SEEN } from "@onsale/core/risk/risk-score";
import { expect, test } from "vitest";
import { FAILURES } from "@onsale/core/account/sign-in-tries";
import { LIMITS } from "@onsale/core/risk/limits";

const page = readFileSync(path.join(import.meta.dirname, "../../../../docs/limits.md"), "utf8");
type Bucket = { points: number; seconds: number; burst?: { points: number; seconds: number } };

const rate = ({ points, seconds }: Bucket) => `${points} / ${seconds === 60 ? "min" : `${seconds} s`}`;
const said = (bucket: Bucket | undefined) =>
  bucket ? rate(bucket) + (bucket.burst ? ` + ${rate(bucket.burst)}` : "") : "";

test("docs/limits.md says every limit as it is, and no other", () => {
  const rows = [...page.matchAll(/^\| `(\w+)` \| [^|\n]+ \|([^|\n]*)\|([^|\n]*)\|([^|\n]*)\|$/gm)];
  const told = rows.map(([, name, ...cells]) => [name, ...cells.map((cell) => cell.trim())]);
  const real =
    Object.entries<Partial<Record<"account" | "session" | "address" | "instrument", Bucket>>>(LIMITS);
  expect(told).toEqual(
    real.map(([name, rule]) => [name, said(rule.account), said(rule.address), said(rule.instrument)]),
  );
  const withSession = real.filter(([, rule]) => rule.session);
  for (const [, { account, session }] of withSession) expect(session).toEqual(account);
});

test("docs/limits.md says after how many wrong passwords a check is needed", () => {
  for (const [bucket, { points, seconds }] of Object.entries(FAILURES))
    expect(page).toMatch(new RegExp(`^\\| \`${bucket}\`: [^|]+ \\| ${points} / ${seconds} s \\|$`, "m"));
});

test("docs/limits.md says every sign with its points, and the thresholds", () => {
  for (const [sign, steps] of Object.entries(COUNTED)) {
    const points = steps.map(([from, worth]) => `${from}: ${worth}`).join(", ");
    expect(page).toMatch(new RegExp(`^\\| \`${sign}\`: [^|]+ \\| ${points} \\|$`, "m"));
  }
  for (const [sign, points] of Object.entries(SEEN))
    expect(page).toMatch(new RegExp(`^\\| \`${sign}\`: [^|]+ \\| ${points} \\|$`, "m"));
  expect(page).toContain(`from ${CHALLENGE_AT} it must solve a challenge, from ${REFUSE_AT} it is refused`);
  expect(page).toContain(`From ${HARD_AT} the challenge is five times the work`);
});
