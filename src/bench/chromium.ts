/** The built page, served on this machine, and a Chromium to look at it with. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium, type Browser } from '@playwright/test';
import { build, preview } from 'vite';
import { launchOptions } from '../../scripts/find-chromium.mjs';

export interface Stand {
  readonly browser: Browser;
  /** Ends with a slash. */
  readonly address: string;
}

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Builds the page into a folder of its own, and takes everything away again afterwards. */
export async function withChromium<T>(look: (stand: Stand) => Promise<T>): Promise<T> {
  const outDir = mkdtempSync(join(tmpdir(), 'slotscope-bench-'));
  const common = { root: ROOT, logLevel: 'error' as const };
  try {
    await build({ ...common, build: { outDir, emptyOutDir: true } });
    const server = await preview({ ...common, build: { outDir }, preview: { port: 0 } });
    const browser = await chromium.launch(await launchOptions());
    try {
      return await look({ browser, address: server.resolvedUrls!.local[0]! });
    } finally {
      await browser.close();
      await server.close();
    }
  } finally {
    rmSync(outDir, { recursive: true, force: true });
  }
}
