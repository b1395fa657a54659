/** By field; undefined: nothing is wrong with it. */
export type FieldFaults = Readonly<Record<string, string | undefined>>;

/**
 * What the last submit found and is still there, in the words of now: a fault goes as soon as its field is mended, and what
 * was not told at the submit is not told while somebody types.
 */
export function stillFaulty(found: FieldFaults, now: FieldFaults): Record<string, string> {
  const still: Record<string, string> = {};
  for (const [field, words] of Object.entries(now))
    if (words !== undefined && found[field] !== undefined) still[field] = words;
  return still;
}

/** After something was typed into one field: only its own fault is judged anew, others may be the server's. */
export function faultsAfterInput(found: FieldFaults, field: string, now: FieldFaults): FieldFaults {
  return found[field] === undefined ? found : { ...found, [field]: now[field] };
}

export const hasFault = (faults: FieldFaults): boolean =>
  Object.values(faults).some((words) => words !== undefined);
