import { run } from "../bootstrap/run.mjs";
import { PlainError } from "../bootstrap/say.mjs";

/** Where a change is compared with when nobody says. */
const TRUNKS = ["origin/main", "main"];

async function git(root: string, ...args: string[]): Promise<string | undefined> {
  const done = await run("git", ["-c", "core.quotePath=false", ...args], { cwd: root });
  return done.code === 0 ? done.stdout.trim() : undefined;
}

const linesOf = (text: string | undefined) => (text ?? "").split("\n").filter((line) => line !== "");

/** The commit in which this work began: of `since`, else of the trunk. */
async function baseOf(root: string, since: string | undefined): Promise<string> {
  for (const name of since === undefined ? TRUNKS : [since]) {
    const base = await git(root, "merge-base", "HEAD", name);
    if (base !== undefined) return base;
  }
  throw new PlainError(
    since === undefined
      ? `There is no ${TRUNKS.join(" or ")} to compare with: say which commit, as in npm test -- --changed --since HEAD~1.`
      : `git knows no commit "${since}" that this work has in common with.`,
  );
}

/** What differs from that commit, committed or not, files that git does not know yet among it. */
export async function changedFiles(
  root: string,
  since: string | undefined,
): Promise<{ base: string; files: readonly string[] }> {
  const base = await baseOf(root, since);
  const [known, fresh] = await Promise.all([
    git(root, "diff", "--name-only", "--no-renames", base),
    git(root, "ls-files", "--others", "--exclude-standard"),
  ]);
  return { base, files: [...new Set([...linesOf(known), ...linesOf(fresh)])].toSorted() };
}
