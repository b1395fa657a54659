-- NULL while `p_since` is the newest version of a line, or nobody named one; else {kind: stale, version, changes} with who
-- changed or moved it since.
CREATE OR REPLACE FUNCTION stale_line(p_line uuid, p_since integer) RETURNS jsonb LANGUAGE sql STABLE AS $$
  SELECT jsonb_build_object('kind', 'stale', 'version', l.settings_version,
    'changes', changes_since(l.event_id, '{line.configured,line.levers,line.moved}', p_since, p_line))
  FROM line l WHERE l.id = p_line AND l.settings_version <> p_since
$$;
