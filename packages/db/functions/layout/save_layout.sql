-- Keeps a version of a layout, named by its hash: {organizationId, venueId, name, hash, seatCount, gaCapacity, actor} and its document. One
-- that is here already gets the venue if it has none. Returns its id.
CREATE OR REPLACE FUNCTION save_layout(p jsonb, p_document jsonb) RETURNS uuid LANGUAGE plpgsql AS $$
DECLARE
  v_org uuid := (p ->> 'organizationId')::uuid;
  v_venue uuid := (p ->> 'venueId')::uuid;
  v_id uuid;
BEGIN
  PERFORM guard_tx();
  PERFORM need_organization(v_org);
  INSERT INTO layout (organization_id, venue_id, name, hash, seat_count, ga_capacity, document)
  VALUES (v_org, v_venue, p ->> 'name', p ->> 'hash', (p ->> 'seatCount')::integer, (p ->> 'gaCapacity')::integer, p_document)
  ON CONFLICT (organization_id, hash) DO NOTHING RETURNING id INTO v_id;
  IF v_id IS NOT NULL THEN
    PERFORM audit_append(v_id, p ->> 'actor', 'layout.saved', p - 'actor');
    RETURN v_id;
  END IF;
  UPDATE layout SET venue_id = v_venue WHERE organization_id = v_org AND hash = p ->> 'hash' AND venue_id IS NULL AND v_venue IS NOT NULL
  RETURNING id INTO v_id;
  IF v_id IS NOT NULL THEN
    PERFORM audit_append(v_id, p ->> 'actor', 'layout.placed', jsonb_build_object('venueId', v_venue));
    RETURN v_id;
  END IF;
  SELECT id INTO STRICT v_id FROM layout WHERE organization_id = v_org AND hash = p ->> 'hash';
  RETURN v_id;
END $$;
