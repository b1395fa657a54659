"use client";

import { Dialog as Base } from "@base-ui/react/dialog";
import type { ReactNode } from "react";
import styles from "./dialog.module.css";

type DialogProps = {
  readonly title: string;
  readonly open: boolean;
  /** Escape, a press beside it, or whatever in it says no. */
  readonly onClose: () => void;
  readonly children: ReactNode;
};

/** A question before anything else goes on: the focus stays in it and returns to where it came from. */
export function Dialog({ title, open, onClose, children }: DialogProps) {
  return (
    <Base.Root
      open={open}
      onOpenChange={(next) => {
        if (!next) onClose();
      }}
    >
      <Base.Portal>
        <Base.Backdrop className={styles["backdrop"]} />
        <Base.Popup className={styles["popup"]}>
          <Base.Title>{title}</Base.Title>
          {children}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}
