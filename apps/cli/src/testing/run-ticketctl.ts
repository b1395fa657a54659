import type { Container } from "@onsale/api/compose/container";
import type { CliEnvironment } from "../config.ts";
import { makeOutput } from "../output.ts";
import { runCli } from "../program.ts";

type Ran = { readonly code: number; readonly out: string; readonly err: string };

/** ticketctl in this process over a container that is open, into pipes: without colours and progress. */
export async function runTicketctl(
  container: Container,
  args: readonly string[],
  env: CliEnvironment = {},
): Promise<Ran> {
  const out: string[] = [];
  const err: string[] = [];
  const code = await runCli([...args], {
    output: makeOutput({
      stdout: (text) => void out.push(text),
      stderr: (text) => void err.push(text),
      stdoutIsTty: false,
      stderrIsTty: false,
      wantsColor: false,
      columns: 100,
    }),
    env,
    container: () => Promise.resolve(container),
    signal: new AbortController().signal,
  });
  return { code, out: out.join(""), err: err.join("") };
}

/** With --json, and its answer read. */
export async function askTicketctl(container: Container, ...args: readonly string[]) {
  const { code, out } = await runTicketctl(container, [...args, "--json"]);
  return { code, answer: JSON.parse(out) as Record<string, unknown> };
}
