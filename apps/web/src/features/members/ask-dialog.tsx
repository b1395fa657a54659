"use client";

import { type ReactNode, useEffect, useRef } from "react";
import { Button } from "../../ui/button.tsx";
import moves from "../admin/event-moves.module.css";

const DO_IT = "do";

/** A question before something that others notice: what will be, and both ways on. Open for as long as it is there. */
export function AskDialog({
  title,
  doIt,
  keep,
  isReady = true,
  onDo,
  onClose,
  children,
}: {
  title: string;
  /** The words of both buttons. */
  doIt: string;
  keep: string;
  /** There is something to do. */
  isReady?: boolean;
  onDo: () => void;
  onClose: () => void;
  children: ReactNode;
}) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (!dialog.current?.open) dialog.current?.showModal();
  }, []);
  return (
    <dialog ref={dialog} className={moves["dialog"]} aria-labelledby="ask-title" onClose={onClose}>
      <h2 id="ask-title">{title}</h2>
      {children}
      <form
        method="dialog"
        className={moves["buttons"]}
        onSubmit={({ nativeEvent }) => {
          const { submitter } = nativeEvent as SubmitEvent;
          if (submitter?.getAttribute("value") === DO_IT) onDo();
        }}
      >
        <Button type="submit">{keep}</Button>
        <Button type="submit" value={DO_IT} disabled={!isReady}>
          {doIt}
        </Button>
      </form>
    </dialog>
  );
}
