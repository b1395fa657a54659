"use client";

import { Toast } from "@base-ui/react/toast";
import { useEffect, useRef } from "react";

/**
 * Says what was taken away and how it comes back: into `value` as it is then, with all that was typed meanwhile. What is no longer
 * on the page cannot come back, so its words go with it.
 */
export function useUndo<T>(value: T): (words: string, undo: (now: T) => void) => void {
  const { add, close } = Toast.useToastManager();
  const now = useRef(value);
  useEffect(() => {
    now.current = value;
  });
  const shown = useRef<string[]>([]);
  useEffect(() => {
    const ids = shown.current;
    return () => ids.forEach((id) => close(id));
  }, [close]);
  return (words, undo) => {
    const id = add({
      title: words,
      actionProps: {
        children: "Undo",
        onClick: () => {
          close(id);
          undo(now.current);
        },
      },
    });
    shown.current.push(id);
  };
}
