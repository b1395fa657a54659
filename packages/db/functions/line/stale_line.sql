-- stale_since() of a line's settings, levers and moves.
CREATE OR REPLACE FUNCTION stale_line(p_line uuid, p_since integer) RETURNS jsonb LANGUAGE sql STABLE AS $$
  SELECT stale_since(l.settings_version, p_since, l.event_id, '{line.configured,line.levers,line.moved}', l.id)
  FROM line l WHERE l.id = p_line
$$;
