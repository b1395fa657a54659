/** A function or a trigger, as one of the files of functions/ has it. */
export type SqlObject = {
  /** As DROP takes it: "FUNCTION commit_orders", "TRIGGER orders_in_tx ON orders". */
  readonly name: string;
  /** What a function takes and gives; CREATE OR REPLACE cannot change it. "" for a trigger. */
  readonly signature: string;
  readonly sql: string;
};
