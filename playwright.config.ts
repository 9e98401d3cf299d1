import { createServer, type AddressInfo } from 'node:net';
import { defineConfig, devices } from '@playwright/test';
import { launchOptions } from './scripts/find-chromium.mjs';
import { firefoxUse } from './scripts/find-firefox.mjs';

// Firefox runs what an engine may do differently: the same world, time, faults and first pictures.
// E2E_FIREFOX=off leaves it out, E2E_FIREFOX=all takes every test through it.
const firefoxWish = process.env['E2E_FIREFOX'];
const inFirefox = firefoxWish === 'off' ? undefined : await firefoxUse();
const FIREFOX_TOO = /(smoke|determinism|transport|faults|first-picture)\.spec\.ts$/;

// Chosen once in the main process; workers load this file again and inherit the choice.
const port = (process.env['E2E_PORT'] ??= String(await freePort()));
const address = `http://127.0.0.1:${port}`;

/** Serves what `vite build` left in dist; `npm test` builds first. */
export default defineConfig({
  testDir: 'e2e',
  outputDir: 'test-results',
  fullyParallel: true,
  forbidOnly: Boolean(process.env['CI']),
  workers: 2,
  // A shared machine may stop a browser for seconds. What passes only the second time is listed.
  retries: process.env['CI'] ? 1 : 0,
  reporter: 'list',
  timeout: 60_000,
  expect: { timeout: 10_000 },
  use: {
    baseURL: address,
    // A trace of each step costs a third of the time: E2E_TRACE=on when a failure is not understood.
    trace: process.env['E2E_TRACE'] === 'on' ? 'retain-on-failure' : 'off',
    screenshot: 'only-on-failure',
    locale: 'en-GB',
    timezoneId: 'UTC',
  },
  projects: [
    {
      name: 'chromium',
      use: { ...devices['Desktop Chrome'], launchOptions: await launchOptions() },
    },
    ...(inFirefox
      ? [
          {
            name: 'firefox',
            use: { ...devices['Desktop Firefox'], ...inFirefox },
            testMatch: firefoxWish === 'all' ? /\.spec\.ts$/ : FIREFOX_TOO,
          },
        ]
      : []),
  ],
  webServer: {
    command: `node node_modules/vite/bin/vite.js preview --port ${port} --strictPort`,
    url: address,
    gracefulShutdown: { signal: 'SIGTERM', timeout: 500 },
  },
});

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  return port;
}
