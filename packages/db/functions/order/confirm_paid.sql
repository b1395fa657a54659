-- Orders whose seats are sold and whose money is captured over the total: paid, with ledger entry, tickets and mail. Takes
-- [{orderId, ticketIds}]; an order that is not so far, or without one ticket id for each of its items, stays as it is. For callers
-- that hold the orders.
CREATE OR REPLACE FUNCTION confirm_paid(batch jsonb) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  v_due uuid[];
  r record;
BEGIN
  v_due := ARRAY(
    SELECT o.id FROM jsonb_array_elements(batch) b JOIN orders o ON o.id = (b ->> 'orderId')::uuid
    WHERE o.state = 'committed' AND jsonb_array_length(b -> 'ticketIds') = o.item_count
      AND (o.total_minor = 0 OR EXISTS (
        SELECT FROM payment p WHERE p.order_id = o.id AND p.state = 'captured'
          AND p.amount_minor = o.total_minor AND p.currency = o.currency))
    ORDER BY o.id);

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
  FROM (SELECT (e ->> 'orderId')::uuid AS order_id, e FROM jsonb_array_elements(batch) e) b (order_id, b)
  JOIN orders o ON o.id = b.order_id AND b.order_id = ANY (v_due)
  CROSS JOIN LATERAL jsonb_array_elements_text(b -> 'ticketIds') WITH ORDINALITY t (id, n)
  CROSS JOIN LATERAL (SELECT o.items -> (t.n::integer - 1) AS item) i;

  INSERT INTO job (kind, effect, payload)
  SELECT 'mail.order_paid', 'mail.order_paid:' || id, jsonb_build_object('orderId', id) FROM unnest(v_due) id
  ON CONFLICT (effect) DO NOTHING;

  FOR r IN SELECT o.event_id, jsonb_agg(o.id ORDER BY o.id) AS ids FROM orders o WHERE o.id = ANY (v_due)
    GROUP BY o.event_id ORDER BY o.event_id
  LOOP
    PERFORM audit_append(r.event_id, 'system:order-writer', 'order.paid', jsonb_build_object('orders', r.ids));
  END LOOP;
END $$;
