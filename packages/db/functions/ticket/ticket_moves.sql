-- TICKET_NEXT of core/ticket/ticket.ts.
CREATE OR REPLACE FUNCTION ticket_moves() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF new.status <> old.status AND NOT (old.status || '>' || new.status = ANY (ARRAY['issued>used', 'issued>void', 'used>void']))
  THEN
    RAISE EXCEPTION 'ticket cannot go % -> %', old.status, new.status USING ERRCODE = '23514', CONSTRAINT = 'ticket_moves';
  END IF;
  RETURN new;
END $$;

CREATE TRIGGER ticket_moves BEFORE UPDATE ON ticket FOR EACH ROW EXECUTE FUNCTION ticket_moves();
