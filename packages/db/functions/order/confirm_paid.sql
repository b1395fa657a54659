-- Captured orders: paid, with ledger entry, tickets and mail. Takes [{orderId, ticketIds}] and returns
-- [{orderId, replayed}]. An order whose payment is not captured over its total is refused, with the whole batch.
CREATE OR REPLACE FUNCTION confirm_paid(batch jsonb) RETURNS jsonb LANGUAGE plpgsql
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off
AS $$
DECLARE
  v_ids uuid[];
  v_due uuid[];
  v_bad uuid;
  v_out jsonb;
  r record;
BEGIN
  PERFORM guard_tx();
  v_ids := ARRAY(SELECT (b ->> 'orderId')::uuid FROM jsonb_array_elements(batch) b);
  PERFORM FROM orders WHERE id = ANY (v_ids) ORDER BY id FOR NO KEY UPDATE;
  v_due := ARRAY(SELECT id FROM orders WHERE id = ANY (v_ids) AND state NOT IN ('paid', 'refunded') ORDER BY id);

  SELECT o.id INTO v_bad FROM orders o
  WHERE o.id = ANY (v_due) AND (o.state <> 'committed' OR o.total_minor > 0 AND NOT EXISTS (
    SELECT FROM payment p WHERE p.order_id = o.id AND p.state = 'captured'
      AND p.amount_minor = o.total_minor AND p.currency = o.currency))
  LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'order % is not committed and captured over its total', v_bad
      USING ERRCODE = '23514', CONSTRAINT = 'order_not_captured';
  END IF;
  SELECT coalesce(o.id, (b ->> 'orderId')::uuid) INTO v_bad
  FROM jsonb_array_elements(batch) b LEFT JOIN orders o ON o.id = (b ->> 'orderId')::uuid
  WHERE o.id IS NULL OR o.id = ANY (v_due) AND jsonb_array_length(b -> 'ticketIds') <> o.item_count LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'order % needs one ticket id per item', v_bad
      USING ERRCODE = '23514', CONSTRAINT = 'order_ticket_ids';
  END IF;

  UPDATE orders SET state = 'paid', paid_at = clock_timestamp() WHERE id = ANY (v_due);

  WITH entry AS (
    INSERT INTO ledger_entry (event_id, order_id, kind, currency)
    SELECT o.event_id, o.id, 'sale', o.currency FROM orders o WHERE o.id = ANY (v_due) AND o.total_minor > 0
    RETURNING id, order_id)
  INSERT INTO ledger_posting (entry_id, line, account, amount_minor)
  SELECT e.id, l.line, l.account, l.amount
  FROM entry e JOIN orders o ON o.id = e.order_id
  JOIN payment p ON p.order_id = o.id AND p.state = 'captured'
  CROSS JOIN LATERAL (VALUES
    (1, 'provider:' || p.provider, o.total_minor),
    (2, 'event:' || o.event_id || ':face', -o.face_minor),
    (3, 'event:' || o.event_id || ':fees', -o.fee_minor),
    (4, 'event:' || o.event_id || ':tax', -o.tax_added_minor)) l (line, account, amount)
  WHERE l.amount <> 0;

  INSERT INTO ticket (id, order_id, event_id, account_id, item_index, seat_no, area_no, place, ticket_type, category,
    face_minor)
  SELECT t.id::uuid, o.id, o.event_id, o.account_id, t.n - 1, (i.item ->> 'seatNo')::integer,
    (i.item ->> 'areaNo')::integer, i.item -> 'place', i.item ->> 'ticketType', i.item ->> 'category',
    (i.item ->> 'faceMinor')::bigint
  FROM jsonb_array_elements(batch) b
  JOIN orders o ON o.id = (b ->> 'orderId')::uuid AND o.id = ANY (v_due)
  CROSS JOIN LATERAL jsonb_array_elements_text(b -> 'ticketIds') WITH ORDINALITY t (id, n)
  CROSS JOIN LATERAL (SELECT o.items -> (t.n::integer - 1) AS item) i;

  INSERT INTO job (kind, effect, payload)
  SELECT 'mail.order_paid', 'mail.order_paid:' || id, jsonb_build_object('orderId', id) FROM unnest(v_due) id
  ON CONFLICT (effect) DO NOTHING;

  SELECT coalesce(jsonb_agg(jsonb_build_object('orderId', b ->> 'orderId',
      'replayed', NOT (b ->> 'orderId')::uuid = ANY (v_due))), '[]')
    INTO v_out FROM jsonb_array_elements(batch) b;

  FOR r IN SELECT o.event_id, jsonb_agg(o.id ORDER BY o.id) AS ids FROM orders o WHERE o.id = ANY (v_due)
    GROUP BY o.event_id ORDER BY o.event_id
  LOOP
    PERFORM audit_append(r.event_id, 'system:order-writer', 'order.paid', jsonb_build_object('orders', r.ids));
  END LOOP;
  RETURN v_out;
END $$;
