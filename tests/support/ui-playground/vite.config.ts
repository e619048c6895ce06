import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

const root = import.meta.dirname;

/** Hot reload needs an inline script; the built page keeps its policy, which is the one that counts. */
const noPolicyWhileDeveloping: Plugin = {
  name: 'no-policy-while-developing',
  apply: 'serve',
  transformIndexHtml: (html) => html.replace(/<meta\s+http-equiv[^>]*>/, ''),
};

// Development and pictures without a host: `vite --config tests/support/ui-playground/vite.config.ts`.
export default defineConfig({
  root,
  base: './',
  // Several may run at once from one checkout.
  cacheDir: join(tmpdir(), `skillward-playground-${process.pid}`),
  plugins: [react(), noPolicyWhileDeveloping],
  server: { port: 5180, fs: { allow: [resolve(root, '../../..')] } },
  // The page's policy allows no data: addresses.
  build: {
    outDir: process.env.PLAYGROUND_OUT ?? 'dist',
    emptyOutDir: true,
    assetsInlineLimit: 0,
    target: 'chrome140',
  },
});
