"use client";

import type { Locale } from "@onsale/core/shared/locale";
import { useState } from "react";
import { useLocale } from "../../features/locale/locale-context.tsx";
import { type FieldFaults, hasFault, stillFaulty } from "../still-faulty.ts";
import { clashes, isSameForm, mergeForms } from "./merge-forms.ts";

/** What stands there, and the version at which it was read; of something new it is 0. */
type Stand<Form> = { readonly form: Form; readonly version: number };

type Rules<Form> = {
  readonly faultsOf: (form: Form, locale: Locale) => FieldFaults;
  /** Where a field holds more than one thing that two people may change. */
  readonly merge?: typeof mergeForms<Form & object>;
};

/** What is typed, what it was typed over, and what the last submit found wrong with it. */
export function useForm<Form extends object>(start: () => Stand<Form>, rules: Rules<Form>) {
  const [base, setBase] = useState(start);
  const [form, setForm] = useState(base.form);
  const [found, tell] = useState<FieldFaults>({});
  const { faultsOf, merge = mergeForms } = rules;
  const locale = useLocale();
  return {
    form,
    /** Of whoever types, for what is said of it. */
    locale,
    base: base.form,
    version: base.version,
    set: (patch: Partial<Form>) => setForm((before) => ({ ...before, ...patch })),
    /** At a submit; nothing is wrong: an empty one. */
    tell,
    /** This stands there now, and nobody has typed over it. */
    start: (now: Stand<Form>) => {
      setForm(now.form);
      setBase(now);
    },
    /** Somebody else saved: from theirs, or with mine typed on top of it. */
    goOnFrom: (theirs: Stand<Form>, keepMine: boolean) => {
      setForm(keepMine ? merge({ base: base.form, mine: form, theirs: theirs.form }) : theirs.form);
      setBase(theirs);
      tell({});
    },
    clashesWith: (theirs: Form) => clashes({ base: base.form, mine: form, theirs }),
    /** For its shell. */
    shell: {
      unsaved: !isSameForm(form, base.form),
      found,
      faults: hasFault(found) ? stillFaulty(found, faultsOf(form, locale)) : found,
    },
  };
}
