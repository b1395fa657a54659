import type { Recounted } from "@onsale/core/inventory/inventory-facts-store";

const COUNTED: Readonly<Record<Recounted["counter"], (of: string) => string>> = {
  fan: (of) => `tickets of account ${of}`,
  area_claimed: (of) => `places in checkout of standing area ${of}`,
  area_sold: (of) => `places sold of standing area ${of}`,
  presale: (of) => `places of the presale ${of}`,
};

export const recountedWords = ({ counter, of, before, after }: Recounted): string =>
  `The ${COUNTED[counter](of)} were counted as ${before}; by the orders they are ${after}, and so the counter says now.`;
