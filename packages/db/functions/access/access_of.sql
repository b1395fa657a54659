-- The presales that an account may buy in. A list that names its address becomes a grant the first time it is asked for;
-- p_by_list false: the address is not known to be the account's own.
CREATE OR REPLACE FUNCTION access_of(p_event uuid, p_account uuid, p_by_list boolean) RETURNS text[] LANGUAGE plpgsql AS $$
BEGIN
  IF p_by_list AND EXISTS (SELECT FROM access_list WHERE event_id = p_event) THEN
    PERFORM guard_tx();
    INSERT INTO access_grant (event_id, account_id, window_key)
    SELECT l.event_id, a.id, l.window_key
    FROM account a JOIN access_list l ON l.event_id = p_event AND l.email = lower(a.email)
    WHERE a.id = p_account AND NOT EXISTS (
      SELECT FROM access_grant g
      WHERE g.event_id = p_event AND g.account_id = p_account AND g.window_key = l.window_key)
    ON CONFLICT (event_id, account_id, window_key) DO NOTHING;
  END IF;
  RETURN ARRAY(
    SELECT window_key FROM access_grant WHERE event_id = p_event AND account_id = p_account ORDER BY window_key);
END $$;
