export interface Login {
  readonly role: string;
  readonly email: string;
  readonly password: string;
}

const isLogin = (value: unknown): value is Login =>
  typeof value === "object" &&
  value !== null &&
  ["role", "email", "password"].every((name) => typeof (value as Record<string, unknown>)[name] === "string");

/** The logins in the answer of `ticketctl seed --demo --json`. */
export function parseLogins(answer: string): readonly Login[] {
  try {
    const value: unknown = JSON.parse(answer);
    const logins = typeof value === "object" && value !== null && "logins" in value ? value.logins : [];
    return Array.isArray(logins) ? logins.filter(isLogin) : [];
  } catch {
    return [];
  }
}

/** What a newcomer needs after the start: where to look, and as whom. */
export function describeDemo(demo: {
  url: string;
  logins: readonly Login[];
  report: string | undefined;
}): string {
  const { url, logins, report } = demo;
  const width = Math.max(0, ...logins.map(({ email }) => email.length));
  const lines = [
    "",
    "Onsale is running",
    "",
    `  Storefront   ${url}`,
    `  Admin        ${url}/admin`,
    ...(report === undefined ? [] : [`  Drill        ${report}`]),
    "",
    ...logins.map(({ role, email, password }) => `  ${role.padEnd(12)} ${email.padEnd(width)}  ${password}`),
    "",
    "In a second terminal: npx pnpm ticketctl --help",
    "Press Ctrl-C to stop everything.",
    "",
  ];
  return lines.join("\n");
}
