import { randomUUID } from "node:crypto";
import type { Random } from "@onsale/core/drill/random";
import { z } from "zod";

/** What fields of these names hold when they are right, so that an input gets past its schema and odd in one place only. */
export type Known = Readonly<Record<string, unknown>>;

type Schema = {
  readonly [name: string]: unknown;
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly enum?: readonly unknown[];
};

const LONG = "x".repeat(70_000);
const TEXTS = [
  "\ud800",
  "a\udc00b",
  "\u0000",
  "a\u0000b",
  "",
  " ",
  "\u202etxet",
  "\r\nBcc: a@b.example",
  "__proto__",
  "constructor",
  "' OR 1=1 --",
  "%00",
  "{{7*7}}",
  "NaN",
  "-1",
  "9".repeat(400),
  "\u{1f468}\u200d\u{1f469}\u200d\u{1f467}",
  "e\u0301".repeat(500),
  "00000000-0000-0000-0000-000000000000",
  "ffffffff-ffff-ffff-ffff-ffffffffffff",
  "javascript:alert(1)",
  "a@b",
  LONG,
];
const NUMBERS = [
  2 ** 31 - 1,
  2 ** 31,
  -(2 ** 31) - 1,
  2 ** 32,
  2 ** 53 - 1,
  2 ** 53,
  2 ** 63,
  1e308,
  -1,
  -0,
  0,
  0.5,
  1e-7,
  NaN,
  Infinity,
  8_640_000_000_000_000,
  8_640_000_000_000_001,
  -8_640_000_000_000_001,
  253_402_300_800_000,
  -62_167_219_200_001,
  // Postgres begins in 4713 BC.
  -210_866_803_200_001,
];
const OTHERS: unknown[] = [null, undefined, true, [], {}, [[]], { a: 1 }, [null], "true", { toString: 1 }];

/** Inputs of a procedure's schema, right but for one or two places, or wrong as a whole. The same seed gives the same. */
export function oddInputs(schema: z.ZodType | null, known: Known, random: Random) {
  const json = schema && (z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }) as Schema);
  const pick = <T>(all: readonly T[]): T => all[random.between(0, all.length - 1)] as T;
  const odd = () => pick([pick(TEXTS), pick(NUMBERS), pick(NUMBERS), pick(OTHERS)]);

  function right(part: Schema, name: string): unknown {
    const choices = part.anyOf ?? part.oneOf;
    if (choices) return right(pick(choices), name);
    if (part.allOf) return Object.assign({}, ...part.allOf.map((one) => right(one, name)));
    if ("const" in part) return part["const"];
    if (part.enum) return pick(part.enum);
    if (name in known) return known[name];
    switch (part.type ?? "") {
      case "object":
        return Object.fromEntries(
          Object.entries(part.properties ?? {})
            .filter(([key]) => part.required?.includes(key) || random.chance(60))
            .map(([key, value]) => [key, right(value, key)]),
        );
      case "array":
        return Array.from({ length: random.between(Number(part["minItems"] ?? 0), 3) }, () =>
          right(part.items ?? {}, name),
        );
      case "integer":
      case "number": {
        if (name.endsWith("Ms")) return Date.now() + random.between(-1_000, 1_000) * 60_000;
        const low = Math.max(Number(part["minimum"] ?? 0), -1e6);
        return random.between(low, Math.max(low, Math.min(Number(part["maximum"] ?? 100), 1e6)));
      }
      case "boolean":
        return random.chance(50);
      case "null":
        return null;
      case "string":
        if (part["format"] === "uuid") return randomUUID();
        return part["format"] === "email" ? `${randomUUID()}@fans.example` : "text";
      default:
        return "anything";
    }
  }

  function spoil(value: unknown): unknown {
    if (typeof value !== "object" || value === null || random.chance(15)) return odd();
    if (Array.isArray(value)) {
      if (value.length === 0 || random.chance(20)) return Array.from({ length: pick([1, 300]) }, odd);
      const at = random.between(0, value.length - 1);
      return value.map((item, index) => (index === at ? spoil(item) : item));
    }
    const names = Object.keys(value);
    if (names.length === 0 || random.chance(5)) return { ...value, [pick(TEXTS)]: odd() };
    const name = pick(names);
    return { ...value, [name]: spoil((value as Record<string, unknown>)[name]) };
  }

  return (): unknown => {
    if (!json || random.chance(3)) return odd();
    const input = right(json, "");
    const once = random.chance(90) ? spoil(input) : input;
    return random.chance(25) ? spoil(once) : once;
  };
}
