-- Ends an offer whose hold is gone: {id, as: declined | lapsed | withdrawn, waitMs, againMax, actor}. What Postgres knows of
-- its order comes first: a sale makes it "bought", an order that waits for its payment keeps it "open". A payment that failed
-- gives the fan the old place again, up to againMax offers. Returns the state it has now. What an order decided is nobody's
-- ask, so its entry is Onsale's.
CREATE OR REPLACE FUNCTION end_waitlist_offer(p jsonb) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  v_offer waitlist_offer;
  v_entry waitlist_entry;
  v_as text := p ->> 'as';
  v_again boolean;
  r record;
BEGIN
  PERFORM guard_tx();
  SELECT * INTO v_offer FROM waitlist_offer WHERE id = (p ->> 'id')::uuid;
  SELECT * INTO v_entry FROM waitlist_entry WHERE id = v_offer.entry_id FOR NO KEY UPDATE;
  SELECT * INTO v_offer FROM waitlist_offer WHERE id = v_offer.id FOR NO KEY UPDATE;
  IF v_offer.state IS DISTINCT FROM 'open' THEN
    RETURN v_offer.state;
  END IF;
  SELECT o.id, o.state, o.pay_by INTO r FROM orders o
  WHERE o.account_id = v_offer.account_id AND o.hold_id = v_offer.hold_id
  ORDER BY o.state IN ('cancelled', 'failed'), o.created_at DESC LIMIT 1;
  IF r.state IN ('committed', 'paid', 'refunded') THEN
    v_as := 'bought';
  ELSIF r.state = 'awaiting_payment' THEN
    UPDATE waitlist_offer SET expires_at = r.pay_by WHERE id = v_offer.id AND expires_at < r.pay_by;
    RETURN 'open';
  END IF;
  v_again := v_as = 'withdrawn' OR r.state = 'failed' AND v_as <> 'bought' AND v_entry.offers < (p ->> 'againMax')::integer;

  DELETE FROM waitlist_seat WHERE offer_id = v_offer.id;
  UPDATE waitlist_offer SET state = v_as, ended_at = clock_timestamp(), order_id = CASE WHEN v_as = 'bought' THEN r.id END
  WHERE id = v_offer.id;
  IF v_again THEN
    UPDATE waitlist_entry SET state = 'waiting',
      not_before = clock_timestamp() + (p ->> 'waitMs')::integer * interval '1 millisecond' WHERE id = v_entry.id;
  ELSE
    UPDATE waitlist_entry SET state = 'over', ended = v_as, ended_at = clock_timestamp() WHERE id = v_entry.id;
  END IF;
  IF v_as <> 'withdrawn' THEN
    PERFORM audit_append(v_offer.event_id, CASE v_as WHEN 'bought' THEN 'system:waitlist' ELSE p ->> 'actor' END,
      'waitlist.' || v_as,
      jsonb_strip_nulls(jsonb_build_object('offer', v_offer.id, 'entry', v_entry.id, 'order', r.id)));
  END IF;
  RETURN v_as;
END $$;
