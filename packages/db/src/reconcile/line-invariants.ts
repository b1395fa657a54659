import type { Invariant } from "./invariant.ts";

/** The line before a sale: how many were let in, and in which order. Times are the room's clock throughout. */
export const LINE_INVARIANTS: readonly Invariant[] = [
  {
    id: "I11",
    title: "No wave goes above the cap or the inflow, nor do the waves of one second",
    query: `
      with wave as (
        select l.event_id, l.id as line, w.*, (w.inputs ->> 'cap')::integer as cap,
          (w.inputs ->> 'inflowPerSecond')::integer as inflow
        from line_wave w join line l on l.line_no = w.line_no
        where w.admitted > 0 and ($1::uuid is null or l.event_id = $1))
      select event_id, line, seq, admitted, active_after, cap, inflow, 'above_cap' as wrong
      from wave where active_after > cap
      union all
      select event_id, line, max(seq), sum(admitted), max(active_after), max(cap), max(inflow), 'above_inflow'
      from wave group by event_id, line, date_trunc('second', at) having sum(admitted) > max(inflow)`,
  },
  {
    id: "I12",
    // A look at earlier waves takes those since a fan was there, by line_wave_by_time; a million numbers come in the order
    // of line_number_once. LIMIT keeps the planner from hashing instead, which it would do without statistics.
    title: "Nobody who was present was overtaken, and each number is given once and let in once",
    query: `
      with l as (select line_no, id as line, event_id, drawn, last_number, seed from line where $1::uuid is null or event_id = $1),
      let_in as (
        select w.line_no, w.seq, n as number from line_wave w join l on l.line_no = w.line_no cross join unnest(w.numbers) n),
      wrong as (
        select p.line_no, p.number, 'overtaken' as wrong
        from line_pass p join l on l.line_no = p.line_no cross join lateral (
          select from line_wave w where w.line_no = p.line_no and w.at > p.present_since and w.at <= p.admitted_at
            and w.seq < p.wave and w.numbers[cardinality(w.numbers)] > p.number limit 1) before_them
        union all
        select line_no, number, 'let_in_twice' from let_in group by line_no, number having count(*) > 1
        union all
        select coalesce(p.line_no, w.line_no), coalesce(p.number, w.number), 'wave_and_pass_differ'
        from (select p.line_no, p.wave as seq, p.number from line_pass p join l on l.line_no = p.line_no) p
        full join let_in w on w.line_no = p.line_no and w.seq = p.seq and w.number = p.number
        where p.number is null or w.number is null
        union all
        select line_no, number, 'given_twice' from (
          select line_no, number, lag(number) over (partition by line_no order by number) as before from line_entry
          where number is not null and ($1::uuid is null or line_no in (select line_no from l))) e
        where number = before
        union all
        select e.line_no, e.drawn_as, 'given_twice' from line_entry e join l on l.line_no = e.line_no cross join lateral (
          select from line_entry o where o.line_no = e.line_no and o.number = e.drawn_as limit 1) again
        where e.drawn_as is not null
        union all
        select e.line_no, e.drawn_as, 'given_twice' from line_entry e join l on l.line_no = e.line_no
        where e.drawn_as is not null group by 1, 2 having count(*) > 1
        union all
        select l.line_no, m.number, 'above_last_number' from l cross join lateral (
          select max(number) as number from line_entry e where e.line_no = l.line_no) m
        where m.number > l.last_number
        union all
        select l.line_no, c.given, 'draw_incomplete' from l cross join lateral (
          select (select count(*) from line_entry e where e.line_no = l.line_no and e.number between 1 and l.drawn)::integer
            + (select count(*) from line_entry e where e.line_no = l.line_no and e.drawn_as is not null)::integer as given) c
        where l.seed is not null and c.given <> l.drawn)
      select l.event_id, l.line, w.number, w.wrong from wrong w join l on l.line_no = w.line_no`,
  },
];
