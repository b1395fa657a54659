-- Makes the event of a draft unless it is here: {organizationId, draft, feed: {uid, sequence, said} | null, actor}. Returns {kind: created |
-- existing, id}. Imports of one event that run at the same time wait for each other, by name and by place and time.
CREATE OR REPLACE FUNCTION import_event(p jsonb, p_said json) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  v_org uuid := (p ->> 'organizationId')::uuid;
  v_uid text := p #>> '{feed,uid}';
  v_venue uuid := (p #>> '{draft,venueId}')::uuid;
  v_starts timestamptz := instant_of((p #>> '{draft,startsAtMs}')::bigint);
  v_kind text := 'existing';
  v_id uuid;
BEGIN
  PERFORM guard_tx();
  IF v_uid IS NOT NULL THEN
    PERFORM pg_advisory_xact_lock(hashtextextended('event_feed ' || v_org || ' ' || v_uid, 0));
    SELECT event_id INTO v_id FROM event_feed WHERE organization_id = v_org AND uid = v_uid;
    IF FOUND THEN
      RETURN jsonb_build_object('kind', v_kind, 'id', v_id);
    END IF;
  END IF;
  PERFORM pg_advisory_xact_lock(hashtextextended('event_place ' || v_venue || ' ' || v_starts, 0));
  SELECT id INTO v_id FROM event
  WHERE organization_id = v_org AND venue_id = v_venue AND starts_at = v_starts AND title_identity(title) = title_identity(p #>> '{draft,title}')
  ORDER BY created_at, id LIMIT 1;
  IF NOT FOUND THEN
    v_kind := 'created';
    v_id := create_event(p);
  END IF;
  IF v_uid IS NOT NULL THEN
    INSERT INTO event_feed (organization_id, uid, event_id, sequence, said)
    VALUES (v_org, v_uid, v_id, (p #>> '{feed,sequence}')::bigint, p_said);
  END IF;
  RETURN jsonb_build_object('kind', v_kind, 'id', v_id);
END $$;
