import { safeNodeFor } from "@onsale/core/shared/node-floor";
import { type Logger, pino } from "pino";

/** JSON lines on stderr; what could identify a person or open a door never gets in. */
export function makeLogger(level: string, name: string): Logger {
  return pino(
    {
      name,
      level,
      redact: {
        paths: [
          "req.headers",
          "*.cookie",
          "*.password",
          "*.token",
          "*.email",
          "cookie",
          "password",
          "token",
          "email",
        ],
        remove: true,
      },
    },
    pino.destination({ dest: 2, sync: false }),
  );
}
export type { Logger } from "pino";

export function noteUnsafeNode(log: Logger): void {
  const safe = safeNodeFor(process.version);
  if (safe !== null)
    log.warn({ node: process.version }, `this Node has known security holes: use ${safe} or newer`);
}
