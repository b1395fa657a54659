-- {id, entryId, wishesKey, holdId, items, seatNos, ttlMs}: "offered", or "busy" when the fan was offered something, left or
-- wants something else meanwhile. A seat of another open offer breaks waitlist_seat_once.
CREATE OR REPLACE FUNCTION offer_waitlist(p jsonb) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  v_entry waitlist_entry;
BEGIN
  PERFORM guard_tx();
  SELECT * INTO v_entry FROM waitlist_entry WHERE id = (p ->> 'entryId')::uuid FOR NO KEY UPDATE;
  IF v_entry.state IS DISTINCT FROM 'waiting' OR v_entry.wishes_key <> p ->> 'wishesKey' THEN
    RETURN 'busy';
  END IF;
  INSERT INTO waitlist_offer (id, entry_id, event_id, account_id, hold_id, items, expires_at)
  VALUES ((p ->> 'id')::uuid, v_entry.id, v_entry.event_id, v_entry.account_id, (p ->> 'holdId')::uuid, p -> 'items',
    clock_timestamp() + (p ->> 'ttlMs')::integer * interval '1 millisecond');
  INSERT INTO waitlist_seat (event_id, seat_no, offer_id)
  SELECT v_entry.event_id, s::integer, (p ->> 'id')::uuid FROM jsonb_array_elements_text(p -> 'seatNos') s
  ORDER BY s::integer;
  UPDATE waitlist_entry SET state = 'offered' WHERE id = v_entry.id;
  RETURN 'offered';
END $$;
