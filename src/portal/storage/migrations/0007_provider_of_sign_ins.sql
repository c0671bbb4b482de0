ALTER TABLE "sign_ins" ADD COLUMN "provider_id" text;--> statement-breakpoint
ALTER TABLE "sign_ins" ADD COLUMN "provider_name" text;--> statement-breakpoint
ALTER TABLE "provider_verifications" ADD COLUMN "recovery_session" "bytea";