import { createHmac } from "node:crypto";
import type { SigningKeys } from "@onsale/core/shared/signing-keys";
import type { Config } from "../config.ts";

/** What keys are derived from: the first secret makes, all are read (docs/configuration.md, "Another AUTH_SECRET"). */
export type AuthSecrets = Config["authSecrets"];

/** A key of its own for each use, derived so that there is one secret to keep; whoever learns one learns no other. */
export function keyFor(use: string, secret: string): Buffer {
  return createHmac("sha256", secret).update(use).digest();
}

export function keysFor(use: string, [newest, ...earlier]: AuthSecrets): SigningKeys {
  return [keyFor(use, newest), ...earlier.map((secret) => keyFor(use, secret))];
}

export const EMAIL_CODES = "onsale e-mail codes 1";
/** Passes and line tickets. */
export const LINE_PASSES = "onsale line passes v1";
export const ACCESS_CODES = "onsale access codes 1";
export const INVITATIONS = "onsale invitations 1";
export const PASSWORD_RESETS = "onsale password resets 1";
export const SESSIONS = "onsale sessions 1";
export const KNOWN_DEVICES = "onsale known devices 1";
