-- The hold of an offer stands until p_until: the fan is told, once. Later calls only ever put the end off.
CREATE OR REPLACE FUNCTION confirm_waitlist_offer(p_id uuid, p_until bigint) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
  v_entry uuid;
  v_offer waitlist_offer;
BEGIN
  PERFORM guard_tx();
  SELECT entry_id INTO v_entry FROM waitlist_offer WHERE id = p_id;
  PERFORM FROM waitlist_entry WHERE id = v_entry FOR NO KEY UPDATE;
  SELECT * INTO v_offer FROM waitlist_offer WHERE id = p_id FOR NO KEY UPDATE;
  IF v_offer.state IS DISTINCT FROM 'open' THEN
    RETURN false;
  END IF;
  IF v_offer.told_at IS NOT NULL THEN
    UPDATE waitlist_offer SET expires_at = instant_of(p_until) WHERE id = p_id AND expires_at < instant_of(p_until);
    RETURN true;
  END IF;
  UPDATE waitlist_offer SET told_at = clock_timestamp(), expires_at = instant_of(p_until) WHERE id = p_id;
  UPDATE waitlist_entry SET offers = offers + 1 WHERE id = v_entry;
  INSERT INTO job (kind, effect, payload)
  VALUES ('mail.waitlist_offer', 'mail.waitlist_offer:' || p_id, jsonb_build_object('offerId', p_id))
  ON CONFLICT (effect) DO NOTHING;
  PERFORM audit_append(v_offer.event_id, 'system:waitlist', 'waitlist.offered',
    jsonb_build_object('offer', p_id, 'entry', v_entry, 'items', v_offer.items));
  RETURN true;
END $$;
