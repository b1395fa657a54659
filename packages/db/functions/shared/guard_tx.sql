-- Opens the guard for the current transaction and for nothing longer (finding F1 of docs/reliability.md). The value is the
-- transaction's own id, so that a value that was left behind on a connection can never open it.
--
-- Every function that writes starts here, so this is also where a process of another version is refused: the contract's
-- number, which its connections carry in their application_name, must be the one below. It stands here alone; `pnpm gen`
-- carries it into the program. Raise it when a function that is called from there changes what it takes or gives.
CREATE OR REPLACE FUNCTION guard_tx() RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  c_contract CONSTANT text := '7';
BEGIN
  IF substring(current_setting('application_name') FROM ' contract=([0-9]+)') IS DISTINCT FROM c_contract THEN
    RAISE EXCEPTION 'this process and the database are of different versions (contract % and %)',
      coalesce(substring(current_setting('application_name') FROM ' contract=([0-9]+)'), 'none'), c_contract
      USING ERRCODE = 'ON002', HINT = 'Migrate the database and restart every process with the same version.';
  END IF;
  PERFORM set_config('app.tx', pg_current_xact_id()::text, true);
END $$;
