/** Refusals that a form tells in words. By their type: names are not kept in a build. */
const EXPECTED = new Set(["CredentialsSignin", "CallbackRouteError", "JWTSessionError"]);

/**
 * next-auth reports whatever a stranger sends to /api/auth with a stack, in lines that begin a new line for each of its frames.
 * Here it is one line without, and `note` bounds how many.
 */
export function authLogger(note: (kind: string, said: string) => void) {
  return {
    error(error: Error & { readonly type?: string }): void {
      const kind = error.type ?? error.name;
      if (!EXPECTED.has(kind)) note(kind, error.message);
    },
    warn: (code: string): void => note(code, "next-auth warns"),
    debug: (): void => undefined,
  };
}
