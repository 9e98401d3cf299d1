/** How fluid the page is while a cluster plays. */
import type { CDPSession, Page } from '@playwright/test';
import { frameOfWorld } from '../kernel/frame-of-world';
import { runUntilTime } from '../kernel/run';
import { DEFAULT_SCENE } from '../kernel/scene';
import { createWorld } from '../kernel/world';
import type { Stand } from './chromium';
import { median, quantile, type PageFigures } from './results';

interface Play {
  readonly scene: string;
  /** What follows `#/sandbox?`. */
  readonly query: string;
  /** Presses of the key that slows down. */
  readonly slower: number;
  readonly messages: number;
}

const WATCHED_MS = 4_000;
const SEED = 7;
/** A node has died, and 74 others with a short timeout tell each other about it. */
const CROWD = {
  ...DEFAULT_SCENE,
  masters: 25,
  replicasPerMaster: 2,
  nodeTimeoutMs: 1_000,
  seed: SEED,
  inputs: [{ atMs: 4_000, input: { type: 'kill', node: '8917' } as const }],
};
/** Two seconds later a thousand messages are about; right then, thousands. */
const CROWD_MS = 6_000;
const STORM_MS = 5_640;
const LEAST_MESSAGES = 1_000;
const SLOWEST = 1 / 8;
const COUNT_EVERY_MS = 5;

/** Six nodes at everyday speed; a thousand messages on their way; and the worst moment there is. */
export async function measurePage(
  { browser, address }: Stand,
  rounds: number,
  say: (sentence: string) => void,
): Promise<PageFigures[]> {
  const plays = [calm(), crowded('75 nodes, slow', CROWD_MS), crowded('75 nodes, storm', STORM_MS)];
  const seen = plays.map((): PageFigures[] => []);
  for (let round = 0; round < rounds; round++) {
    for (const [i, play] of plays.entries()) {
      say(`page: ${play.scene}, round ${round + 1}`);
      const context = await browser.newContext({ viewport: { width: 1_600, height: 900 } });
      seen[i]!.push(await watch(await context.newPage(), address, play));
      await context.close();
    }
  }
  return seen.map((figures) => ({
    ...figures[0]!,
    framesPerSecond: median(figures.map((one) => one.framesPerSecond)),
    p95FrameMs: median(figures.map((one) => one.p95FrameMs)),
    scriptMsPerFrame: median(figures.map((one) => one.scriptMsPerFrame)),
    mainThreadMsPerFrame: median(figures.map((one) => one.mainThreadMsPerFrame)),
  }));
}

const calm = (): Play => ({
  scene: '6 nodes, 1x',
  query: `masters=3&replicas=1&timeout=5000&seed=${SEED}&at=10000`,
  slower: 0,
  messages: 0,
});

function crowded(scene: string, atMs: number): Play {
  const messages = messagesFrom(atMs);
  if (messages < LEAST_MESSAGES) throw new Error(`only ${messages} messages are on their way`);
  const shape = `masters=25&replicas=2&timeout=1000&seed=${SEED}`;
  const query = `${shape}&do=at+4s+kill+8917&at=${atMs}`;
  return { scene, query, slower: 6, messages };
}

/** How many messages are on their way while one watches: the median. */
function messagesFrom(atMs: number): number {
  const counts: number[] = [];
  const untilMs = atMs + WATCHED_MS * SLOWEST;
  let world = createWorld(CROWD);
  for (let nowMs = atMs; nowMs <= untilMs; nowMs += COUNT_EVERY_MS) {
    world = runUntilTime(world, nowMs);
    counts.push(frameOfWorld(world).messages.length);
  }
  return median(counts);
}

async function watch(page: Page, address: string, play: Play): Promise<PageFigures> {
  await page.goto(`${address}#/sandbox?${play.query}`);
  await page.locator('[data-settled="true"]').waitFor({ timeout: 120_000 });
  await page.waitForTimeout(1_000);
  for (let i = 0; i < play.slower; i++) await page.keyboard.press(',');
  await page.keyboard.press('Space');
  const session = await page.context().newCDPSession(page);
  // What the thread worked, not how long it waited for a processor that others use too.
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  const before = await metricsOf(session);
  const frames = await page.evaluate<number[]>(FRAME_TIMES_MS);
  const after = await metricsOf(session);
  const perFrame = (name: string): number =>
    ((after.get(name)! - before.get(name)!) * 1_000) / frames.length;
  return {
    scene: play.scene,
    messages: play.messages,
    framesPerSecond: (1_000 * frames.length) / frames.reduce((sum, ms) => sum + ms, 0),
    p95FrameMs: quantile(frames, 0.95),
    scriptMsPerFrame: perFrame('ScriptDuration'),
    mainThreadMsPerFrame: perFrame('TaskDuration'),
  };
}

/** Chromium's own counts, in seconds. */
async function metricsOf(session: CDPSession): Promise<Map<string, number>> {
  const { metrics } = await session.send('Performance.getMetrics');
  return new Map(metrics.map(({ name, value }) => [name, value]));
}

/** The time of each frame for a while, as a text: see the first picture of `measure-load.ts`. */
const FRAME_TIMES_MS = `new Promise((resolve) => {
  const times = [];
  const startMs = performance.now();
  let lastMs = startMs;
  const frame = (nowMs) => {
    if (nowMs > lastMs) times.push(nowMs - lastMs);
    lastMs = nowMs;
    if (nowMs - startMs < ${WATCHED_MS}) requestAnimationFrame(frame);
    else resolve(times);
  };
  requestAnimationFrame(frame);
})`;
