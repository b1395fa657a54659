import { countWords } from "@onsale/core/shared/page";
import Link from "next/link";
import { Pager } from "../../ui/pager.tsx";
import { listLink, type ListParams } from "../../ui/table/list-link.ts";

type Props = {
  readonly path: string;
  /** What the list was narrowed by, and `after`: where this page begins. */
  readonly params: ListParams;
  readonly page: { readonly items: readonly unknown[]; readonly total: number; readonly next: string | null };
  readonly nouns: readonly [one: string, many: string];
};

/** How many there are in all, and the way on; every page of a list is a link of its own. */
export function Pages({ path, params, page, nouns }: Props) {
  if (page.total === 0) return null;
  const href = (after: string) => listLink(path, { ...params, after });
  return (
    <Pager label="Pages" words={countWords(page.items.length, page.total, nouns)}>
      {params["after"] && (
        <Link className="tap" href={href("")}>
          Back to the first
        </Link>
      )}
      {page.next !== null && (
        <Link className="tap" href={href(page.next)}>
          Next page
        </Link>
      )}
    </Pager>
  );
}
