-- {id, version, draft, actor}: {kind: saved, version} | {kind: stale, version, changes} | {kind: not_found}.
CREATE OR REPLACE FUNCTION save_organization(p jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  v_id uuid := (p ->> 'id')::uuid;
  v_version integer := (p ->> 'version')::integer;
  v_old organization;
  v_new organization;
  v_before jsonb;
  v_after jsonb;
  v_stale jsonb;
BEGIN
  PERFORM guard_tx();
  SELECT * INTO v_old FROM organization WHERE id = v_id AND organization_in_scope(id) FOR NO KEY UPDATE;
  IF NOT FOUND THEN
    RETURN jsonb_build_object('kind', 'not_found');
  END IF;
  v_stale := stale_since(v_old.version, v_version, v_id, '{organization.changed}');
  IF v_stale IS NOT NULL THEN
    RETURN v_stale;
  END IF;
  UPDATE organization SET slug = d.slug, name = d.name, legal_name = d."legalName", address = d.address,
    currency = d.currency, time_zone = d."timeZone", contact_email = d."contactEmail"
  FROM jsonb_to_record(p -> 'draft') d (slug text, name text, "legalName" text, address text, currency text,
    "timeZone" text, "contactEmail" text)
  WHERE organization.id = v_id RETURNING organization.* INTO v_new;
  v_before := organization_details(v_old);
  v_after := organization_details(v_new);
  IF v_before = v_after THEN
    RETURN jsonb_build_object('kind', 'saved', 'version', v_version);
  END IF;
  UPDATE organization SET version = v_version + 1 WHERE id = v_id;
  PERFORM audit_append(v_id, p ->> 'actor', 'organization.changed', jsonb_build_object('version', v_version + 1,
    'before', fields_changed(v_after, v_before), 'after', fields_changed(v_before, v_after)));
  RETURN jsonb_build_object('kind', 'saved', 'version', v_version + 1);
END $$;
