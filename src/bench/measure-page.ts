/** How fluid the page is while a cluster plays. */
import type { CDPSession, Page } from '@playwright/test';
import { frameOfWorld } from '../kernel/frame-of-world';
import { runUntil } from '../kernel/run';
import { DEFAULT_SCENE } from '../kernel/scene';
import { createWorld } from '../kernel/world';
import type { Stand } from './chromium';
import { median, quantile, type PageFigures } from './results';

interface Play {
  readonly scene: string;
  readonly masters: number;
  readonly atMs: number;
  /** Presses of the key that slows down. */
  readonly slower: number;
  readonly messages: number;
}

const WATCHED_MS = 4_000;
const CROWD_MASTERS = 50;
const CROWD_MESSAGES = 1_000;
const SEED = 7;

/** Six nodes at everyday speed, and the moment in which a thousand messages are on their way. */
export async function measurePage(
  { browser, address }: Stand,
  rounds: number,
  say: (sentence: string) => void,
): Promise<PageFigures[]> {
  const plays = [calm(), crowded()];
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
  masters: 3,
  atMs: 10_000,
  slower: 0,
  messages: 0,
});

/** A cluster in the making, where everyone greets everyone. */
function crowded(): Play {
  const scene = { ...DEFAULT_SCENE, masters: CROWD_MASTERS, seed: SEED };
  let messages = 0;
  const world = runUntil(
    createWorld(scene),
    (now) => {
      if (now.steps % 500 !== 0) return false;
      messages = frameOfWorld(now).messages.length;
      return messages >= CROWD_MESSAGES;
    },
    { limitMs: 120_000, what: `${CROWD_MESSAGES} messages on their way` },
  );
  const { nowMs: atMs } = world;
  return { scene: '100 nodes, slow', masters: CROWD_MASTERS, atMs, slower: 6, messages };
}

async function watch(page: Page, address: string, play: Play): Promise<PageFigures> {
  const { masters, atMs } = play;
  const query = `masters=${masters}&replicas=1&timeout=5000&seed=${SEED}&at=${atMs}`;
  await page.goto(`${address}#/sandbox?${query}`);
  await page.locator('main svg').first().waitFor({ timeout: 120_000 });
  await page.waitForTimeout(2_000);
  for (let i = 0; i < play.slower; i++) await page.keyboard.press(',');
  await page.keyboard.press('Space');
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
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

/** The time of each frame for a while, as a text: see the picture time of `measure-load.ts`. */
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
