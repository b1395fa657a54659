import { basename } from "node:path";
import type { SqlObject } from "./sql-object.ts";

const FUNCTION = /^CREATE OR REPLACE FUNCTION (\w+)(\([\s\S]*?\)\s+RETURNS\s[\s\S]*?)\s+LANGUAGE\s/;
const TRIGGER =
  /^CREATE (?:CONSTRAINT )?TRIGGER (\w+)\s[\s\S]*?\sON\s+(\w+)\s[\s\S]*\sEXECUTE FUNCTION (\w+)\(/;

/** The one function of functions/<domain>/<name>.sql and the triggers that run it. */
export function parseFunctionFile(path: string, text: string): SqlObject[] {
  const name = basename(path, ".sql");
  const [first, ...others] = statementsOf(text);
  const made = FUNCTION.exec(first ?? "");
  if (made?.[1] !== name)
    throw new Error(`functions/${path}: it must begin with CREATE OR REPLACE FUNCTION ${name}(...)`);
  return [
    {
      name: `FUNCTION ${name}`,
      signature: (made[2] ?? "").replaceAll(/\s+/g, " "),
      sql: first ?? "",
    },
    ...others.map((sql) => {
      const [, trigger, table, runs] = TRIGGER.exec(sql) ?? [];
      if (runs !== name)
        throw new Error(`functions/${path}: beside its function a file has only triggers that run it`);
      return { name: `TRIGGER ${trigger} ON ${table}`, signature: "", sql };
    }),
  ];
}

/** Without the comments between them, so that words may change without another thing being created. */
function statementsOf(text: string): string[] {
  const statements: string[] = [];
  let statement = "";
  for (const [token] of text.matchAll(/--[^\n]*|'(?:[^']|'')*'|\$\$[\s\S]*?\$\$|;|[^;$'-]+|[\s\S]/g)) {
    if (statement.trim() === "" && token.startsWith("--")) continue;
    statement += token;
    if (token !== ";") continue;
    statements.push(statement.trim());
    statement = "";
  }
  if (statement.trim() !== "") statements.push(statement.trim());
  return statements;
}
