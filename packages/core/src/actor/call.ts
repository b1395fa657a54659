/** What a request tells about the program that sent it. Every sign can be forged: they add up, none decides alone. */
export type ClientSigns = {
  readonly userAgent: string | null;
  readonly hasLanguage: boolean;
  /** Sec-Fetch-Site: browsers send it with every request since 2023, and scripts in pages cannot set it. */
  readonly hasFetchMetadata: boolean;
  /** The random name that the page keeps in this browser; null when none was sent. */
  readonly device: string | null;
  /** The page saw navigator.webdriver: the browser is steered by a program. */
  readonly webdriver: boolean;
};

/** From where somebody asks, and with what. Who asks is the actor. */
export type Call = {
  /** The peer's address, past trusted proxies. */
  readonly address: string;
  /** A name for the session cookie, from which the cookie cannot be told; null without one. */
  readonly session: string | null;
  /** null: the call did not come over HTTP, and nothing is read into what it lacks. */
  readonly client: ClientSigns | null;
  /** The pass of a sale's line, as the client sent it; whoever sells checks it. */
  readonly pass: string | null;
  /** The answer to a challenge, as the browser sent it. */
  readonly answer: string | null;
};

/** A call with nothing but a pass: of a program inside this installation. */
export const insideCall = (pass: string | null = null): Call => ({
  address: "inside",
  session: null,
  client: null,
  pass,
  answer: null,
});
