-- A worker that stops frees its events at once.
CREATE OR REPLACE FUNCTION leave_events(p_worker text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM guard_tx();
  UPDATE event_owner SET worker = NULL WHERE worker = p_worker;
  DELETE FROM worker_lease WHERE worker = p_worker;
END $$;
