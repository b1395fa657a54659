-- Changes after version `p_since` of what the actions name: [{version, by, atMs, fields}], the oldest first.
CREATE OR REPLACE FUNCTION changes_since(p_chain uuid, p_actions text[], p_since integer, p_line uuid DEFAULT NULL) RETURNS jsonb
LANGUAGE sql STABLE AS $$
  SELECT coalesce(jsonb_agg(jsonb_build_object('version', a.detail -> 'version', 'by', a.actor, 'atMs', ms_of(a.at),
    'fields', CASE WHEN jsonb_typeof(a.detail -> 'after') = 'object'
      THEN (SELECT coalesce(jsonb_agg(k ORDER BY k), '[]') FROM jsonb_object_keys(a.detail -> 'after') k) ELSE '[]' END)
    ORDER BY a.seq), '[]')
  FROM audit a
  WHERE a.chain = p_chain AND a.action = ANY (p_actions)
    AND a.action IN ('event.changed', 'prices.published', 'line.configured', 'line.levers', 'line.moved',
      'organization.changed')
    AND (a.detail ->> 'version')::integer > p_since
    AND (p_line IS NULL OR (a.detail ->> 'line')::uuid = p_line)
$$;
