CREATE TABLE "gate_enrolments" (
	"token_hash" "bytea" PRIMARY KEY NOT NULL,
	"sensor_id" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" jsonb NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"used_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "gate_sessions" (
	"id" text PRIMARY KEY NOT NULL,
	"gate_id" uuid NOT NULL,
	"sensor_id" uuid NOT NULL,
	"tenant_id" uuid NOT NULL,
	"object_id" uuid NOT NULL,
	"name" text NOT NULL,
	"role" text,
	"address" text,
	"opened_at" timestamp with time zone NOT NULL,
	"ended_at" timestamp with time zone,
	"end_reason" text
);
--> statement-breakpoint
CREATE TABLE "gate_signing_keys" (
	"id" text PRIMARY KEY NOT NULL,
	"status" text NOT NULL,
	"public_key" jsonb NOT NULL,
	"sealed_private_key" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"retired_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "gates" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"sensor_id" uuid NOT NULL,
	"public_key" jsonb NOT NULL,
	"next_public_key" jsonb,
	"origin" text NOT NULL,
	"software" text NOT NULL,
	"enrolled_at" timestamp with time zone DEFAULT now() NOT NULL,
	"enrolled_by" jsonb NOT NULL,
	"revoked_at" timestamp with time zone,
	"revoked_by" jsonb,
	"last_seen_at" timestamp with time zone,
	"applied_number" bigint,
	"applied_tag" text,
	"applied_at" timestamp with time zone,
	"failure" jsonb,
	"failed_at" timestamp with time zone,
	"clock_offset" bigint,
	"checks" jsonb,
	"checked_at" timestamp with time zone,
	"certificate_expires_at" timestamp with time zone,
	"open_sessions" integer DEFAULT 0 NOT NULL,
	"event_queue" uuid,
	"event_sequence" bigint DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "security_settings" (
	"id" integer PRIMARY KEY DEFAULT 1 NOT NULL,
	"idle_minutes" integer NOT NULL,
	"total_minutes" integer NOT NULL,
	"bundle_days" integer NOT NULL,
	"bundles_renewed_at" timestamp with time zone DEFAULT now() NOT NULL,
	"revision" integer NOT NULL,
	"changed_at" timestamp with time zone DEFAULT now() NOT NULL,
	"changed_by" jsonb NOT NULL,
	CONSTRAINT "security_settings_one" CHECK (id = 1)
);
--> statement-breakpoint
CREATE TABLE "session_revocations" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"by" jsonb NOT NULL,
	"session_id" text,
	"gate_id" uuid,
	"tenant_id" uuid,
	"object_id" uuid,
	"site_ids" uuid[]
);
--> statement-breakpoint
ALTER TABLE "sign_ins" ADD COLUMN "sensor_id" uuid;--> statement-breakpoint
ALTER TABLE "sign_ins" ADD COLUMN "sensor_role" text;--> statement-breakpoint
ALTER TABLE "sso_settings" ADD COLUMN "console_rules" jsonb;--> statement-breakpoint
ALTER TABLE "gate_enrolments" ADD CONSTRAINT "gate_enrolments_sensor_id_sensors_id_fk" FOREIGN KEY ("sensor_id") REFERENCES "public"."sensors"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "gate_sessions" ADD CONSTRAINT "gate_sessions_gate_id_gates_id_fk" FOREIGN KEY ("gate_id") REFERENCES "public"."gates"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "gate_sessions" ADD CONSTRAINT "gate_sessions_sensor_id_sensors_id_fk" FOREIGN KEY ("sensor_id") REFERENCES "public"."sensors"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "gates" ADD CONSTRAINT "gates_sensor_id_sensors_id_fk" FOREIGN KEY ("sensor_id") REFERENCES "public"."sensors"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "session_revocations" ADD CONSTRAINT "session_revocations_gate_id_gates_id_fk" FOREIGN KEY ("gate_id") REFERENCES "public"."gates"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "gate_sessions_open" ON "gate_sessions" USING btree ("opened_at") WHERE ended_at is null;--> statement-breakpoint
CREATE INDEX "gate_sessions_person" ON "gate_sessions" USING btree ("tenant_id","object_id");--> statement-breakpoint
CREATE UNIQUE INDEX "gate_signing_keys_status" ON "gate_signing_keys" USING btree ("status") WHERE status <> 'retired';--> statement-breakpoint
CREATE UNIQUE INDEX "gates_sensor" ON "gates" USING btree ("sensor_id") WHERE revoked_at is null;--> statement-breakpoint
ALTER TABLE "sign_ins" ADD CONSTRAINT "sign_ins_sensor_id_sensors_id_fk" FOREIGN KEY ("sensor_id") REFERENCES "public"."sensors"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
INSERT INTO state_revisions (name, value) VALUES ('gates', 1);
--> statement-breakpoint
INSERT INTO security_settings (id, idle_minutes, total_minutes, bundle_days, revision, changed_by)
  VALUES (1, 30, 480, 30, 1,
          '{"kind": "system", "name": "Gatehouse", "tenantId": null, "objectId": null}');
