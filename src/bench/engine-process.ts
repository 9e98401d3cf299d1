/**
 * The engine is measured in processes in which nothing else has run before: each size has one for
 * its statecharts and one for the same rules without XState, and they take turns.
 */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { BenchOptions } from './bench-options';
import { VAST, median, type EngineFigures, type EngineRound, type EngineScene } from './results';

const MAIN = fileURLToPath(new URL('./engine-cli.ts', import.meta.url));
/**
 * Room for young objects. Messages on their way live for longer than Node's usual 16 MB last where
 * hundreds of nodes talk, and would be moved about again and again.
 */
export const NURSERY_MB = 256;
/** Seconds of the processor are counted: threads that help to clear up cost more than they save. */
const COLLECTOR = [`--max-semi-space-size=${NURSERY_MB}`, '--single-threaded-gc'];

/** Redis's own default, and what the scenes of the page begin with. */
const REDIS_TIMEOUT_MS = 15_000;
const TIMEOUTS_MS = [REDIS_TIMEOUT_MS, 5_000];
const SIZES = [6, 30, 100, 300, VAST];

/** Rounds of all sizes, one after the other, each with statecharts and without. */
export async function measureEngineApart(
  { quick, rounds }: Pick<BenchOptions, 'quick' | 'rounds'>,
  say: (sentence: string) => void,
): Promise<EngineFigures[]> {
  const figures: EngineFigures[] = [];
  for (const nodeTimeoutMs of TIMEOUTS_MS) {
    for (const nodes of SIZES) {
      // With a shorter timeout a round of so many takes minutes.
      if (nodes === VAST && (quick || nodeTimeoutMs !== REDIS_TIMEOUT_MS)) continue;
      const turns = { charted: [] as EngineRound[], plain: [] as EngineRound[] };
      const charted = await start({ nodes, nodeTimeoutMs, isCharted: true });
      const plain = await start({ nodes, nodeTimeoutMs, isCharted: false });
      for (let round = 0; round < rounds; round++) {
        say(`engine: ${nodes} nodes, timeout ${nodeTimeoutMs} ms, round ${round + 1}`);
        turns.charted.push(await roundOf(charted));
        turns.plain.push(await roundOf(plain));
      }
      for (const child of [charted, plain]) child.disconnect();
      figures.push({ nodes, nodeTimeoutMs, ...figuresOf(turns) });
    }
  }
  return figures;
}

/** Ends when it is disconnected. */
async function start(scene: EngineScene): Promise<ChildProcess> {
  const execArgv = [...COLLECTOR, '--import', 'tsx'];
  const child = fork(MAIN, [JSON.stringify(scene)], { execArgv });
  await answerOf(child);
  return child;
}

async function roundOf(child: ChildProcess): Promise<EngineRound> {
  child.send('round');
  return (await answerOf(child)) as EngineRound;
}

async function answerOf(child: ChildProcess): Promise<unknown> {
  const ended = new AbortController();
  const { signal } = ended;
  const end = once(child, 'exit', { signal }).then(() => {
    throw new Error('The engine could not be measured.');
  });
  const [answer] = (await Promise.race([once(child, 'message'), end])) as unknown[];
  ended.abort();
  await end.catch(() => undefined);
  return answer;
}

function figuresOf({ charted, plain }: Record<'charted' | 'plain', readonly EngineRound[]>) {
  const eventsPerSecond = median(charted.map((round) => round.eventsPerSecond));
  const ratios = charted.map((round, i) => plain[i]!.eventsPerSecond / round.eventsPerSecond);
  return {
    speed: median(charted.map(({ speed }) => speed)),
    bestSpeed: Math.max(...charted.map(({ speed }) => speed)),
    eventsPerSecond,
    microsecondsPerEvent: 1e6 / eventsPerSecond,
    eventsPerSimulatedSecond: median(charted.map((round) => round.eventsPerSimulatedSecond)),
    ratio: median(ratios),
  };
}
