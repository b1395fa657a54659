/** The contract that was written down: its number and what it says. */
export type Contract = { readonly number: number; readonly lines: readonly string[] };

export function contractText({ number, lines }: Contract): string {
  return [`contract ${number}`, ...lines, ""].join("\n");
}

export function parseContract(text: string): Contract {
  const [head, ...lines] = text.trimEnd().split("\n");
  return { number: Number(/^contract (\d+)$/.exec(head ?? "")?.[1]), lines };
}

/**
 * Why the number must be raised; null: it may stay. What is new takes nothing from a process that does not know of it; what
 * is gone or other than before does.
 */
export function whyNewNumber(written: Contract, now: Contract): string | null {
  if (now.number > written.number) return null;
  if (now.number < written.number) return `contract ${now.number} was used before ${written.number}`;
  const kept = new Set(now.lines);
  const broken = written.lines.filter((line) => !kept.has(line));
  if (broken.length === 0) return null;
  return `a process of contract ${now.number} still counts on what changed: ${broken.join("; ")}. Raise c_contract in functions/shared/guard_tx.sql, then run pnpm gen and pnpm schema.`;
}
