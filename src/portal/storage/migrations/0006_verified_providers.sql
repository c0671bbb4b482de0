DROP TABLE "providers" CASCADE;--> statement-breakpoint
ALTER TABLE "provider_verifications" ADD COLUMN "expected" jsonb;