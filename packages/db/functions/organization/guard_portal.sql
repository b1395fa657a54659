-- guard_tx() for the portal: from here to the end of the transaction it works for one organization, as the role that sees
-- nothing of the others (src/portal-role.ts). Where one role does everything, it owns the tables and no policy binds it.
CREATE OR REPLACE FUNCTION guard_portal(p_organization uuid) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM guard_tx();
  PERFORM set_config('app.organization', p_organization::text, true);
  IF session_user <> (SELECT pg_get_userbyid(relowner) FROM pg_class WHERE oid = 'event'::regclass) THEN
    PERFORM set_config('role', session_user || '_portal', true);
  END IF;
END $$;
