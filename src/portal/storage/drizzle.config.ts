import { defineConfig } from 'drizzle-kit';

export default defineConfig({
  dialect: 'postgresql',
  schema: [
    './src/portal/storage/schema.ts',
    './src/portal/storage/gate-schema.ts',
    './src/portal/storage/provider-schema.ts',
    './src/portal/storage/recovery-schema.ts',
  ],
  out: './src/portal/storage/migrations',
});
