-- Saves the details that were made from `version`: {id, version, draft, actor}. Returns {kind: saved, version} | {kind:
-- stale, version, changes} | {kind: not_found}. Details that are as they were make no new version.
CREATE OR REPLACE FUNCTION save_event(p jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  v_id uuid := (p ->> 'id')::uuid;
  v_version integer := (p ->> 'version')::integer;
  v_old event;
  v_new event;
  v_before jsonb;
  v_after jsonb;
  v_stale jsonb;
BEGIN
  PERFORM guard_tx();
  SELECT * INTO v_old FROM event WHERE id = v_id AND event_in_scope(id) FOR NO KEY UPDATE;
  IF NOT FOUND THEN
    RETURN jsonb_build_object('kind', 'not_found');
  END IF;
  v_stale := stale_since(v_old.details_version, v_version, v_id, '{event.changed}');
  IF v_stale IS NOT NULL THEN
    RETURN v_stale;
  END IF;
  UPDATE event SET slug = d.slug, title = d.title, subtitle = d.subtitle, description = d.description, genre = d.genre,
    venue_id = d."venueId", layout_id = d."layoutId", time_zone = d."timeZone", currency = d.currency,
    doors_at = instant_of(d."doorsAtMs"), starts_at = instant_of(d."startsAtMs"), ends_at = instant_of(d."endsAtMs"),
    sales_end_at = instant_of(d."salesEndAtMs"), sale_windows = d."saleWindows", hold_ttl_ms = d."holdTtlMs",
    max_per_fan = d."maxPerFan"
  FROM jsonb_to_record(p -> 'draft') d (slug text, title text, subtitle text, description text, genre text,
    "venueId" uuid, "layoutId" uuid, "timeZone" text, currency text, "doorsAtMs" bigint, "startsAtMs" bigint,
    "endsAtMs" bigint, "salesEndAtMs" bigint, "saleWindows" jsonb, "holdTtlMs" integer, "maxPerFan" integer)
  WHERE event.id = v_id RETURNING event.* INTO v_new;
  v_before := event_details(v_old);
  v_after := event_details(v_new);
  IF v_before = v_after THEN
    RETURN jsonb_build_object('kind', 'saved', 'version', v_version);
  END IF;
  UPDATE event SET details_version = v_version + 1 WHERE id = v_id;
  PERFORM audit_append(v_id, p ->> 'actor', 'event.changed', jsonb_build_object('version', v_version + 1,
    'before', fields_changed(v_after, v_before), 'after', fields_changed(v_before, v_after)));
  RETURN jsonb_build_object('kind', 'saved', 'version', v_version + 1);
END $$;
