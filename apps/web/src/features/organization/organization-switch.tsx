"use client";

import type { MyOrganization } from "@onsale/contract/organization";
import { useRouter } from "next/navigation";
import { type FormEvent, useRef, useState } from "react";
import { Button } from "../../ui/button.tsx";
import { chooseOrganization } from "./organization-cookie.ts";
import styles from "./organization.module.css";

type SwitchProps = { readonly mine: readonly MyOrganization[]; readonly chosen: string | null };

/** Whose lists are shown. With one organization there is nothing to choose, and its name stands there. */
export function OrganizationSwitch({ mine, chosen }: SwitchProps) {
  const [only, ...others] = mine;
  if (!only) return null;
  if (others.length === 0) return <strong className={styles["name"]}>{only.name}</strong>;
  return <Switch key={chosen} mine={mine} chosen={chosen ?? only.id} />;
}

/** With the arrow keys one passes by others on the way, so that a button says when to go; a pointer goes at once. */
function Switch({ mine, chosen }: SwitchProps & { chosen: string }) {
  const router = useRouter();
  const byKeys = useRef(false);
  const [picked, setPicked] = useState(chosen);

  function show(id: string): void {
    chooseOrganization(id);
    router.push("/admin");
    router.refresh();
  }
  function submit(event: FormEvent): void {
    event.preventDefault();
    show(picked);
  }
  return (
    <form method="post" className={styles["switch"]} onSubmit={submit}>
      <select
        aria-label="Organization"
        value={picked}
        onKeyDown={() => (byKeys.current = true)}
        onPointerDown={() => (byKeys.current = false)}
        onChange={({ currentTarget: { value } }) => {
          setPicked(value);
          if (!byKeys.current) show(value);
        }}
      >
        {mine.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
      {picked !== chosen && <Button type="submit">Show</Button>}
    </form>
  );
}
