import type { Container } from "@onsale/api/container";
import { AppError } from "@onsale/core/shared/errors";
import type { CliEnvironment } from "./config.ts";

/** Services are loaded and configured when the first command asks for them: `--help` and dry runs start at once. */
export function makeContainerOpener(env: CliEnvironment) {
  let opened: Promise<Container> | undefined;

  async function make(): Promise<Container> {
    const [{ loadConfig }, { makeContainer }] = await Promise.all([
      import("@onsale/api/config"),
      import("@onsale/api/container"),
    ]);
    return makeContainer(configFrom(loadConfig), { name: "ticketctl" });
  }

  function configFrom<C>(loadConfig: (env: CliEnvironment) => C): C {
    try {
      return loadConfig(env);
    } catch (cause) {
      throw new AppError("input.invalid", cause instanceof Error ? cause.message : String(cause), { cause });
    }
  }

  return {
    open: () => (opened ??= make()),
    async close(): Promise<void> {
      const container = await opened?.catch(() => undefined);
      await container?.close();
    },
  };
}
