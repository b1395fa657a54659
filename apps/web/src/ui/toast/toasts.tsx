"use client";

import { Toast } from "@base-ui/react/toast";
import type { ReactNode } from "react";
import styles from "./toasts.module.css";

/** Long enough to read it and to find the button. */
const SHOWN_MS = 10_000;

/** What just happened, for a while, at the foot of the page; F6 leads the keys there. */
export function Toasts({ children }: { children: ReactNode }) {
  return (
    <Toast.Provider timeout={SHOWN_MS}>
      {children}
      <Toast.Portal>
        <Toast.Viewport className={styles["viewport"]}>
          <Shown />
        </Toast.Viewport>
      </Toast.Portal>
    </Toast.Provider>
  );
}

function Shown() {
  const { toasts } = Toast.useToastManager();
  return toasts.map((toast) => (
    <Toast.Root key={toast.id} toast={toast} className={styles["toast"]}>
      <Toast.Content className={styles["content"]}>
        <Toast.Title className={styles["words"]} />
        <Toast.Action className={styles["undo"]} />
      </Toast.Content>
    </Toast.Root>
  ));
}
