import { createPrivateKey, createPublicKey, type KeyObject, sign, verify } from "node:crypto";

/** DER prefixes of PKCS#8 and SPKI for Ed25519 (RFC 8410): the 32 raw bytes follow. */
const PKCS8_PREFIX = Buffer.from("302e020100300506032b657004220420", "hex");
const SPKI_PREFIX = Buffer.from("302a300506032b6570032100", "hex");

export type TicketSigner = {
  readonly publicKey: string;
  readonly sign: (message: Uint8Array) => Uint8Array;
  readonly verify: (message: Uint8Array, signature: Uint8Array) => boolean;
};

/** `seed`: 32 bytes in base64url. Ed25519 is deterministic, so a ticket's code is a function of the ticket. */
export function makeTicketSigner(seed: string): TicketSigner {
  const privateKey = createPrivateKey({
    key: Buffer.concat([PKCS8_PREFIX, Buffer.from(seed, "base64url")]),
    format: "der",
    type: "pkcs8",
  });
  const publicKey = createPublicKey(privateKey);
  return {
    publicKey: publicKey
      .export({ format: "der", type: "spki" })
      .subarray(SPKI_PREFIX.length)
      .toString("base64url"),
    sign: (message) => sign(null, message, privateKey),
    verify: (message, signature) => verify(null, message, publicKey, signature),
  };
}

/** For scanners, which have only the public key: 32 bytes in base64url. */
export function makeTicketVerifier(publicKey: string): Pick<TicketSigner, "verify"> {
  const key: KeyObject = createPublicKey({
    key: Buffer.concat([SPKI_PREFIX, Buffer.from(publicKey, "base64url")]),
    format: "der",
    type: "spki",
  });
  return { verify: (message, signature) => verify(null, message, key, signature) };
}
