import type { Standing } from "@onsale/core/line/standing";
import type { CheckIn } from "./standing.ts";

/** What this browser knows about one fan's place in one line. All tabs share it. */
export type KeptPlace = {
  readonly accountId: string;
  readonly nonce: string;
  readonly standing: Standing | null;
  /** This browser's clock. */
  readonly checkedIn: { readonly atMs: number; readonly kind: CheckIn } | null;
  readonly chime?: boolean;
  /** The most fans that this browser said are in the lobby. */
  readonly lobby?: number;
};

export type KeptPass = {
  readonly accountId: string;
  readonly lineId: string;
  readonly pass: string;
  readonly expiresAtMs: number;
  readonly shopUntilMs: number;
  readonly extensionsLeft: number;
  /** When it was issued, on the server's clock and on this browser's. */
  readonly issuedAtMs: number;
  readonly keptAtMs: number;
};

/**
 * What stands in this browser's storage may be of an older page or of nobody's making. Checked by hand, because the
 * schema library would be a third of what every page loads.
 */
type Fields = Readonly<Record<string, unknown>>;

const PASS_CHARS_MAX = 2_000;
const PHASES: readonly Standing["phase"][] = ["lobby", "waiting", "inside", "over"];
const ENDS: readonly Standing["ended"][] = ["bought", "left", "expired", "removed", null];
const CHECK_INS: readonly CheckIn[] = ["present", "inside", "not_called", "lapsed"];

const isFields = (value: unknown): value is Fields => typeof value === "object" && value !== null;
const isOneOf = (list: readonly unknown[], value: unknown) => list.includes(value);
const allOf = (type: "string" | "number", fields: Fields, names: readonly string[]) =>
  names.every((name) => typeof fields[name] === type);

export function isKeptPlace(value: unknown): value is KeptPlace {
  return (
    isFields(value) &&
    allOf("string", value, ["accountId", "nonce"]) &&
    /^[0-9a-f]{32}$/.test(String(value["nonce"])) &&
    (value["standing"] === null || isStanding(value["standing"])) &&
    (value["checkedIn"] === null || isCheckedIn(value["checkedIn"])) &&
    (value["chime"] === undefined || typeof value["chime"] === "boolean") &&
    (value["lobby"] === undefined || typeof value["lobby"] === "number")
  );
}

export function isKeptPass(value: unknown): value is KeptPass {
  return (
    isFields(value) &&
    allOf("string", value, ["accountId", "lineId", "pass"]) &&
    String(value["pass"]).length <= PASS_CHARS_MAX &&
    allOf("number", value, ["expiresAtMs", "shopUntilMs", "extensionsLeft", "issuedAtMs", "keptAtMs"])
  );
}

function isStanding(value: unknown): value is Standing {
  return (
    isFields(value) &&
    allOf("string", value, ["lineId", "eventId", "windowKey", "entry", "ticket"]) &&
    allOf("number", value, ["extensionsLeft"]) &&
    (value["number"] === null || typeof value["number"] === "number") &&
    isOneOf(PHASES, value["phase"]) &&
    isOneOf(ENDS, value["ended"])
  );
}

function isCheckedIn(value: unknown): boolean {
  return isFields(value) && typeof value["atMs"] === "number" && isOneOf(CHECK_INS, value["kind"]);
}
