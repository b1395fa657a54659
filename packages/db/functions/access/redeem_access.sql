-- Enters a code: {kind: granted, windowKey, replayed} | {kind: refused}. Unknown, used up, expired, revoked and of another
-- event are one answer. A fan who has access already keeps it and uses nothing up.
CREATE OR REPLACE FUNCTION redeem_access(p_event uuid, p_account uuid, p_hash bytea) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  c access_code;
BEGIN
  PERFORM guard_tx();
  SELECT * INTO c FROM access_code WHERE code_hash = p_hash AND event_id = p_event FOR NO KEY UPDATE;
  IF NOT FOUND THEN
    RETURN jsonb_build_object('kind', 'refused');
  END IF;
  IF EXISTS (SELECT FROM access_grant WHERE code_id = c.id AND account_id = p_account) THEN
    RETURN jsonb_build_object('kind', 'granted', 'windowKey', c.window_key, 'replayed', true);
  END IF;
  IF c.revoked_at IS NOT NULL OR c.expires_at <= clock_timestamp() OR c.uses >= c.max_uses THEN
    RETURN jsonb_build_object('kind', 'refused');
  END IF;
  INSERT INTO access_grant (event_id, account_id, window_key, code_id)
  VALUES (p_event, p_account, c.window_key, c.id) ON CONFLICT (event_id, account_id, window_key) DO NOTHING;
  IF NOT FOUND THEN
    RETURN jsonb_build_object('kind', 'granted', 'windowKey', c.window_key, 'replayed', true);
  END IF;
  UPDATE access_code SET uses = uses + 1 WHERE id = c.id;
  RETURN jsonb_build_object('kind', 'granted', 'windowKey', c.window_key, 'replayed', false);
END $$;
