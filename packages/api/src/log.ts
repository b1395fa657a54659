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
