import type { LineId, PassEnd } from "../line/line.ts";
import type { AccountId, EventId } from "../shared/ids.ts";
import type { Admitted } from "./fairness.ts";

/** One number that was let in, as Postgres has it. */
export type Admission = Admitted & {
  readonly accountId: AccountId;
  readonly ended: PassEnd | null;
  readonly extensions: number;
};

/** The facts that a drill compares with what it saw, and the one harm it does to Postgres. */
export interface DrillStore {
  /** Every number of this line that was let in, ascending. */
  admissions(lineId: LineId): Promise<Admission[]>;
  /** Living tickets of an event, by account. */
  ticketsByAccount(eventId: EventId): Promise<{ accountId: AccountId; tickets: number }[]>;
  /** How many of these tickets, which fans were shown, are not there any more as valid ones. */
  missingTickets(eventId: EventId, ticketIds: readonly string[]): Promise<number>;
  /** Ends every other connection to this database; returns how many. Only for a database that exists for a drill. */
  cutConnections(): Promise<number>;
}
