-- The fields of `b` that differ from `a`, with the values of `b`.
CREATE OR REPLACE FUNCTION fields_changed(a jsonb, b jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
  SELECT coalesce(jsonb_object_agg(key, value), '{}') FROM jsonb_each(b) WHERE value IS DISTINCT FROM a -> key
$$;
