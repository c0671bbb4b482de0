-- Versions of settings (R8) and the audit log (R18) are only ever added to.
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END
$$;
--> statement-breakpoint
CREATE TRIGGER audit_events_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_events
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER sso_setting_versions_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON sso_setting_versions
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
INSERT INTO state_revisions (name, value) VALUES ('access', 1), ('inventory', 1), ('provider', 1);
--> statement-breakpoint
INSERT INTO portal_access (id, permissions, revision, changed_by)
  VALUES (1, '{"admin": [], "securityAnalyst": [], "readOnly": []}', 1,
          '{"kind": "system", "name": "Gatehouse", "tenantId": null, "objectId": null}');
