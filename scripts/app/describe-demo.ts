interface Login {
  readonly role: string;
  readonly email: string;
  readonly password: string;
}

/** Where a draw can be taken part in, and when it is. */
interface Lobby {
  readonly url: string;
  readonly drawsAtMs: number;
  readonly fans: number;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null;

const isLogin = (value: unknown): value is Login & Record<string, unknown> =>
  isObject(value) && ["role", "email", "password"].every((name) => typeof value[name] === "string");

const isLobby = (value: unknown): value is Lobby & Record<string, unknown> =>
  isObject(value) &&
  typeof value["url"] === "string" &&
  typeof value["drawsAtMs"] === "number" &&
  typeof value["fans"] === "number";

function readAnswer(answer: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(answer);
    return isObject(value) ? value : {};
  } catch {
    return {};
  }
}

/** The logins in the answer of `ticketctl seed --demo --json`. */
export function parseLogins(answer: string): readonly Login[] {
  const { logins } = readAnswer(answer);
  return Array.isArray(logins) ? logins.filter(isLogin) : [];
}

/** The lobby in the answer of `ticketctl seed --demo --lobby --json`. */
export function parseLobby(answer: string): Lobby | undefined {
  const { lobby } = readAnswer(answer);
  return isLobby(lobby) ? lobby : undefined;
}

/** On the clock of this machine, where whoever reads it sits. */
const clockTime = (atMs: number) => new Date(atMs).toLocaleTimeString("en-GB");

/** What a newcomer needs after the start: where to look, and as whom. */
export function describeDemo(demo: {
  url: string;
  logins: readonly Login[];
  lobby: Lobby | undefined;
  report: string | undefined;
}): string {
  const { url, logins, lobby, report } = demo;
  const widest = (column: "role" | "email") => Math.max(0, ...logins.map((login) => login[column].length));
  const lines = [
    "",
    "Onsale is running",
    "",
    `  Storefront   ${url}`,
    `  Admin        ${url}/admin`,
    ...(lobby === undefined
      ? []
      : [
          `  A draw       at ${clockTime(lobby.drawsAtMs)}; ${lobby.fans} fans are in its lobby, join them before:`,
          `               ${lobby.url}`,
        ]),
    ...(report === undefined ? [] : [`  Drill        ${report}`]),
    "",
    ...logins.map(
      ({ role, email, password }) =>
        `  ${role.padEnd(widest("role"))}  ${email.padEnd(widest("email"))}  ${password}`,
    ),
    "",
    "In a second terminal: npx pnpm ticketctl --help",
    "Press Ctrl-C to stop everything.",
    "",
  ];
  return lines.join("\n");
}
