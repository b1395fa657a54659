-- Makes an event of a draft: {organizationId, draft, actor}. Returns its id.
CREATE OR REPLACE FUNCTION create_event(p jsonb) RETURNS uuid LANGUAGE plpgsql AS $$
DECLARE
  v_event event;
BEGIN
  PERFORM guard_tx();
  PERFORM need_organization((p ->> 'organizationId')::uuid);
  INSERT INTO event (organization_id, slug, title, subtitle, description, genre, venue_id, layout_id, time_zone, currency,
    doors_at, starts_at, ends_at, sales_end_at, sale_windows, hold_ttl_ms, max_per_fan)
  SELECT (p ->> 'organizationId')::uuid, d.slug, d.title, d.subtitle, d.description, d.genre, d."venueId", d."layoutId", d."timeZone", d.currency,
    instant_of(d."doorsAtMs"), instant_of(d."startsAtMs"), instant_of(d."endsAtMs"), instant_of(d."salesEndAtMs"),
    d."saleWindows", d."holdTtlMs", d."maxPerFan"
  FROM jsonb_to_record(p -> 'draft') d (slug text, title text, subtitle text, description text, genre text,
    "venueId" uuid, "layoutId" uuid, "timeZone" text, currency text, "doorsAtMs" bigint, "startsAtMs" bigint,
    "endsAtMs" bigint, "salesEndAtMs" bigint, "saleWindows" jsonb, "holdTtlMs" integer, "maxPerFan" integer)
  RETURNING * INTO v_event;
  PERFORM audit_append(v_event.id, p ->> 'actor', 'event.created',
    jsonb_build_object('slug', v_event.slug, 'title', v_event.title));
  RETURN v_event.id;
END $$;
