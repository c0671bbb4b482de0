DROP INDEX "sign_ins_once";--> statement-breakpoint
CREATE UNIQUE INDEX "sign_ins_once" ON "sign_ins" USING btree ("sign_in_key","outcome",coalesce(code, ''));