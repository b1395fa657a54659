-- Refuses to make a thing for another organization than the one that this transaction works for, in the code of row security.
CREATE OR REPLACE FUNCTION need_organization(p_organization uuid) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  IF NOT organization_in_scope(p_organization) THEN
    RAISE EXCEPTION 'this transaction works for another organization than %', p_organization USING ERRCODE = '42501';
  END IF;
END $$;
