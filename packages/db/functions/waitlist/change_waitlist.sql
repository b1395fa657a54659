-- Other wishes, same place: whether this account is on the list.
CREATE OR REPLACE FUNCTION change_waitlist(p jsonb) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
  PERFORM guard_tx();
  UPDATE waitlist_entry SET wishes = p -> 'wishes', wishes_key = p ->> 'wishesKey', quantity = (p ->> 'quantity')::integer
  WHERE event_id = (p ->> 'eventId')::uuid AND account_id = (p ->> 'accountId')::uuid AND state <> 'over';
  RETURN FOUND;
END $$;
