import { parseArgs } from "node:util";

import { PlainError } from "../bootstrap/say.mjs";

/** The static checks run beside the unit tests, and are told of after them. */
const PER_CHANGE = ["unit", "static", "int", "browser", "bench"] as const;
const LONG = ["int", "oldest", "drills"] as const;
export type Stage = (typeof PER_CHANGE | typeof LONG)[number];

export interface Wanted {
  readonly stages: readonly Stage[];
  /** Every repetition that a change does not wait for. */
  readonly isLong: boolean;
  /** Only what a change can break. */
  readonly isChanged: boolean;
  /** Since which commit; undefined: since the trunk. */
  readonly since: string | undefined;
}

/** What the arguments of `npm test` and `pnpm test:long` ask for. */
export function wantedOf(args: readonly string[]): Wanted {
  const options = {
    only: { type: "string", multiple: true },
    long: { type: "boolean", default: false },
    changed: { type: "boolean", default: false },
    since: { type: "string" },
  } as const;
  const { values } = parseArgs({ args: [...args], options });
  const known: readonly Stage[] = values.long ? LONG : PER_CHANGE;
  const named = values.only?.flatMap((list) => list.split(",")) ?? known;
  const unknown = named.find((name) => !known.some((stage) => stage === name));
  if (unknown !== undefined)
    throw new PlainError(`There is no stage "${unknown}": --only takes ${known.join(", ")}.`);
  return {
    stages: known.filter((stage) => named.includes(stage)),
    isLong: values.long,
    isChanged: values.changed || values.since !== undefined,
    since: values.since,
  };
}
