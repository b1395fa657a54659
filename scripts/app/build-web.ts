import { explain } from "../bootstrap/explain.mjs";
import { lastLines, run } from "../bootstrap/run.mjs";
import { PlainError } from "../bootstrap/say.mjs";

/** No tool of the build calls home. */
export const QUIET_TOOLS = { NEXT_TELEMETRY_DISABLED: "1", TURBO_TELEMETRY_DISABLED: "1", DO_NOT_TRACK: "1" };

/** Builds the storefront, or takes it from turbo's cache when no input has changed. Returns whether it was cached. */
export async function buildWeb(root: string): Promise<boolean> {
  const args = ["run", "build", "--filter=@onsale/web", "--output-logs=new-only", "--no-color"];
  const env = { ...process.env, ...QUIET_TOOLS, NODE_ENV: "production" as const };
  const done = await run("turbo", args, { cwd: root, env });
  if (done.code !== 0)
    throw new PlainError(
      `The storefront could not be built. ${explain(done.output) ?? ""}\n\n${lastLines(done.output, 40)}`,
    );
  return done.output.includes("FULL TURBO");
}
