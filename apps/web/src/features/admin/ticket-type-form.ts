import { tidyText } from "@onsale/core/shared/human-text";
import { isSameLabel } from "@onsale/core/shared/label";
import type { PriceForm } from "./price-form.ts";
import { ticketTypeKey } from "./slug.ts";

type TypeForm = PriceForm["types"][number];

const NAME_MAX = 80;

/** One more ticket type, under a key that no other has; in words why not. */
export function withType(
  types: readonly TypeForm[],
  name: string,
): { readonly types: readonly TypeForm[] } | { readonly fault: string } {
  const label = tidyText(name);
  if (label === "") return { fault: "Give the new ticket type a name." };
  if (label.length > NAME_MAX)
    return {
      fault: `The name of a ticket type has at most ${NAME_MAX} characters; this has ${label.length}.`,
    };
  const same = (other: string) => isSameLabel(other.toLowerCase(), label.toLowerCase());
  if (types.some((type) => same(type.label))) return { fault: `There is a ticket type "${label}" already.` };
  const wanted = ticketTypeKey(label);
  let key = wanted;
  for (let n = 2; types.some((type) => type.key === key); n += 1) key = `${wanted.slice(0, 36)}-${n}`;
  return { types: [...types, { key, label }] };
}
