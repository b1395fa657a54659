import { EVENT_NEXT } from "@onsale/core/event/event";
import { LINE_NEXT } from "@onsale/core/line/line";
import { ORDER_NEXT } from "@onsale/core/order/order";
import { PAYMENT_NEXT } from "@onsale/core/payment/payment";
import { TICKET_NEXT } from "@onsale/core/ticket/ticket";
import { beforeAll, describe, expect, it } from "vitest";
import { describeWithDatabase } from "../testing/template-db.ts";

type Next = Readonly<Record<string, readonly string[]>>;

const movesOf = (next: Next): string[] =>
  Object.entries(next)
    .flatMap(([from, states]) => states.map((to) => `${from}>${to}`))
    .sort();

/** What can be seen after a state when what was in between was not: every state that any number of moves leads to. */
function closureOf(next: Next): Next {
  const reach = (from: string, seen = new Set<string>()): Set<string> => {
    for (const to of next[from] ?? [])
      if (!seen.has(to)) {
        seen.add(to);
        reach(to, seen);
      }
    return seen;
  };
  return Object.fromEntries(Object.keys(next).map((from) => [from, [...reach(from)]]));
}

describeWithDatabase("a trigger allows exactly the moves of core", (database) => {
  beforeAll(async () => {
    // The table's columns without its constraints: only the trigger under test may refuse.
    await database().owner.sql.unsafe(`
      create function allowed_moves(p_table text, p_column text, p_trigger text, p_states text[]) returns setof text
      language plpgsql as $$
      declare v_from text; v_to text;
      begin
        execute format('create temporary table moving as select * from %I with no data', p_table);
        execute format('create trigger t before update on moving for each row execute function %I()', p_trigger);
        foreach v_from in array p_states loop
          foreach v_to in array p_states loop
            continue when v_from = v_to;
            execute 'delete from moving';
            execute format('insert into moving (%I) values ($1)', p_column) using v_from;
            begin
              execute format('update moving set %I = $1', p_column) using v_to;
              return next v_from || '>' || v_to;
            exception when check_violation then null;
            end;
          end loop;
        end loop;
        drop table moving;
      end $$`);
  });

  it.each<[string, string, Next]>([
    ["event", "state", EVENT_NEXT],
    ["orders", "state", ORDER_NEXT],
    ["payment", "state", closureOf(PAYMENT_NEXT)],
    ["ticket", "status", TICKET_NEXT],
    ["line", "state", LINE_NEXT],
  ])("of the table %s", async (table, column, next) => {
    const trigger = `${table === "orders" ? "order" : table}_moves`;
    const states = Object.keys(next);
    const { sql } = database().owner;
    const rows = await sql<{ move: string }[]>`
      select allowed_moves(${table}, ${column}, ${trigger}, ${sql.array(states)}::text[]) as move`;
    expect(rows.map(({ move }) => move).sort()).toEqual(movesOf(next));
    const [check] = await sql<{ states: string[] }[]>`
      select array_agg(m[1]) as states from pg_constraint,
        regexp_matches(pg_get_constraintdef(oid), '''([a-z_]+)''::text', 'g') m
      where conrelid = ${table}::regclass and contype = 'c' and conkey = array[(select attnum from pg_attribute
        where attrelid = ${table}::regclass and attname = ${column})] and pg_get_constraintdef(oid) like '% = ANY (%'`;
    expect(check?.states.toSorted()).toEqual(states.toSorted());
  });
});

describe("the closure of moves", () => {
  it("has what several moves lead to, and no state that leads nowhere gains one", () => {
    expect(closureOf({ a: ["b"], b: ["c"], c: [] })).toEqual({ a: ["b", "c"], b: ["c"], c: [] });
  });
});
