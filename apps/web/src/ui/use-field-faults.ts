"use client";

import { type FormEvent, useState } from "react";
import { faultsAfterInput, type FieldFaults, hasFault } from "./still-faulty.ts";

/** Faults of a form whose fields keep their own values: told at a submit, and gone as soon as the field is mended. */
export function useFieldFaults(faultsOf: (form: FormData) => FieldFaults) {
  const [faults, tell] = useState<FieldFaults>({});
  return {
    faults,
    /** For what the server found. */
    tell,
    /** At a submit; whether there is nothing to tell. */
    isFine: (form: FormData): boolean => {
      const now = faultsOf(form);
      tell(now);
      return !hasFault(now);
    },
    onInput: ({ currentTarget, target }: FormEvent<HTMLFormElement>): void => {
      const now = faultsOf(new FormData(currentTarget));
      if (target instanceof HTMLElement && "name" in target && typeof target.name === "string") {
        const { name } = target;
        tell((before) => faultsAfterInput(before, name, now));
      }
    },
  };
}
