-- A line from settings {eventId, settings, actor}; NULL when the event has one for this window. Times are epoch
-- milliseconds.
CREATE OR REPLACE FUNCTION create_line(p jsonb) RETURNS uuid LANGUAGE plpgsql AS $$
DECLARE
  v_id uuid;
  v_event uuid := (p ->> 'eventId')::uuid;
BEGIN
  PERFORM guard_tx();
  INSERT INTO line (event_id, window_key, lobby_opens_at, draws_at, one_per, require_verified_email, public_value_source,
    cap, inflow_per_second, pace_pct, pass_ttl_ms, pass_max_ms, grace_ms, notice)
  SELECT v_event, s."windowKey", instant_of(s."lobbyOpensAtMs"), instant_of(s."drawsAtMs"), s."onePer",
    s."requireVerifiedEmail", s."publicValueSource", s.cap, s."inflowPerSecond", s."pacePct", s."passTtlMs", s."passMaxMs",
    s."graceMs", s.notice
  FROM jsonb_to_record(p -> 'settings') s ("windowKey" text, "lobbyOpensAtMs" bigint, "drawsAtMs" bigint, "onePer" text,
    "requireVerifiedEmail" boolean, "publicValueSource" text, cap integer, "inflowPerSecond" integer, "pacePct" integer,
    "passTtlMs" integer, "passMaxMs" integer, "graceMs" integer, notice text)
  WHERE event_in_scope(v_event)
  ON CONFLICT ON CONSTRAINT line_window_once DO NOTHING
  RETURNING id INTO v_id;
  IF v_id IS NOT NULL THEN
    PERFORM audit_append(v_event, p ->> 'actor', 'line.created',
      jsonb_build_object('line', v_id, 'settings', p -> 'settings'));
  END IF;
  RETURN v_id;
END $$;
