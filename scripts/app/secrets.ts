import { randomBytes } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

export interface Secrets {
  /** Signs sessions. */
  readonly AUTH_SECRET: string;
  /** Seed of the Ed25519 key that signs tickets: 32 bytes in base64url. */
  readonly TICKET_SIGNING_KEY: string;
  /** Of the local cluster's superuser. */
  readonly databasePassword: string;
}

export function newSecrets(): Secrets {
  return {
    AUTH_SECRET: randomBytes(32).toString("base64url"),
    TICKET_SIGNING_KEY: randomBytes(32).toString("base64url"),
    databasePassword: randomBytes(18).toString("base64url"),
  };
}

/** Secrets as they were written; undefined when one is missing. */
export function parseSecrets(text: string): Secrets | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof value !== "object" || value === null) return undefined;
  const { AUTH_SECRET, TICKET_SIGNING_KEY, databasePassword } = value as Record<string, unknown>;
  if (
    typeof AUTH_SECRET !== "string" ||
    typeof TICKET_SIGNING_KEY !== "string" ||
    typeof databasePassword !== "string"
  )
    return undefined;
  return { AUTH_SECRET, TICKET_SIGNING_KEY, databasePassword };
}

/** Made once and kept, readable by the owner alone: sessions, tickets and the database outlive a restart. */
export function keepSecrets(stateDir: string): Secrets {
  const file = path.join(stateDir, "secrets.json");
  try {
    const kept = parseSecrets(readFileSync(file, "utf8"));
    if (kept !== undefined) return kept;
  } catch {
    // The first start.
  }
  const secrets = newSecrets();
  mkdirSync(stateDir, { recursive: true });
  writeFileSync(file, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 });
  return secrets;
}
