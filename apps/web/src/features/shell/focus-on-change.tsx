"use client";

import { usePathname } from "next/navigation";
import { useEffect, useRef } from "react";

/** After a change of page without a load the focus is on what was pressed, which is gone; the new page's content gets it. */
export function FocusOnChange() {
  const path = usePathname();
  const shown = useRef(path);
  useEffect(() => {
    if (shown.current === path) return;
    shown.current = path;
    const isLost = document.activeElement === null || document.activeElement === document.body;
    if (isLost || !document.activeElement?.closest("main"))
      document.getElementById("main")?.focus({ preventScroll: true });
  }, [path]);
  return null;
}
