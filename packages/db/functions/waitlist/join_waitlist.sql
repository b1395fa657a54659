-- {id, eventId, accountId, lineNumber, wishes, wishesKey, quantity}: whether this is a new wait. Who is on the list keeps
-- the place and gets the new wishes.
CREATE OR REPLACE FUNCTION join_waitlist(p jsonb) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
  v_new boolean;
BEGIN
  PERFORM guard_tx();
  INSERT INTO waitlist_entry AS e (id, event_id, account_id, line_number, wishes, wishes_key, quantity)
  VALUES ((p ->> 'id')::uuid, (p ->> 'eventId')::uuid, (p ->> 'accountId')::uuid, (p ->> 'lineNumber')::integer,
    p -> 'wishes', p ->> 'wishesKey', (p ->> 'quantity')::integer)
  ON CONFLICT (event_id, account_id) WHERE state <> 'over'
  DO UPDATE SET wishes = excluded.wishes, wishes_key = excluded.wishes_key, quantity = excluded.quantity
  RETURNING e.id = (p ->> 'id')::uuid INTO v_new;
  RETURN v_new;
END $$;
