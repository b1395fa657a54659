import { makeTerminal } from "./terminal.ts";
import { makeOutput } from "./output.ts";
import { readEnvironment } from "./config.ts";
import { makeContainerOpener } from "./open-container.ts";
import { runCli } from "./program.ts";
import { EXIT } from "./exit-codes.ts";

const env = readEnvironment();
const stop = new AbortController();
let signalCode: number = EXIT.ok;
for (const [signal, code] of [
  ["SIGINT", EXIT.interrupted],
  ["SIGTERM", EXIT.terminated],
] as const) {
  process.on(signal, () => {
    // A second Ctrl-C means: now.
    if (stop.signal.aborted) process.exit(code);
    signalCode = code;
    stop.abort();
  });
}

const containers = makeContainerOpener(env);
const code = await runCli(process.argv.slice(2), {
  output: makeOutput(makeTerminal(env)),
  env,
  container: containers.open,
  signal: stop.signal,
});
await containers.close();
// A worker that SIGTERM let finish has done its work; Ctrl-C says so to the shell that waits.
process.exit(signalCode === EXIT.interrupted ? signalCode : code);
