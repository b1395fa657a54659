-- Counts anew, from the orders of an event, what each fan has taken, what is claimed and sold of each standing area, and what is
-- taken of each presale. Only wrong counters are locked, in the order of every batch; whoever is in the midst of changing one
-- commits first, and the orders are summed in statements after that, which see them. A sum beyond its bound is left alone: it
-- takes a person. Returns what was wrong, [{counter, of, before, after}], and writes it to the event's audit.
CREATE OR REPLACE FUNCTION recount_stock(p jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  v_id uuid := (p ->> 'eventId')::uuid;
  v_live CONSTANT text[] := ARRAY['awaiting_payment', 'committed', 'paid'];
  v_fans uuid[];
  v_areas integer[];
  v_windows text[];
  v_changed jsonb;
  v_out jsonb := '[]';
BEGIN
  PERFORM guard_tx();
  INSERT INTO fan_quota (event_id, account_id, taken, max_per_fan)
  SELECT v_id, o.account_id, 0, sum(o.item_count) FROM orders o
  WHERE o.event_id = v_id AND o.state = ANY (v_live)
    AND NOT EXISTS (SELECT FROM fan_quota q WHERE q.event_id = v_id AND q.account_id = o.account_id)
  GROUP BY o.account_id ORDER BY o.account_id
  ON CONFLICT (event_id, account_id) DO NOTHING;

  WITH counted AS MATERIALIZED (
    SELECT o.account_id, sum(o.item_count) AS places FROM orders o
    WHERE o.event_id = v_id AND o.state = ANY (v_live) GROUP BY 1)
  SELECT array_agg(q.account_id) INTO v_fans FROM fan_quota q LEFT JOIN counted c USING (account_id)
  WHERE q.event_id = v_id AND q.taken <> coalesce(c.places, 0);
  PERFORM FROM fan_quota WHERE event_id = v_id AND account_id = ANY (v_fans) ORDER BY account_id FOR NO KEY UPDATE;

  WITH counted AS MATERIALIZED (
    SELECT a.area_no, coalesce(sum(a.places) FILTER (WHERE o.state = 'awaiting_payment'), 0) AS claimed,
      coalesce(sum(a.places) FILTER (WHERE o.state <> 'awaiting_payment'), 0) AS sold
    FROM orders o CROSS JOIN unnest(o.area_nos, o.area_counts) a (area_no, places)
    WHERE o.event_id = v_id AND o.state = ANY (v_live) GROUP BY 1)
  SELECT array_agg(g.area_no) INTO v_areas FROM ga_pool g LEFT JOIN counted c USING (area_no)
  WHERE g.event_id = v_id AND (g.claimed, g.sold) <> (coalesce(c.claimed, 0), coalesce(c.sold, 0));
  PERFORM FROM ga_pool WHERE event_id = v_id AND area_no = ANY (v_areas) ORDER BY area_no FOR NO KEY UPDATE;

  INSERT INTO window_allotment (event_id, window_key, allotment)
  SELECT v_id, o.window_key, (
    SELECT min((w ->> 'allotment')::integer) FROM event e CROSS JOIN jsonb_array_elements(e.sale_windows) w
    WHERE e.id = v_id AND w ->> 'kind' = 'presale' AND w ->> 'key' = o.window_key)
  FROM orders o WHERE o.event_id = v_id AND o.window_key IS NOT NULL AND o.state = ANY (v_live)
  GROUP BY o.window_key ORDER BY o.window_key
  ON CONFLICT (event_id, window_key) DO NOTHING;
  WITH counted AS MATERIALIZED (
    SELECT o.window_key, sum(o.item_count) AS places FROM orders o
    WHERE o.event_id = v_id AND o.window_key IS NOT NULL AND o.state = ANY (v_live) GROUP BY 1)
  SELECT array_agg(a.window_key) INTO v_windows FROM window_allotment a LEFT JOIN counted c USING (window_key)
  WHERE a.event_id = v_id AND a.taken <> coalesce(c.places, 0);
  PERFORM FROM window_allotment WHERE event_id = v_id AND window_key = ANY (v_windows) ORDER BY window_key FOR NO KEY UPDATE;

  WITH really AS MATERIALIZED (
    SELECT q.account_id, q.taken AS before, coalesce((
      SELECT sum(o.item_count) FROM orders o
      WHERE o.event_id = v_id AND o.account_id = q.account_id AND o.state = ANY (v_live)), 0)::integer AS places
    FROM fan_quota q WHERE q.event_id = v_id AND q.account_id = ANY (v_fans)),
  written AS (
    UPDATE fan_quota q SET taken = r.places FROM really r
    WHERE q.event_id = v_id AND q.account_id = r.account_id AND r.places <> r.before AND r.places <= q.max_per_fan
    RETURNING q.account_id, r.before, q.taken)
  SELECT jsonb_agg(jsonb_build_object('counter', 'fan', 'of', account_id, 'before', before, 'after', taken)
    ORDER BY account_id) INTO v_changed FROM written;
  v_out := v_out || coalesce(v_changed, '[]');

  WITH really AS MATERIALIZED (
    SELECT g.area_no, g.claimed AS claimed_before, g.sold AS sold_before,
      coalesce(sum(o.places) FILTER (WHERE o.state = 'awaiting_payment'), 0)::integer AS claimed,
      coalesce(sum(o.places) FILTER (WHERE o.state <> 'awaiting_payment'), 0)::integer AS sold
    FROM ga_pool g LEFT JOIN (
      SELECT o.state, a.area_no, a.places FROM orders o CROSS JOIN unnest(o.area_nos, o.area_counts) a (area_no, places)
      WHERE o.event_id = v_id AND o.state = ANY (v_live)) o USING (area_no)
    WHERE g.event_id = v_id AND g.area_no = ANY (v_areas) GROUP BY g.area_no, g.claimed, g.sold),
  written AS (
    UPDATE ga_pool g SET claimed = r.claimed, sold = r.sold FROM really r
    WHERE g.event_id = v_id AND g.area_no = r.area_no AND r.claimed + r.sold <= g.capacity
      AND (r.claimed, r.sold) <> (r.claimed_before, r.sold_before)
    RETURNING r.*)
  SELECT jsonb_agg(jsonb_build_object('counter', counter, 'of', w.area_no::text, 'before', before, 'after', after)
    ORDER BY w.area_no, counter) INTO v_changed
  FROM written w CROSS JOIN LATERAL (
    VALUES ('area_claimed', w.claimed_before, w.claimed), ('area_sold', w.sold_before, w.sold)) c (counter, before, after)
  WHERE before <> after;
  v_out := v_out || coalesce(v_changed, '[]');

  WITH really AS MATERIALIZED (
    SELECT a.window_key, a.taken AS before, coalesce((
      SELECT sum(o.item_count) FROM orders o
      WHERE o.event_id = v_id AND o.window_key = a.window_key AND o.state = ANY (v_live)), 0)::integer AS places
    FROM window_allotment a WHERE a.event_id = v_id AND a.window_key = ANY (v_windows)),
  written AS (
    UPDATE window_allotment a SET taken = r.places FROM really r
    WHERE a.event_id = v_id AND a.window_key = r.window_key AND r.places <> r.before
      AND (a.allotment IS NULL OR r.places <= a.allotment)
    RETURNING a.window_key, r.before, a.taken)
  SELECT jsonb_agg(jsonb_build_object('counter', 'presale', 'of', window_key, 'before', before, 'after', taken)
    ORDER BY window_key) INTO v_changed FROM written;
  v_out := v_out || coalesce(v_changed, '[]');

  IF v_out <> '[]' THEN
    PERFORM audit_append(v_id, p ->> 'actor', 'stock.recounted', jsonb_build_object('changed', v_out));
  END IF;
  RETURN v_out;
END $$;
