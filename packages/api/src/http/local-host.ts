import type { IncomingMessage } from "node:http";

const LOCAL_HOST = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d{1,5})?$/i;

/**
 * Whether this machine was asked for by a name of its own. A page on another site can have its name lead here, and would read
 * what is this machine's alone.
 */
export const asksThisMachine = ({ headers }: Pick<IncomingMessage, "headers">): boolean =>
  LOCAL_HOST.test(headers.host ?? "");
