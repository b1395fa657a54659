"use client";

import type { ReactNode } from "react";
import { Actions } from "../../ui/actions.tsx";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog/dialog.tsx";

type AskProps = {
  readonly title: string;
  /** The words of both buttons. */
  readonly doIt: string;
  readonly keep: string;
  /** There is something to do. */
  readonly isReady?: boolean;
  readonly onDo: () => void;
  readonly onClose: () => void;
  readonly children: ReactNode;
};

/** A question before something that others notice: what will be, and both ways on. Open for as long as it is there. */
export function AskDialog({ title, doIt, keep, isReady = true, onDo, onClose, children }: AskProps) {
  return (
    <Dialog open title={title} onClose={onClose}>
      {children}
      <Actions>
        <Button onClick={onClose}>{keep}</Button>
        <Button
          disabled={!isReady}
          onClick={() => {
            onDo();
            onClose();
          }}
        >
          {doIt}
        </Button>
      </Actions>
    </Dialog>
  );
}
