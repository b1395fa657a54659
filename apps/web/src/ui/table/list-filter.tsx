import Link from "next/link";
import type { ReactNode } from "react";
import { Button, ButtonLink } from "../button.tsx";
import { EmptyState } from "../empty-state.tsx";
import styles from "./list-filter.module.css";
import { isNarrowed, listLink, type ListParams, wholeList } from "./list-link.ts";

type Narrowed = {
  readonly path: string;
  /** All that the address says of the list. */
  readonly params: ListParams;
  /** Those of them that narrow it; the others, its order, are kept. */
  readonly filters: readonly string[];
};

/** What narrows a list stands in its address and works without a script; another filter begins at the first page. */
export function ListFilter({ path, params, filters, children }: Narrowed & { readonly children: ReactNode }) {
  const kept = Object.entries(params).filter(
    ([name, value]) => name !== "after" && value !== "" && !filters.includes(name),
  );
  return (
    <search>
      <form
        // Its fields keep what was typed; another address has others.
        key={listLink(path, params)}
        action={path}
        className={styles["tools"]}
      >
        {children}
        {kept.map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        <Button type="submit">Show</Button>
        {isNarrowed(params, filters) && (
          <Link className="tap" href={wholeList(path, params, filters)}>
            Show all
          </Link>
        )}
      </form>
    </search>
  );
}

/** Nothing fits: how to have the whole list again. */
export function NothingFits({ path, params, filters, nouns }: Narrowed & { readonly nouns: string }) {
  return (
    <EmptyState
      title={`No ${nouns} fit what you look for.`}
      action={<ButtonLink href={wholeList(path, params, filters)}>{`Show all ${nouns}`}</ButtonLink>}
    >
      Fewer or shorter words find more.
    </EmptyState>
  );
}

type TextProps = { readonly label: string; readonly value: string };

export function FilterText({ label, value }: TextProps) {
  return (
    <label>
      {label}
      <input type="search" name="q" defaultValue={value} maxLength={100} />
    </label>
  );
}

type ChoiceProps = TextProps & {
  readonly name: string;
  /** What is shown where nothing is chosen. */
  readonly all: string;
  readonly options: readonly (readonly [value: string, words: string])[];
};

export function FilterChoice({ label, name, value, all, options }: ChoiceProps) {
  return (
    <label>
      {label}
      <select name={name} defaultValue={value}>
        <option value="">{all}</option>
        {options.map(([key, words]) => (
          <option key={key} value={key}>
            {words}
          </option>
        ))}
      </select>
    </label>
  );
}
