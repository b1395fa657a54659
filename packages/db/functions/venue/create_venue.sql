-- Makes a venue unless the organization has one of this name and city: {organizationId, name, address, city, country, timeZone, actor}. Returns its id.
CREATE OR REPLACE FUNCTION create_venue(p jsonb) RETURNS uuid LANGUAGE plpgsql AS $$
DECLARE
  v_org uuid := (p ->> 'organizationId')::uuid;
  v_id uuid;
BEGIN
  PERFORM guard_tx();
  PERFORM need_organization(v_org);
  INSERT INTO venue (organization_id, name, address, city, country, time_zone)
  VALUES (v_org, p ->> 'name', p ->> 'address', p ->> 'city', p ->> 'country', p ->> 'timeZone')
  ON CONFLICT (organization_id, lower(name), lower(city)) DO NOTHING RETURNING id INTO v_id;
  IF v_id IS NULL THEN
    SELECT id INTO STRICT v_id FROM venue
    WHERE organization_id = v_org AND lower(name) = lower(p ->> 'name') AND lower(city) = lower(p ->> 'city');
    RETURN v_id;
  END IF;
  PERFORM audit_append(v_id, p ->> 'actor', 'venue.created', p - 'actor');
  RETURN v_id;
END $$;
