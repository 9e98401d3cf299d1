/** What is loaded for a first look, and when the first picture is there. */
import { gzipSync } from 'node:zlib';
import type { Page, Response } from '@playwright/test';
import type { Stand } from './chromium';
import { median, type LoadFigures } from './results';

interface Visit {
  readonly firstPictureMs: number;
  readonly scriptBytes: number;
  readonly laterScriptBytes: number;
  readonly requestsElsewhere: number;
}

/** `sign`: what of the first picture can be used: a way into a lesson, a node to be picked. */
const PAGES = [
  { page: 'home', path: '', sign: 'main a[href]' },
  {
    page: 'first lesson',
    path: '#/lesson/slots',
    sign: '[data-picture=stage] :is(button, [role=button])',
  },
] as const;
const SLOWED = [1, 4];

/** Cold visits, each in a context of its own, pages and speeds in turn. */
export async function measureLoad(
  { browser, address }: Stand,
  rounds: number,
  say: (sentence: string) => void,
): Promise<LoadFigures[]> {
  const kinds = SLOWED.flatMap((slowed) =>
    PAGES.map((one) => ({ ...one, slowed, visits: [] as Visit[] })),
  );
  for (let round = 0; round < rounds; round++) {
    say(`load: round ${round + 1}`);
    for (const { path, sign, slowed, visits } of kinds) {
      const context = await browser.newContext({ viewport: { width: 1_366, height: 768 } });
      visits.push(await visit(await context.newPage(), address + path, { address, sign, slowed }));
      await context.close();
    }
  }
  return kinds.map(({ page, slowed, visits }) => ({
    page,
    slowed,
    firstPictureMs: median(visits.map((one) => one.firstPictureMs)),
    scriptKilobytes: Math.max(...visits.map((one) => one.scriptBytes)) / 1_000,
    laterScriptKilobytes: Math.max(...visits.map((one) => one.laterScriptBytes)) / 1_000,
    requestsElsewhere: Math.max(...visits.map((one) => one.requestsElsewhere)),
  }));
}

interface Look {
  readonly address: string;
  readonly sign: string;
  readonly slowed: number;
}

/** What the page said when its first picture was there. */
interface Picture {
  readonly atMs: number;
  /** The addresses of the scripts that had come by then. */
  readonly scripts: readonly string[];
}

async function visit(page: Page, url: string, { address, sign, slowed }: Look): Promise<Visit> {
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: slowed });
  let requestsElsewhere = 0;
  const scriptsThatCame: Response[] = [];
  page.on('request', (request) => {
    const asked = request.url();
    if (!asked.startsWith(address) && !/^(data|blob):/.test(asked)) requestsElsewhere++;
  });
  page.on('response', (response) => {
    if (/\.js$/.test(new URL(response.url()).pathname)) scriptsThatCame.push(response);
  });
  await page.goto(url, { waitUntil: 'commit' });
  const { atMs, scripts } = await page.evaluate<Picture>(firstPicture(sign));
  await page.waitForLoadState('networkidle');
  const before = new Set(scripts);
  // Weighed afterwards: it would take the time of the processor that the page needs.
  const isEarly = (script: Response): boolean => before.has(script.url());
  return {
    firstPictureMs: atMs,
    scriptBytes: await weigh(scriptsThatCame.filter(isEarly)),
    laterScriptBytes: await weigh(scriptsThatCame.filter((script) => !isEarly(script))),
    requestsElsewhere,
  };
}

/** How many bytes scripts have, gzipped. */
async function weigh(scripts: readonly Response[]): Promise<number> {
  const bodies = await Promise.all(scripts.map((script) => script.body()));
  return bodies.reduce((sum, body) => sum + gzipSync(body, { level: 9 }).length, 0);
}

/**
 * Milliseconds from the start of the navigation to the frame after the sign came, and the scripts
 * that were there before the sign by the browser's own account. A text: what runs in the page must
 * not be touched by what compiles this file.
 */
const firstPicture = (sign: string): string => `new Promise((resolve) => {
  const look = () => {
    if (document.querySelector('${sign}') === null) return requestAnimationFrame(look);
    const signMs = performance.now();
    const scripts = performance
      .getEntriesByType('resource')
      .filter(({ name, responseEnd }) => name.endsWith('.js') && responseEnd <= signMs)
      .map(({ name }) => name);
    requestAnimationFrame(() => resolve({ atMs: performance.now(), scripts }));
  };
  look();
})`;
