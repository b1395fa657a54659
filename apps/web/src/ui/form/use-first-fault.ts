"use client";

import { type RefObject, useEffect } from "react";

/** Takes the focus to the first field that has a fault, each time a form was read and found faulty. */
export function useFirstFault(form: RefObject<HTMLElement | null>, faults: object): void {
  useEffect(() => {
    if (Object.keys(faults).length === 0) return;
    form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [form, faults]);
}
