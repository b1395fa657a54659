-- New settings {lineId, version, settings, actor} for a line whose lobby was never open: {kind: "done" | "fixed" |
-- "not_found"} or {kind: stale, version, changes}.
CREATE OR REPLACE FUNCTION configure_line(p jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  v_id uuid := (p ->> 'lineId')::uuid;
  v_version integer := (p ->> 'version')::integer;
  v_old record;
  v_before jsonb;
  v_stale jsonb;
BEGIN
  PERFORM guard_tx();
  SELECT * INTO v_old FROM line WHERE id = v_id AND event_in_scope(event_id) FOR NO KEY UPDATE;
  IF NOT FOUND THEN
    RETURN jsonb_build_object('kind', 'not_found');
  END IF;
  IF v_old.opened_at IS NOT NULL THEN
    RETURN jsonb_build_object('kind', 'fixed');
  END IF;
  v_stale := stale_line(v_id, v_version);
  IF v_stale IS NOT NULL THEN
    RETURN v_stale;
  END IF;
  v_before := line_settings(v_id);
  UPDATE line SET window_key = s."windowKey", lobby_opens_at = instant_of(s."lobbyOpensAtMs"),
    draws_at = instant_of(s."drawsAtMs"), one_per = s."onePer", require_verified_email = s."requireVerifiedEmail",
    public_value_source = s."publicValueSource", cap = s.cap, inflow_per_second = s."inflowPerSecond",
    pace_pct = s."pacePct", pass_ttl_ms = s."passTtlMs", pass_max_ms = s."passMaxMs", grace_ms = s."graceMs",
    notice = s.notice
  FROM jsonb_to_record(p -> 'settings') s ("windowKey" text, "lobbyOpensAtMs" bigint, "drawsAtMs" bigint, "onePer" text,
    "requireVerifiedEmail" boolean, "publicValueSource" text, cap integer, "inflowPerSecond" integer, "pacePct" integer,
    "passTtlMs" integer, "passMaxMs" integer, "graceMs" integer, notice text)
  WHERE line.id = v_id;
  PERFORM line_settings_changed(v_id, v_before, p ->> 'actor', 'line.configured');
  RETURN jsonb_build_object('kind', 'done');
END $$;
