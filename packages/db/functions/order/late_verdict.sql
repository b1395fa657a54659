-- The answer to a draft that could not try: its event is closed, somebody has its seats, or it must come again.
CREATE OR REPLACE FUNCTION late_verdict(d order_draft) RETURNS jsonb LANGUAGE plpgsql STABLE
SET enable_seqscan = off AS $$
DECLARE
  v_seats jsonb;
BEGIN
  IF NOT EXISTS (SELECT FROM event WHERE id = d.event_id AND state IN ('on_sale', 'sold_out')) THEN
    RETURN jsonb_build_object('ord', d.ord, 'kind', 'event_closed', 'orderId', d.id);
  END IF;
  SELECT jsonb_agg(s ORDER BY s) INTO v_seats
  FROM unnest(d.seat_nos) s JOIN seat_claim c ON c.event_id = d.event_id AND c.seat_no = s
  WHERE c.state <> 'claimed' OR c.expires_at > clock_timestamp();
  IF v_seats IS NOT NULL THEN
    RETURN jsonb_build_object('ord', d.ord, 'kind', 'seats_taken', 'orderId', d.id, 'seatNos', v_seats);
  END IF;
  RETURN jsonb_build_object('ord', d.ord, 'kind', 'again', 'orderId', d.id);
END $$;
