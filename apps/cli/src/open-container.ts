import type { Container } from "@onsale/api/compose/container";
import type { CliEnvironment } from "./config.ts";
import { CliError } from "./cli-error.ts";

/** Services are loaded and configured when the first command asks for them: `--help` and dry runs start at once. */
export function makeContainerOpener(env: CliEnvironment) {
  let opened: Promise<Container> | undefined;

  async function make(logs: boolean): Promise<Container> {
    const [{ loadConfig }, { composeContainer }] = await Promise.all([
      import("@onsale/api/config"),
      import("@onsale/api/compose/container"),
    ]);
    return composeContainer(configFrom(loadConfig, logs), { name: logs ? "worker" : "ticketctl" });
  }

  function configFrom<C>(loadConfig: (env: CliEnvironment) => C, logs: boolean): C {
    try {
      return loadConfig(logs ? env : { ...env, LOG_LEVEL: "silent" });
    } catch (cause) {
      throw new CliError(
        "bad_environment",
        { reason: cause instanceof Error ? cause.message : String(cause) },
        { cause },
      );
    }
  }

  return {
    open: ({ logs }: { logs: boolean } = { logs: false }) => (opened ??= make(logs)),
    async close(): Promise<void> {
      const container = await opened?.catch(() => undefined);
      await container?.close();
    },
  };
}
