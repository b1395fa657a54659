import { createHash } from "node:crypto";
import type { SqlObject } from "./sql-object.ts";

export type AppliedObject = { readonly name: string; readonly sha256: string; readonly signature: string };

/** What brings the functions and triggers of a database to those of this build. */
export type ObjectPlan = {
  readonly drop: readonly string[];
  readonly create: readonly SqlObject[];
  /** What is new or other than before, by name. */
  readonly changed: readonly string[];
  /** What no file has any more. */
  readonly forget: readonly string[];
};

const isFunction = ({ name }: { readonly name: string }) => name.startsWith("FUNCTION ");

export function checksum(sql: string): string {
  return createHash("sha256").update(sql).digest("hex");
}

/**
 * Only what changed, because making a trigger waits for everybody who writes to its table. After a migration every function is
 * made again: the migration may have dropped one whose types it changed, and a function waits for nobody.
 */
export function planObjects(
  applied: readonly AppliedObject[],
  wanted: readonly SqlObject[],
  { migrated }: { readonly migrated: boolean },
): ObjectPlan {
  const before = new Map(applied.map((object) => [object.name, object]));
  const names = new Set(wanted.map((object) => object.name));
  const gone = applied.filter(({ name }) => !names.has(name));
  const changed = wanted.filter((object) => before.get(object.name)?.sha256 !== checksum(object.sql));
  const replaced = changed.filter((object) => {
    const old = before.get(object.name);
    return old !== undefined && (!isFunction(object) || old.signature !== object.signature);
  });
  const drop = [...gone, ...replaced];
  const create = migrated
    ? wanted.filter((object) => isFunction(object) || changed.includes(object))
    : changed;
  return {
    // A trigger goes before the function that it runs, and comes after it.
    drop: [...drop.filter((object) => !isFunction(object)), ...drop.filter(isFunction)].map(
      ({ name }) => name,
    ),
    create: [...create.filter(isFunction), ...create.filter((object) => !isFunction(object))],
    changed: changed.map(({ name }) => name),
    forget: gone.map(({ name }) => name),
  };
}

const text = (value: string) => `'${value.replaceAll("'", "''")}'`;

/** The plan as statements of one transaction. */
export function statementsOf({ drop, create, forget }: ObjectPlan): string[] {
  const functions = create.filter(isFunction).map(({ name }) => text(name.slice("FUNCTION ".length)));
  return [
    ...drop.map((name) => `DROP ${name.replace(" ", " IF EXISTS ")};`),
    // Functions call each other in any order; what they say is looked at when all are there.
    "SET LOCAL check_function_bodies = off;",
    ...create.map(({ sql }) => sql),
    "SET LOCAL check_function_bodies = on;",
    functions.length === 0 ? "" : validating(functions),
    ...forget.map((name) => `DELETE FROM schema_object WHERE name = ${text(name)};`),
    ...create.map(
      ({ name, signature, sql }) => `INSERT INTO schema_object (name, sha256, signature)
        VALUES (${text(name)}, ${text(checksum(sql))}, ${text(signature)})
        ON CONFLICT (name) DO UPDATE SET sha256 = excluded.sha256, signature = excluded.signature;`,
    ),
    ALL_THERE,
  ].filter((statement) => statement !== "");
}

const validating = (functions: readonly string[]) => `
  SELECT CASE l.lanname WHEN 'sql' THEN fmgr_sql_validator(p.oid) ELSE plpgsql_validator(p.oid) END
  FROM pg_proc p JOIN pg_language l ON l.oid = p.prolang
  WHERE p.pronamespace = current_schema()::regnamespace AND p.proname IN (${functions.join(", ")});`;

/** A migration that drops a table and makes it again takes the triggers of it along. */
const ALL_THERE = `
  DO $check$ DECLARE v_name text; BEGIN
    SELECT o.name INTO v_name FROM schema_object o
    WHERE o.name LIKE 'TRIGGER %' AND NOT EXISTS (
      SELECT FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
      WHERE c.relnamespace = current_schema()::regnamespace AND o.name = 'TRIGGER ' || t.tgname || ' ON ' || c.relname);
    IF FOUND THEN
      RAISE EXCEPTION '% is gone: the migration that dropped it must also delete it from schema_object', v_name;
    END IF;
  END $check$;`;
