-- The settings of a line in the shape of core's LineSettings.
CREATE OR REPLACE FUNCTION line_settings(p_line uuid) RETURNS jsonb LANGUAGE sql STABLE AS $$
  SELECT jsonb_build_object('windowKey', l.window_key, 'lobbyOpensAtMs', ms_of(l.lobby_opens_at),
    'drawsAtMs', ms_of(l.draws_at), 'onePer', l.one_per, 'requireVerifiedEmail', l.require_verified_email,
    'publicValueSource', l.public_value_source, 'cap', l.cap, 'inflowPerSecond', l.inflow_per_second,
    'pacePct', l.pace_pct, 'passTtlMs', l.pass_ttl_ms, 'passMaxMs', l.pass_max_ms, 'graceMs', l.grace_ms,
    'notice', l.notice)
  FROM line l WHERE l.id = p_line
$$;
