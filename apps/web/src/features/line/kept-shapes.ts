import type { KeptPass, KeptPlace } from "./line-memory.ts";
import type { CheckIn, Standing } from "./standing.ts";

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
    (value["chime"] === undefined || typeof value["chime"] === "boolean")
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
