CREATE TABLE "notification_deliveries" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"once_key" text NOT NULL,
	"event" text NOT NULL,
	"payload" jsonb NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"next_attempt_at" timestamp with time zone,
	"last_attempt_at" timestamp with time zone,
	"delivered_at" timestamp with time zone,
	"detail" text DEFAULT '' NOT NULL,
	"sequence" bigint GENERATED ALWAYS AS IDENTITY (sequence name "notification_deliveries_sequence_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	CONSTRAINT "notification_deliveries_once" UNIQUE("once_key")
);
--> statement-breakpoint
CREATE TABLE "notification_settings" (
	"id" integer PRIMARY KEY DEFAULT 1 NOT NULL,
	"revision" integer DEFAULT 1 NOT NULL,
	"webhook_url" text,
	"sealed_secret" text
);
--> statement-breakpoint
CREATE TABLE "portal_sessions" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"secret_hash" "bytea" NOT NULL,
	"provider_id" uuid NOT NULL,
	"tenant_id" uuid NOT NULL,
	"object_id" uuid NOT NULL,
	"name" text NOT NULL,
	"identity" jsonb NOT NULL,
	"entra_session_id" text,
	"sealed_refresh_token" text,
	"confirmed_at" timestamp with time zone NOT NULL,
	"address" text,
	"opened_at" timestamp with time zone NOT NULL,
	"last_seen_at" timestamp with time zone NOT NULL,
	"ended_at" timestamp with time zone,
	"end_reason" text,
	CONSTRAINT "portal_sessions_secret" UNIQUE("secret_hash")
);
--> statement-breakpoint
CREATE TABLE "portal_users" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"name" text NOT NULL,
	"email" text NOT NULL,
	"email_key" text NOT NULL,
	"role" text NOT NULL,
	"disabled" boolean DEFAULT false NOT NULL,
	"revision" integer DEFAULT 1 NOT NULL,
	"tenant_id" uuid,
	"object_id" uuid,
	"linked_at" timestamp with time zone,
	"changed_email" text,
	"invitation_hash" "bytea",
	"invitation_expires_at" timestamp with time zone,
	"invitation_revoked_at" timestamp with time zone,
	"invitation_mail" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" jsonb NOT NULL,
	"last_sign_in_at" timestamp with time zone,
	CONSTRAINT "portal_users_invitation" UNIQUE("invitation_hash")
);
--> statement-breakpoint
CREATE TABLE "provider_credentials" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"provider_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"status" text NOT NULL,
	"sealed" text NOT NULL,
	"hint" text NOT NULL,
	"expires_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" jsonb NOT NULL,
	"verified_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "provider_verifications" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"provider_id" uuid NOT NULL,
	"revision" integer NOT NULL,
	"credential_id" uuid,
	"state" text NOT NULL,
	"checks" jsonb NOT NULL,
	"aadsts" integer,
	"correlation_id" text,
	"started_at" timestamp with time zone DEFAULT now() NOT NULL,
	"started_by" jsonb NOT NULL,
	"finished_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "sign_in_providers" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"type" text NOT NULL,
	"status" text NOT NULL,
	"is_primary" boolean DEFAULT false NOT NULL,
	"revision" integer DEFAULT 1 NOT NULL,
	"verified" jsonb,
	"draft" jsonb,
	"draft_portal_access" jsonb,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" jsonb NOT NULL,
	"verified_at" timestamp with time zone,
	"verified_by" jsonb,
	"failure" jsonb
);
--> statement-breakpoint
ALTER TABLE "security_settings" ADD COLUMN "step_up_context" text;--> statement-breakpoint
ALTER TABLE "provider_credentials" ADD CONSTRAINT "provider_credentials_provider_id_sign_in_providers_id_fk" FOREIGN KEY ("provider_id") REFERENCES "public"."sign_in_providers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "provider_verifications" ADD CONSTRAINT "provider_verifications_provider_id_sign_in_providers_id_fk" FOREIGN KEY ("provider_id") REFERENCES "public"."sign_in_providers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "provider_verifications" ADD CONSTRAINT "provider_verifications_credential_id_provider_credentials_id_fk" FOREIGN KEY ("credential_id") REFERENCES "public"."provider_credentials"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "notification_deliveries_due" ON "notification_deliveries" USING btree ("next_attempt_at") WHERE next_attempt_at is not null;--> statement-breakpoint
CREATE INDEX "portal_sessions_open" ON "portal_sessions" USING btree ("opened_at") WHERE ended_at is null;--> statement-breakpoint
CREATE INDEX "portal_sessions_person" ON "portal_sessions" USING btree ("tenant_id","object_id");--> statement-breakpoint
CREATE INDEX "portal_sessions_entra" ON "portal_sessions" USING btree ("entra_session_id");--> statement-breakpoint
CREATE UNIQUE INDEX "portal_users_email" ON "portal_users" USING btree ("email_key");--> statement-breakpoint
CREATE UNIQUE INDEX "portal_users_identity" ON "portal_users" USING btree ("tenant_id","object_id");--> statement-breakpoint
CREATE INDEX "provider_credentials_provider" ON "provider_credentials" USING btree ("provider_id");--> statement-breakpoint
CREATE UNIQUE INDEX "provider_credentials_current" ON "provider_credentials" USING btree ("provider_id") WHERE status = 'current';--> statement-breakpoint
CREATE INDEX "provider_verifications_provider" ON "provider_verifications" USING btree ("provider_id","started_at");--> statement-breakpoint
CREATE UNIQUE INDEX "sign_in_providers_primary" ON "sign_in_providers" USING btree ("is_primary") WHERE is_primary;--> statement-breakpoint
INSERT INTO notification_settings (id) VALUES (1);--> statement-breakpoint
INSERT INTO sign_in_providers (id, type, status, is_primary, verified, draft, draft_portal_access, created_at, created_by, verified_at)
  SELECT id, 'spa',
         CASE status WHEN 'active' THEN 'active' ELSE 'unverified' END,
         status = 'active',
         CASE status WHEN 'active' THEN registration END,
         CASE status WHEN 'active' THEN NULL ELSE registration END,
         portal_access, created_at,
         '{"kind": "system", "name": "Gatehouse", "tenantId": null, "objectId": null}'::jsonb,
         verified_at
    FROM (SELECT *, jsonb_build_object('type', 'spa', 'name', 'Microsoft', 'tenantId', tenant_id,
                                       'clientId', client_id, 'apiClientId', api_client_id) AS registration
            FROM providers) AS entered;
