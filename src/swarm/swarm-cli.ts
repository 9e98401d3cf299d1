/** The command line `npm run swarm`: seeds in, a summary out; exit code 1 if a rule was broken. */
import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { hashOf } from '../app/links/url';
import { printAction } from '../lesson/actions';
import { hardLife } from './hard-life';
import { liveHard, type SwarmResult } from './swarm';
import { SWARM_HELP, parseSwarmOptions, type SwarmOptions } from './swarm-options';

const COMMAND = fileURLToPath(new URL('../../scripts/swarm.mjs', import.meta.url));
const PROGRESS_EVERY = 50;

const parsed = parseSwarmOptions(process.argv.slice(2), availableParallelism());
if (parsed.type === 'help') process.stdout.write(SWARM_HELP);
else if (parsed.type === 'wrong') {
  process.stderr.write(`${parsed.sentence}\n`);
  process.exitCode = 2;
} else if (parsed.options.json) printJson(parsed.options);
else process.exitCode = await summarize(parsed.options);

function printJson({ from, seeds }: SwarmOptions): void {
  for (let seed = from; seed < from + seeds; seed++) {
    process.stdout.write(`${JSON.stringify(liveHard(seed))}\n`);
  }
}

async function summarize(options: SwarmOptions): Promise<number> {
  const startedAtMs = Date.now();
  const results: SwarmResult[] = [];
  const take = (result: SwarmResult): void => {
    results.push(result);
    if (result.broken) printBroken(result);
    if (results.length % PROGRESS_EVERY === 0) {
      console.log(`${results.length} of ${options.seeds} seeds`);
    }
  };
  if (options.jobs === 1) {
    for (let i = 0; i < options.seeds; i++) take(liveHard(options.from + i));
  } else await sideBySide(options, take);
  printSummary(results, options.seeds, Date.now() - startedAtMs);
  return results.length === options.seeds && results.every(({ broken }) => !broken) ? 0 : 1;
}

/** Each process takes a stretch of the seeds. */
async function sideBySide(
  { from, seeds, jobs }: SwarmOptions,
  take: (result: SwarmResult) => void,
): Promise<void> {
  const share = Math.ceil(seeds / jobs);
  const stretches = Array.from({ length: jobs }, (_, i) => ({
    from: from + i * share,
    seeds: Math.min(share, seeds - i * share),
  })).filter((stretch) => stretch.seeds > 0);
  await Promise.all(
    stretches.map(async (stretch) => {
      const words = ['--json', '--from', String(stretch.from), '--seeds', String(stretch.seeds)];
      const child = spawn(process.execPath, [COMMAND, ...words], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      for await (const line of createInterface({ input: child.stdout })) {
        take(JSON.parse(line) as SwarmResult);
      }
    }),
  );
}

function printBroken({ seed, broken }: SwarmResult): void {
  const { scene } = hardLife(seed);
  const { what, atMs } = broken!;
  const link = hashOf({
    page: 'sandbox',
    masters: scene.masters,
    replicas: scene.replicasPerMaster,
    timeoutMs: scene.nodeTimeoutMs,
    seed,
    deeds: scene.inputs.map(({ atMs: when, input }) =>
      printAction({ atMs: when, action: { type: 'input', input } }),
    ),
    atMs,
  });
  console.log(`\nseed ${seed} is broken at ${atMs} ms: ${what}`);
  console.log(`  again:    npm run swarm -- --seed ${seed}`);
  console.log(`  to see:   npm start, then its address followed by /${link}\n`);
}

function printSummary(results: readonly SwarmResult[], seeds: number, tookMs: number): void {
  const sum = (of: (result: SwarmResult) => number): number =>
    results.reduce((total, result) => total + of(result), 0);
  const broken = results.filter((result) => result.broken).length;
  const lines = [
    `${results.length} of ${seeds} seeds in ${(tookMs / 1000).toFixed(1)} s`,
    `${sum(({ steps }) => steps)} steps, ${sum(({ promotions }) => promotions)} promotions`,
    `${sum(({ writes }) => writes)} acknowledged writes; lost in the documented windows:`,
    `  ${sum(({ lost }) => lost['replaced-master'])} written on a master already replaced`,
    `  ${sum(({ lost }) => lost['not-replicated'])} not yet on the replica that took over`,
    `  ${sum(({ lost }) => lost['moved-away'])} migrated, unknown to the replica that took over`,
    `  ${sum(({ lost }) => lost['epoch-without-vote'])} under an epoch that nobody voted for`,
    broken === 0 ? 'no rule was broken' : `${broken} seeds broke a rule, see above`,
  ];
  console.log(lines.join('\n'));
}
