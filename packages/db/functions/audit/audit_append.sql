-- Appends one entry. Call it last in a transaction: it holds the chain's lock until the commit.
CREATE OR REPLACE FUNCTION audit_append(p_chain uuid, p_actor text, p_action text, p_detail jsonb) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
  v_prev bytea;
  v_seq bigint;
  v_at timestamptz := clock_timestamp();
  v_hash bytea;
BEGIN
  INSERT INTO audit_head AS h (chain, seq, hash) VALUES (p_chain, 1, sha256(convert_to(p_chain::text, 'UTF8')))
  ON CONFLICT (chain) DO UPDATE SET seq = h.seq + 1
  RETURNING h.seq, h.hash INTO v_seq, v_prev;
  v_hash := audit_hash(v_prev, p_chain, v_seq, v_at, p_actor, p_action, p_detail);
  INSERT INTO audit (chain, seq, at, actor, action, detail, prev_hash, hash)
  VALUES (p_chain, v_seq, v_at, p_actor, p_action, p_detail, v_prev, v_hash);
  UPDATE audit_head SET hash = v_hash WHERE chain = p_chain;
END $$;
