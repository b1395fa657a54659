-- The time goes in as whole microseconds, so that the hash does not depend on a session's time zone.
CREATE OR REPLACE FUNCTION audit_hash(prev bytea, chain uuid, seq bigint, at timestamptz, actor text, action text, detail jsonb)
RETURNS bytea LANGUAGE sql STABLE AS $$
  SELECT sha256(prev || convert_to(
    jsonb_build_array(chain, seq, (extract(epoch FROM at) * 1000000)::bigint, actor, action, detail)::text, 'UTF8'))
$$;
