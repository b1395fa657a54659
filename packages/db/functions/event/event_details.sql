-- The details in the shape of core's EventDraft.
CREATE OR REPLACE FUNCTION event_details(e event) RETURNS jsonb LANGUAGE sql STABLE AS $$
  SELECT jsonb_build_object('slug', e.slug, 'title', e.title, 'subtitle', e.subtitle, 'description', e.description,
    'genre', e.genre, 'venueId', e.venue_id, 'layoutId', e.layout_id, 'timeZone', e.time_zone, 'currency', e.currency,
    'doorsAtMs', ms_of(e.doors_at), 'startsAtMs', ms_of(e.starts_at), 'endsAtMs', ms_of(e.ends_at),
    'salesEndAtMs', ms_of(e.sales_end_at), 'saleWindows', e.sale_windows, 'holdTtlMs', e.hold_ttl_ms,
    'maxPerFan', e.max_per_fan)
$$;
