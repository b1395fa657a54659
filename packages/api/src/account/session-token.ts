import { createHmac, timingSafeEqual } from "node:crypto";
import { SessionId } from "@onsale/core/account/session";
import type { SigningKeys } from "@onsale/core/shared/signing-keys";
import { AccountId } from "@onsale/core/shared/ids";

/** What the cookie says about its session. The row in Postgres decides; this only spares it what was made up. */
export type SessionClaims = {
  readonly id: SessionId;
  readonly accountId: AccountId;
  readonly issuedAtMs: number;
  readonly endsAtMs: number;
};
export type SessionTokens = ReturnType<typeof makeSessionTokens>;

const VERSION = "1";
const TOKEN_CHARS_MAX = 200;
const TIME = /^[0-9a-z]{1,9}$/;

/**
 * "version.session.account.issued.ends.mac", signed and not encrypted: it holds nothing that its owner may not read, and a
 * session that is new to a process costs one HMAC.
 */
export function makeSessionTokens(keys: SigningKeys) {
  const macOf = (key: Uint8Array, body: string) => createHmac("sha256", key).update(body).digest();

  return {
    sign({ id, accountId, issuedAtMs, endsAtMs }: SessionClaims): string {
      const times = [issuedAtMs, endsAtMs].map((ms) => Math.floor(ms).toString(36));
      const body = [VERSION, shortId(id), shortId(accountId), ...times].join(".");
      return `${body}.${macOf(keys[0], body).toString("base64url")}`;
    },

    /** null: made up, of another installation, or of another kind. Says nothing about whether the session is over. */
    read(token: string): SessionClaims | null {
      if (token.length > TOKEN_CHARS_MAX) return null;
      const at = token.lastIndexOf(".");
      const [body, mac] = [token.slice(0, Math.max(0, at)), Buffer.from(token.slice(at + 1), "base64url")];
      const isRight = keys.some((key) => {
        const right = macOf(key, body);
        return mac.length === right.length && timingSafeEqual(mac, right);
      });
      if (!isRight) return null;
      const [version, id, accountId, issued = "", ends = ""] = body.split(".");
      const [session, account] = [SessionId.safeParse(longId(id)), AccountId.safeParse(longId(accountId))];
      if (version !== VERSION || !session.success || !account.success) return null;
      if (!TIME.test(issued) || !TIME.test(ends)) return null;
      return {
        id: session.data,
        accountId: account.data,
        issuedAtMs: Number.parseInt(issued, 36),
        endsAtMs: Number.parseInt(ends, 36),
      };
    },
  };
}

const shortId = (id: string) => Buffer.from(id.replaceAll("-", ""), "hex").toString("base64url");

function longId(short: string | undefined): string {
  const hex = Buffer.from(short ?? "", "base64url").toString("hex");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
