/** Keys for one use: the first makes, all are read, so that what was made under an earlier secret is still good. */
export type SigningKeys = readonly [Uint8Array, ...Uint8Array[]];
