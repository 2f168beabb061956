import { defineConfig } from 'vite';

// Pages that draw the built panel, whole dashboards and the configuration page in a browser. Never shipped.
export default defineConfig({
  root: 'harness',
  base: './',
  define: { 'process.env.NODE_ENV': '"production"', global: 'globalThis' },
  build: {
    outDir: '../build/harness',
    emptyOutDir: true,
    chunkSizeWarningLimit: 99999,
    rollupOptions: { input: ['harness/panel.html', 'harness/dashboard.html'] },
  },
});
