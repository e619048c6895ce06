import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

// electron-vite's own layout is src/main, src/preload, src/renderer; ours is fixed at the top level, so each is named.
// `electron` and Node's built-ins stay imports: a bundler that stubs `node:sqlite` would break storage silently.
const external = [/^node:/, 'electron', /^electron\//];

// Into the bundle: one file instead of five hundred is read in a third of the time, and what nobody calls stays out
// (docs/benchmarks.md). The rest is loaded by few, and late.
const bundled = ['commander', 'conf', 'croner', 'electron-store', 'execa', 'smol-toml', 'ws', 'zod'];

// Into a chunk of their own, read when metrics are turned on: of the 9 MB of conventions, three names are used.
const telemetry = [
  '@opentelemetry/api',
  '@opentelemetry/exporter-metrics-otlp-http',
  '@opentelemetry/exporter-prometheus',
  '@opentelemetry/resources',
  '@opentelemetry/sdk-metrics',
  '@opentelemetry/semantic-conventions',
];

export default defineConfig({
  main: {
    build: {
      outDir: 'out/main',
      externalizeDeps: { exclude: [...bundled, ...telemetry] },
      rollupOptions: {
        input: { main: 'electron/main.ts', headless: 'electron/headless.ts', cli: 'electron/cli.ts' },
        external,
        output: {
          format: 'es',
          entryFileNames: '[name].js', // Beside the entries, so that a path relative to a module means the same wherever the bundler puts it.
          chunkFileNames: '[name]-[hash].js',
        },
      },
    },
  },
  preload: {
    build: {
      outDir: 'out/preload',
      // A sandboxed preload script must be one CommonJS file that requires nothing but electron.
      externalizeDeps: false,
      rollupOptions: {
        input: { preload: 'electron/preload.ts' },
        external,
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'renderer',
    plugins: [react()],
    build: {
      outDir: 'out/renderer',
      minify: true,
      // Fonts and icons stay files: the page's policy allows no data: addresses.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      rollupOptions: {
        input: { index: 'renderer/index.html' },
        // Wherever schemas come to lie, zod is told not to build code before the first of them is made: the page's policy
        // forbids it, and zod would try.
        output: {
          codeSplitting: {
            groups: [
              // Read before all else, which asks for a file that needs no other.
              { name: 'first-socket', test: /bridge[\\/](page-socket|first-socket|token)\.ts/ },
              { name: 'zod', test: /node_modules[\\/]zod[\\/]|app[\\/]jitless/ },
            ],
          },
        },
      },
    },
  },
});
