import { createHash } from "node:crypto";
import { makeTicketSigner, makeTicketVerifier } from "@onsale/api/keys/ticket-signer";
import type { DrillReport } from "@onsale/core/drill/drill-report";
import type { ReportSignature, SignedReport } from "@onsale/core/drill/report-schema";
import canonicalize from "canonicalize";

/**
 * What is signed: the report with `signature` but for its `value`, as canonical JSON (RFC 8785: UTF-8, keys sorted, no white
 * space). So the key and the time are signed as well. Commit, seed and machine are fields of the report.
 */
function signedBytes(report: DrillReport, { algorithm, publicKey, signedAt }: ReportSignature): Uint8Array {
  const text = canonicalize({ ...report, signature: { algorithm, publicKey, signedAt } });
  return Buffer.from(text ?? "", "utf8");
}

/** `seed`: 32 bytes in base64url. */
export function signReport(
  report: DrillReport,
  { seed, nowMs }: { readonly seed: string; readonly nowMs: number },
): SignedReport {
  const signer = makeTicketSigner(seed);
  const unsigned: ReportSignature = {
    algorithm: "Ed25519",
    publicKey: signer.publicKey,
    signedAt: new Date(nowMs).toISOString(),
    value: "",
  };
  const value = Buffer.from(signer.sign(signedBytes(report, unsigned))).toString("base64url");
  return { ...report, signature: { ...unsigned, value } };
}

export function isSignedBy({ signature, ...report }: SignedReport): boolean {
  // A last character carries bits that decoding drops; only one way to write them is the signer's.
  const isPlain = [signature.value, signature.publicKey].every(
    (text) => Buffer.from(text, "base64url").toString("base64url") === text,
  );
  if (!isPlain) return false;
  try {
    const { verify } = makeTicketVerifier(signature.publicKey);
    return verify(signedBytes(report, signature), Buffer.from(signature.value, "base64url"));
  } catch {
    // A lone surrogate in a text has no canonical form; 32 bytes need not be a point of the curve.
    return false;
  }
}

/** Short enough to read out: as OpenSSH prints keys. */
export function fingerprintOf(publicKey: string): string {
  const hash = createHash("sha256").update(Buffer.from(publicKey, "base64url"));
  return `SHA256:${hash.digest("base64").replace(/=+$/, "")}`;
}
