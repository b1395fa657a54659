"use client";

import { Button } from "../../ui/button.tsx";
import { playChime, readyChime } from "./chime.ts";
import type { SceneProps } from "./scene-props.ts";

/** A sound only for those who ask; pressing plays it once, so that they know it and the browser allows it later. */
export function ChimeSwitch({ session, state }: SceneProps) {
  const turnOn = async () => {
    if (!(await readyChime())) return;
    session.setChime(true);
    playChime();
  };
  return state.chime ? (
    <Button aria-pressed="true" onClick={() => session.setChime(false)}>
      A bell rings at your turn
    </Button>
  ) : (
    <Button aria-pressed="false" onClick={() => void turnOn()}>
      Ring a bell at my turn
    </Button>
  );
}
