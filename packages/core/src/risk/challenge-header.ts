/** Carries the solution on the call that is made again. */
export const CHALLENGE_HEADER = "x-onsale-challenge";
