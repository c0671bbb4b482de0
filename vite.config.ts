import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** The page. The redirect bridge is built apart (vite.bridge.config.ts), so that it shares no chunk with it. */
export default defineConfig({
  plugins: [react()],
  experimental: {
    // Parts find each other from where they lie, so that a gate can serve them under /_gatehouse/;
    // the servers adjust the addresses in index.html themselves.
    renderBuiltUrl: (_name, { hostType }) => (hostType === 'html' ? undefined : { relative: true }),
  },
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
