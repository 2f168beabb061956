import { defineConfig } from 'vite';

// Pages that draw the built panel, and whole dashboards, in a browser. Never shipped.
// With --mode react18 the panel's page is built with the React of Grafana before 13.2.
export default defineConfig(({ mode }) => {
  const react18 = mode === 'react18';
  return {
    root: 'harness',
    base: './',
    define: { 'process.env.NODE_ENV': '"production"', global: 'globalThis' },
    resolve: {
      alias: react18 ? [{ find: /^(react|react-dom)(?=\/|$)/, replacement: '$1-18' }] : [],
    },
    build: {
      outDir: react18 ? '../build/harness-react18' : '../build/harness',
      emptyOutDir: true,
      chunkSizeWarningLimit: 99999,
      rollupOptions: { input: react18 ? ['harness/panel.html'] : ['harness/panel.html', 'harness/dashboard.html'] },
    },
  };
});
