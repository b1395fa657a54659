"use client";

import { LINE_CLOCK_NAME } from "@onsale/core/line/line";
import { Notice } from "../../ui/notice.tsx";
import { StaffFailure } from "../admin/staff-failure.tsx";
import { readFailure } from "../errors/app-failure.ts";
import { clockTime } from "./console-model.ts";

const NAMES: Readonly<Record<string, string>> = {
  state: "its state",
  cap: "the cap",
  inflowPerSecond: "the inflow",
  pacePct: "the pace",
  notice: "the notice",
};

/** A lever that was refused; where somebody else or the clock was first, who it was and what they did. */
export function LeverFailure({ error, timeZone }: { error: unknown; timeZone: string }) {
  const { code, details } = readFailure(error);
  if (code !== "change.stale" || details.thing === "venue") return <StaffFailure error={error} />;
  return (
    <Notice tone="stop" title="The line changed before you pressed. Nothing of yours was done.">
      <ul>
        {details.changes.map(({ version, by, atMs, fields }) => (
          <li key={version}>
            {clockTime(atMs, timeZone)}, {by === LINE_CLOCK_NAME ? "by the clock" : by}
            {fields.length > 0 && `: ${fields.map((name) => NAMES[name] ?? name).join(", ")}`}
          </li>
        ))}
      </ul>
      <p>You see it as it is now. Press again if you still want to.</p>
    </Notice>
  );
}
