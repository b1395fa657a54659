-- A fan's place as the port gives it.
CREATE OR REPLACE FUNCTION line_place(e line_entry) RETURNS jsonb LANGUAGE sql STABLE AS $$
  SELECT jsonb_build_object('entry', replace(e.entry::text, '-', ''), 'number', e.number,
    'admittedAtMs', ms_of(p.admitted_at), 'ended', p.ended, 'extensions', coalesce(p.extensions, 0))
  FROM (VALUES (1)) one LEFT JOIN line_pass p ON p.line_no = e.line_no AND p.number = e.number
$$;
