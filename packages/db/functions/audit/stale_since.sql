-- How every late save is told: NULL while what was saved from, `p_since`, is the newest version, `p_now`, or nobody named one;
-- else {kind: stale, version, changes} with who changed since what the actions name. For callers that hold the row.
CREATE OR REPLACE FUNCTION stale_since(p_now integer, p_since integer, p_chain uuid, p_actions text[], p_line uuid DEFAULT NULL)
RETURNS jsonb LANGUAGE sql STABLE AS $$
  SELECT jsonb_build_object('kind', 'stale', 'version', p_now,
    'changes', changes_since(p_chain, p_actions, p_since, p_line))
  WHERE p_now <> p_since
$$;
