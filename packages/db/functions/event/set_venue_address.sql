-- Writes the address over the one that the writer saw: {venueId, before, address, actor}. Returns {kind: saved | not_found}
-- or {kind: changed, address} with what stands there instead. One that is as it was leaves no audit entry.
CREATE OR REPLACE FUNCTION set_venue_address(p jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  v_id uuid := (p ->> 'venueId')::uuid;
  v_old text;
BEGIN
  PERFORM guard_tx();
  SELECT address INTO v_old FROM venue
  WHERE id = v_id AND organization_in_scope(organization_id) FOR NO KEY UPDATE;
  IF NOT FOUND THEN
    RETURN jsonb_build_object('kind', 'not_found');
  END IF;
  IF v_old = p ->> 'address' THEN
    RETURN jsonb_build_object('kind', 'saved');
  END IF;
  IF v_old <> p ->> 'before' THEN
    RETURN jsonb_build_object('kind', 'changed', 'address', v_old);
  END IF;
  UPDATE venue SET address = p ->> 'address' WHERE id = v_id;
  PERFORM audit_append(v_id, p ->> 'actor', 'venue.addressed',
    jsonb_build_object('before', v_old, 'after', p ->> 'address'));
  RETURN jsonb_build_object('kind', 'saved');
END $$;
