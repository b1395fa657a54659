-- Refuses what a table never allows; its triggers here say which changes of which tables. What they refuse whole is not
-- even granted to the application (src/application-role.ts).
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = '23514', CONSTRAINT = TG_TABLE_NAME || '_append_only';
END $$;

CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE ON audit FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER audit_no_truncate BEFORE TRUNCATE ON audit FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER event_price_list_unchanged BEFORE UPDATE OR DELETE ON event_price_list
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER event_stays BEFORE DELETE ON event FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER ledger_entry_append_only BEFORE UPDATE OR DELETE ON ledger_entry
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER ledger_posting_append_only BEFORE UPDATE OR DELETE ON ledger_posting
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER line_seed_unchanged BEFORE UPDATE OR DELETE ON line_seed FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER line_stays BEFORE DELETE ON line FOR EACH ROW WHEN (old.opened_at IS NOT NULL)
  EXECUTE FUNCTION refuse_change();
CREATE TRIGGER line_wave_append_only BEFORE UPDATE OR DELETE ON line_wave FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER organization_stays BEFORE DELETE ON organization FOR EACH ROW EXECUTE FUNCTION refuse_change();
