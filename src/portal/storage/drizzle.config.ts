import { defineConfig } from 'drizzle-kit';

export default defineConfig({
  dialect: 'postgresql',
  schema: './src/portal/storage/schema.ts',
  out: './src/portal/storage/migrations',
});
