import { plural } from "./words.ts";

/** What bringing a database up to date did. */
export function migratedWords(applied: {
  readonly migrations: readonly string[];
  readonly objects: readonly string[];
}): string {
  const { migrations, objects } = applied;
  if (migrations.length + objects.length === 0) return "The database is up to date";
  const names = migrations.length === 0 ? "" : `: ${migrations.join(", ")}`;
  return `${plural(migrations.length, "migration")} and ${plural(objects.length, "function or trigger", "functions and triggers")} applied${names}`;
}
