import { createServer, type Server } from "node:net";

const PORTS_TO_TRY = 200;
const LAST_PORT = 65_535;
const HOST = "127.0.0.1";

/** A port that is ours from the moment it was chosen: the socket listens, and is handed to the process that will answer. */
export interface HeldPort {
  readonly port: number;
  readonly listener: Server;
  /** Lets go of this process's end of it; a second time does nothing. */
  release(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

function hold(port: number): Promise<HeldPort | undefined> {
  return new Promise((resolve) => {
    // Nobody answers here yet: whoever comes this early is sent away rather than left waiting.
    const listener = createServer((socket) => socket.destroy());
    listener.once("error", () => resolve(undefined));
    listener.listen({ port, host: HOST, exclusive: true }, () => {
      const address = listener.address();
      const release = () =>
        new Promise<void>((done) => {
          listener.close(() => done());
        });
      resolve(
        typeof address === "object" && address !== null
          ? { port: address.port, listener, release, [Symbol.asyncDispose]: release }
          : undefined,
      );
    });
  });
}

/** The wanted port, else the next one above it that nobody has. */
export async function holdPort(wanted: number, take = hold): Promise<HeldPort> {
  const last = Math.min(wanted + PORTS_TO_TRY, LAST_PORT);
  for (let port = wanted; port <= last; port += 1) {
    const held = await take(port);
    if (held) return held;
  }
  throw new Error(`No free port between ${wanted} and ${last}.`);
}

/** A port the system hands out, for services nobody needs to find again. */
export async function holdAnyPort(): Promise<HeldPort> {
  const held = await hold(0);
  if (held) return held;
  throw new Error("The system gave no port.");
}

/**
 * For servers that can only be told a number. Somebody else may take the port before they do, so whoever starts one asks
 * whether it is its own that answers, and chooses again when it is not.
 */
export async function pickPort(wanted: number): Promise<number> {
  const held = await holdPort(wanted);
  await held.release();
  return held.port;
}

export async function anyFreePort(): Promise<number> {
  const held = await holdAnyPort();
  await held.release();
  return held.port;
}
