-- Whether an event is of the organization that this transaction works for; everybody's is where none was named. Verbs of the
-- portal ask for it beside the event's id, so that organizations stay apart also where no row security binds the role: those
-- that write in their functions, those that read by src/organization/scope.ts.
CREATE OR REPLACE FUNCTION event_in_scope(p_event uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT current_organization() IS NULL
    OR EXISTS (SELECT FROM event WHERE id = p_event AND organization_in_scope(organization_id))
$$;
