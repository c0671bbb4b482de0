import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** The page. The redirect bridge is built apart (vite.bridge.config.ts), so that it shares no chunk with it. */
export default defineConfig({
  plugins: [react()],
  build: {
    outDir: 'dist/web',
    emptyOutDir: true,
    target: 'es2023',
    sourcemap: false,
    // A data: URL in a script or style would need a wider content security policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
});
