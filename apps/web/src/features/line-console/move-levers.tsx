"use client";

import type { AdminLine } from "@onsale/contract/admin-line";
import { Section } from "../../ui/section.tsx";
import type { LineFigures } from "@onsale/core/line/staff-figures";
import { ArmedButton } from "./armed-button.tsx";
import { LeverFailure } from "./lever-failure.tsx";
import { movesFor } from "./lever-moves.ts";
import { PublicValue } from "./public-value.tsx";
import type { Levers } from "./use-levers.ts";
import styles from "./line-console.module.css";

/** What moves the line from state to state. Each lever says what it will do; what was done last stays readable. */
export function MoveLevers({
  line,
  figures,
  levers,
  timeZone,
}: {
  line: AdminLine;
  figures: LineFigures;
  levers: Levers;
  timeZone: string;
}) {
  if (line.finishedAtMs !== null) return null;
  const moves = movesFor(line, figures);
  const waitsForValue = line.publicValueSource !== null && line.publicValue === null;
  return (
    <Section title="Levers">
      <div className={styles["moves"]}>
        <PublicValue line={line} onDone={levers.tell} />
        {moves.length === 0 && !waitsForValue && <p>The draw is being made. The line opens by itself.</p>}
        {moves.map((one, index) => (
          <ArmedButton
            key={one.id}
            move={one}
            isNext={index === 0 && (one.id === "resume" || one.id === "lobby")}
            busy={levers.isMoving}
            onMove={() => levers.move(one.to, one.done)}
          />
        ))}
        {levers.error && <LeverFailure error={levers.error} timeZone={timeZone} />}
        <output className={styles["done"]} data-testid="lever-done">
          {levers.done}
        </output>
      </div>
    </Section>
  );
}
