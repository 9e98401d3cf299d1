import { svelte } from '@sveltejs/vite-plugin-svelte';
import { svelteTesting } from '@testing-library/svelte/vite';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';
import type { TestSequencer, TestSpecification } from 'vitest/node';
import { firstLoad } from './scripts/first-load.mjs';
import { lessons } from './scripts/lesson-plugin.mjs';

const domTests = 'src/**/*.dom.test.ts';

// The built page talks to its own host and to nobody else. Not while developing: Vite's dev server
// puts styles into the page, which this policy refuses.
const POLICY = {
  'default-src': "'none'",
  'script-src': "'self'",
  'style-src': "'self'",
  'img-src': "'self' data: blob:",
  'font-src': "'self' data:",
  'media-src': "'self' blob:",
  'connect-src': "'self'",
  'worker-src': "'self' blob:",
  'manifest-src': "'self'",
  'base-uri': "'none'",
  'form-action': "'none'",
};

/** What takes longest begins first, so that it is not waited for alone. */
const LONG = /(lessons|swarm|failover|openings)\.test\.ts$/;

class LongestFirst implements TestSequencer {
  readonly shard = (files: TestSpecification[]) => files;
  readonly sort = (files: TestSpecification[]) =>
    files.toSorted((a, b) => Number(LONG.test(b.moduleId)) - Number(LONG.test(a.moduleId)));
}

export default defineConfig({
  base: './',
  plugins: [svelte(), lessons(), firstLoad(), contentSecurityPolicy()],
  build: { target: 'es2022' },
  server: { host: '127.0.0.1' },
  preview: { host: '127.0.0.1' },
  test: {
    testTimeout: 30_000, // lessons are played whole, on slow machines too
    maxWorkers: '100%', // by default one core is left idle: half of a small machine
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          environment: 'node',
          // Rules without a world outside: nothing of one file is left over for the next, and to
          // load them anew for each file would double the time of all.
          isolate: false,
          include: ['src/**/*.test.ts', 'lessons/**/*.test.ts'],
          exclude: [domTests],
        },
      },
      {
        extends: true,
        plugins: [svelteTesting()],
        test: {
          name: 'dom',
          environment: 'happy-dom',
          include: [domTests],
          setupFiles: ['src/test-setup.ts'],
        },
      },
    ],
  },
});

function contentSecurityPolicy(): Plugin {
  const content = Object.entries(POLICY)
    .map(([directive, sources]) => `${directive} ${sources}`)
    .join('; ');
  const attrs = { 'http-equiv': 'Content-Security-Policy', content };
  return {
    name: 'content-security-policy',
    apply: 'build',
    transformIndexHtml: () => [{ tag: 'meta', attrs, injectTo: 'head-prepend' }],
  };
}
