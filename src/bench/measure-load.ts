/** What is loaded for a first look, and when the first picture is there. */
import { gzipSync } from 'node:zlib';
import type { Page } from '@playwright/test';
import type { Stand } from './chromium';
import { median, type LoadFigures } from './results';

interface Visit {
  readonly firstPictureMs: number;
  readonly scriptBytes: number;
  readonly laterScriptBytes: number;
  readonly requestsElsewhere: number;
}

const PAGES = [
  { page: 'home', path: '' },
  { page: 'first lesson', path: '#/lesson/slots' },
] as const;
const SLOWED = [1, 4];
/** The picture is there when there is a ring with nodes, or a heading where there is none. */
const PICTURE = 'main :is(svg, h1)';

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
    for (const { path, slowed, visits } of kinds) {
      const context = await browser.newContext({ viewport: { width: 1_366, height: 768 } });
      visits.push(await visit(await context.newPage(), address, path, slowed));
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

async function visit(page: Page, address: string, path: string, slowed: number): Promise<Visit> {
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: slowed });
  let requestsElsewhere = 0;
  const scripts: Promise<number>[] = [];
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(address) && !/^(data|blob):/.test(url)) requestsElsewhere++;
  });
  page.on('response', (response) => {
    if (/\.js$/.test(new URL(response.url()).pathname)) {
      scripts.push(response.body().then((body) => gzipSync(body, { level: 9 }).length));
    }
  });
  await page.goto(address + path, { waitUntil: 'commit' });
  const firstPictureMs = await page.evaluate<number>(PICTURE_TIME_MS);
  // What is needed for the first picture; the rest loads behind it.
  const scriptBytes = await total(scripts.slice());
  await page.waitForLoadState('networkidle');
  const laterScriptBytes = (await total(scripts)) - scriptBytes;
  return { firstPictureMs, scriptBytes, laterScriptBytes, requestsElsewhere };
}

async function total(sizes: readonly Promise<number>[]): Promise<number> {
  return (await Promise.all(sizes)).reduce((sum, bytes) => sum + bytes, 0);
}

/**
 * Milliseconds from the start of the navigation to the frame after the picture came. A text: what
 * runs in the page must not be touched by what compiles this file.
 */
const PICTURE_TIME_MS = `new Promise((resolve) => {
  const look = () => {
    if (document.querySelector('${PICTURE}') === null) requestAnimationFrame(look);
    else requestAnimationFrame(() => resolve(performance.now()));
  };
  look();
})`;
