import type { EventPage } from "@onsale/contract/event";
import type { LineFacts } from "./line-progress.ts";
import type { LineSession, LineState } from "./line-session.ts";

/** What every scene gets. */
export type SceneProps = {
  readonly event: EventPage;
  readonly facts: LineFacts;
  readonly session: LineSession;
  readonly state: LineState;
  readonly browserMs: number;
  readonly signedIn: boolean;
};
