-- {lineId, wave: {seq, atMs, fence, admitted, activeAfter, inputs, reason}, admitted: [{accountId, number,
-- presentSinceMs}]}: "recorded", "known" when it stood there, "differs" when another wave stands there, "fenced".
CREATE OR REPLACE FUNCTION record_wave(p jsonb) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  v_no integer;
  v_fence bigint;
  v_wave jsonb := p -> 'wave';
  v_at timestamptz := instant_of((v_wave ->> 'atMs')::bigint);
  v_numbers integer[] := ARRAY(SELECT (a ->> 'number')::integer FROM jsonb_array_elements(p -> 'admitted') a ORDER BY 1);
BEGIN
  PERFORM guard_tx();
  SELECT line_no INTO STRICT v_no FROM line WHERE id = (p ->> 'lineId')::uuid;
  -- Whoever takes the lease over waits until this wave stands, or this one sees the new fence.
  SELECT fence INTO v_fence FROM line_controller FOR SHARE;
  IF (v_wave ->> 'fence')::bigint < v_fence THEN
    RETURN 'fenced';
  END IF;
  INSERT INTO line_wave (line_no, seq, at, fence, admitted, active_after, inputs, reason, numbers)
  VALUES (v_no, (v_wave ->> 'seq')::integer, v_at, (v_wave ->> 'fence')::bigint, (v_wave ->> 'admitted')::integer,
    (v_wave ->> 'activeAfter')::integer, v_wave -> 'inputs', v_wave ->> 'reason', v_numbers)
  ON CONFLICT ON CONSTRAINT line_wave_once DO NOTHING;
  IF NOT FOUND THEN
    RETURN (SELECT CASE WHEN numbers = v_numbers THEN 'known' ELSE 'differs' END FROM line_wave
      WHERE line_no = v_no AND seq = (v_wave ->> 'seq')::integer);
  END IF;
  INSERT INTO line_pass (line_no, number, account_id, wave, present_since, admitted_at)
  SELECT v_no, a.number, a."accountId", (v_wave ->> 'seq')::integer, instant_of(a."presentSinceMs"), v_at
  FROM jsonb_to_recordset(p -> 'admitted') a ("accountId" uuid, number integer, "presentSinceMs" bigint) ORDER BY a.number
  ON CONFLICT DO NOTHING;
  RETURN 'recorded';
END $$;
