import { defineConfig } from 'vite';

/** The redirect bridge: redirect.html with one small script of its own. Runs after the page's build. */
export default defineConfig({
  // Its addresses are relative: a gate serves it as it is, under /_gatehouse/.
  base: './',
  publicDir: false,
  build: {
    outDir: 'dist/web',
    emptyOutDir: false,
    target: 'es2023',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    rolldownOptions: { input: 'redirect.html' },
  },
});
