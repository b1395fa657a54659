import { z } from "zod";
import { rule } from "./schema-rule.ts";
import { Uuid } from "./ids.ts";

/**
 * The part of an address that names one thing. Never what could be an id: things are found by either, and a slug that is
 * the id of another's thing would stand in its place.
 */
export const slugSchema = ({ max }: { readonly max: number }) =>
  z
    .string()
    .max(max)
    .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, rule("slug"))
    .refine((text) => !Uuid.safeParse(text).success, rule("slug_is_id"));
