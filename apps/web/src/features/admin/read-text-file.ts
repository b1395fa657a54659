import { type DecodedText, decodeText } from "@onsale/core/shared/decode-text";

/** A chosen file as text, by the same rules as in the terminal: never with letters that were lost on the way. */
export async function readTextFile(file: File): Promise<DecodedText> {
  return decodeText(new Uint8Array(await file.arrayBuffer()));
}
