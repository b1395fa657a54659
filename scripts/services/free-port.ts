import { createServer } from "node:net";

const PORTS_TO_TRY = 200;
const LAST_PORT = 65_535;

/** Whether nobody listens on this loopback port, asked by binding it. */
export function isPortFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen({ port, host: "127.0.0.1", exclusive: true }, () => server.close(() => resolve(true)));
  });
}

/** The wanted port, else the next one above it that is free. */
export async function pickPort(
  wanted: number,
  isFree: (port: number) => Promise<boolean> = isPortFree,
): Promise<number> {
  const last = Math.min(wanted + PORTS_TO_TRY, LAST_PORT);
  for (let port = wanted; port <= last; port += 1) if (await isFree(port)) return port;
  throw new Error(`No free port between ${wanted} and ${last}.`);
}

/** A port the system hands out, for services nobody needs to find again. */
export function anyFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen({ port: 0, host: "127.0.0.1" }, () => {
      const address = server.address();
      server.close(() =>
        typeof address === "object" && address !== null
          ? resolve(address.port)
          : reject(new Error("The system gave no port.")),
      );
    });
  });
}
