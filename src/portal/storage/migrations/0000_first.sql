CREATE TABLE "audit_events" (
	"sequence" bigint PRIMARY KEY NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"actor" jsonb NOT NULL,
	"address" text,
	"action" text NOT NULL,
	"outcome" text NOT NULL,
	"subject" text NOT NULL,
	"site_ids" uuid[] NOT NULL,
	"before" jsonb,
	"after" jsonb,
	"previous_hash" text NOT NULL,
	"hash" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "group_evidence" (
	"tenant_id" uuid NOT NULL,
	"object_id" uuid NOT NULL,
	"groups" jsonb NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	CONSTRAINT "group_evidence_tenant_id_object_id_pk" PRIMARY KEY("tenant_id","object_id")
);
--> statement-breakpoint
CREATE TABLE "portal_access" (
	"id" integer PRIMARY KEY DEFAULT 1 NOT NULL,
	"permissions" jsonb NOT NULL,
	"revision" integer NOT NULL,
	"changed_at" timestamp with time zone DEFAULT now() NOT NULL,
	"changed_by" jsonb NOT NULL,
	CONSTRAINT "portal_access_one" CHECK (id = 1)
);
--> statement-breakpoint
CREATE TABLE "providers" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"type" text NOT NULL,
	"status" text NOT NULL,
	"tenant_id" uuid NOT NULL,
	"client_id" uuid NOT NULL,
	"api_client_id" uuid NOT NULL,
	"portal_access" jsonb,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"verified_at" timestamp with time zone,
	CONSTRAINT "providers_status" UNIQUE("status")
);
--> statement-breakpoint
CREATE TABLE "recovery_links" (
	"token_hash" "bytea" PRIMARY KEY NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"used_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "recovery_sessions" (
	"id_hash" "bytea" PRIMARY KEY NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"ends_at" timestamp with time zone NOT NULL,
	"closed" boolean DEFAULT false NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sensors" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"site_id" uuid NOT NULL,
	"zone_id" uuid NOT NULL,
	"subscription_key" text NOT NULL,
	"name" text NOT NULL,
	"name_key" text NOT NULL,
	"type" text NOT NULL,
	"version" text NOT NULL,
	"health" text NOT NULL,
	"last_connected_at" timestamp with time zone,
	"threat_intelligence_version" text NOT NULL,
	"threat_intelligence_mode" text NOT NULL,
	"threat_intelligence_status" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"changed_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "sensors_name" UNIQUE("subscription_key","name_key")
);
--> statement-breakpoint
CREATE TABLE "sign_ins" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"tenant_id" uuid,
	"object_id" uuid,
	"name" text NOT NULL,
	"kind" text NOT NULL,
	"sign_in_key" text NOT NULL,
	"address" text,
	"outcome" text NOT NULL,
	"code" text,
	"portal_role" text
);
--> statement-breakpoint
CREATE TABLE "sites" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"subscription_name" text NOT NULL,
	"subscription_key" text NOT NULL,
	"name" text NOT NULL,
	"name_key" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "sites_name" UNIQUE("subscription_key","name_key")
);
--> statement-breakpoint
CREATE TABLE "sso_setting_targets" (
	"setting_id" uuid NOT NULL,
	"site_id" uuid,
	"zone_id" uuid,
	"sensor_id" uuid,
	CONSTRAINT "sso_setting_targets_site" UNIQUE("site_id"),
	CONSTRAINT "sso_setting_targets_zone" UNIQUE("zone_id"),
	CONSTRAINT "sso_setting_targets_sensor" UNIQUE("sensor_id"),
	CONSTRAINT "sso_setting_targets_one" CHECK (num_nonnulls(site_id, zone_id, sensor_id) = 1)
);
--> statement-breakpoint
CREATE TABLE "sso_setting_versions" (
	"setting_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"by" jsonb NOT NULL,
	"reason" text NOT NULL,
	"change" text NOT NULL,
	"document" jsonb NOT NULL,
	CONSTRAINT "sso_setting_versions_setting_id_version_pk" PRIMARY KEY("setting_id","version")
);
--> statement-breakpoint
CREATE TABLE "sso_settings" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"version" integer NOT NULL,
	"subscription_name" text NOT NULL,
	"name" text NOT NULL,
	"name_key" text NOT NULL,
	"description" text NOT NULL,
	"tenant_id" uuid NOT NULL,
	"client_id" uuid NOT NULL,
	"permissions" jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"changed_at" timestamp with time zone DEFAULT now() NOT NULL,
	"changed_by" jsonb NOT NULL,
	"deleted_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "state_revisions" (
	"name" text PRIMARY KEY NOT NULL,
	"value" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "zones" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"site_id" uuid NOT NULL,
	"name" text NOT NULL,
	"name_key" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "zones_name" UNIQUE("site_id","name_key")
);
--> statement-breakpoint
ALTER TABLE "sensors" ADD CONSTRAINT "sensors_site_id_sites_id_fk" FOREIGN KEY ("site_id") REFERENCES "public"."sites"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sensors" ADD CONSTRAINT "sensors_zone_id_zones_id_fk" FOREIGN KEY ("zone_id") REFERENCES "public"."zones"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sso_setting_targets" ADD CONSTRAINT "sso_setting_targets_setting_id_sso_settings_id_fk" FOREIGN KEY ("setting_id") REFERENCES "public"."sso_settings"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sso_setting_targets" ADD CONSTRAINT "sso_setting_targets_site_id_sites_id_fk" FOREIGN KEY ("site_id") REFERENCES "public"."sites"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sso_setting_targets" ADD CONSTRAINT "sso_setting_targets_zone_id_zones_id_fk" FOREIGN KEY ("zone_id") REFERENCES "public"."zones"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sso_setting_targets" ADD CONSTRAINT "sso_setting_targets_sensor_id_sensors_id_fk" FOREIGN KEY ("sensor_id") REFERENCES "public"."sensors"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sso_setting_versions" ADD CONSTRAINT "sso_setting_versions_setting_id_sso_settings_id_fk" FOREIGN KEY ("setting_id") REFERENCES "public"."sso_settings"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "zones" ADD CONSTRAINT "zones_site_id_sites_id_fk" FOREIGN KEY ("site_id") REFERENCES "public"."sites"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "sensors_site" ON "sensors" USING btree ("site_id");--> statement-breakpoint
CREATE INDEX "sensors_zone" ON "sensors" USING btree ("zone_id");--> statement-breakpoint
CREATE UNIQUE INDEX "sign_ins_once" ON "sign_ins" USING btree ("sign_in_key","outcome");--> statement-breakpoint
CREATE INDEX "sso_setting_targets_setting" ON "sso_setting_targets" USING btree ("setting_id");--> statement-breakpoint
CREATE UNIQUE INDEX "sso_settings_name" ON "sso_settings" USING btree ("name_key") WHERE deleted_at is null;