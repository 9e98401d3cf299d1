/** The command line `npm run fidelity`: real processes and simulated worlds, side by side. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import {
  FIDELITY_HELP,
  PROXY,
  parseFidelityOptions,
  type FidelityOptions,
} from './fidelity-options';
import { coloursOf } from './plot';
import { findPrograms, type Programs } from '../real-redis/redis-cli';
import { isInvisible, measureProxyCost, printProxyCost } from './proxy-cost';
import { printPlots, printReport } from './report';
import { unexplained, type Results } from './results';
import { runFaults } from './run-faults';
import { runScripts } from './run-scripts';
import { SCRIPTS } from './scripts/all';
import type { Script } from './scripts/script';

/** Exit code of a command line that makes no sense, and of a machine without redis-server. */
const USAGE = 2;
const FULL = { realPlays: 3, simulatedPlays: 80, atOnce: false };
const SHORT = { realPlays: 1, simulatedPlays: 40, atOnce: true, lanes: 4 };
const ROOT = new URL('../../', import.meta.url);

const parsed = parseFidelityOptions(process.argv.slice(2));
if (parsed.type === 'help') {
  process.stdout.write(FIDELITY_HELP);
} else if (parsed.type === 'wrong') {
  process.stderr.write(`${parsed.sentence}\n`);
  process.exitCode = USAGE;
} else {
  const programs = findPrograms(parsed.options.redisServer);
  if (programs && parsed.options.only.includes(PROXY)) {
    process.exitCode = await compareProxies(parsed.options, programs);
  } else if (programs) process.exitCode = await compare(parsed.options, programs);
  else {
    process.stderr.write(
      'No redis-server was found: install 7.0 with your system (Debian: apt-get install ' +
        'redis-server), or name one with --redis-server PATH; redis-cli must lie beside it or in PATH.\n',
    );
    process.exitCode = USAGE;
  }
}

async function compare(options: FidelityOptions, programs: Programs): Promise<number> {
  const { only, short } = options;
  const say = (sentence: string): void => console.error(sentence);
  const scripts = SCRIPTS.filter((script) => isWanted(script, options));
  const nodeTimeoutMs = Math.min(...options.timeoutsMs);
  const plays = short ? SHORT : FULL;
  const plan = { ...options, ...plays, programs, scripts, nodeTimeoutMs, say };
  const measures = !short && (only.length === 0 || only.includes('timing'));
  const results: Results = {
    redisVersion: versionOf(programs),
    nodeVersion: process.versions.node,
    processors: availableParallelism(),
    scriptTimeoutMs: nodeTimeoutMs,
    simulatedPlays: plays.simulatedPlays,
    scripts: await runScripts(plan),
    faults: measures ? await runFaults(plan) : [],
  };
  if (options.json) console.log(JSON.stringify(results));
  if (!short && only.length === 0) await writePage(results);
  return conclude(results);
}

async function compareProxies(options: FidelityOptions, programs: Programs): Promise<number> {
  const say = (sentence: string): void => console.error(sentence);
  const costs = await measureProxyCost({ ...options, programs, say });
  console.log(options.json ? JSON.stringify(costs) : printProxyCost(costs));
  const invisible = isInvisible(costs);
  say(invisible ? 'The proxies are not to be told from none.' : 'The proxies show.');
  return invisible ? 0 : 1;
}

function isWanted(script: Script, { only, short }: FidelityOptions): boolean {
  if (only.length > 0) return only.includes(script.name) || only.includes('scripts');
  return !short || script.isShort === true;
}

/** `Redis server v=7.0.15 sha=…`. */
function versionOf({ redisServer }: Programs): string {
  const text = execFileSync(redisServer, ['--version'], { encoding: 'utf8' });
  return /v=(\S+)/.exec(text)?.[1] ?? text.trim();
}

async function writePage(results: Results): Promise<void> {
  const folder = new URL('docs/fidelity/', ROOT);
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(folder)) if (name.endsWith('.svg')) rmSync(new URL(name, folder));
  const tokens = readFileSync(new URL('src/drawing/tokens.css', ROOT), 'utf8');
  for (const [name, svg] of printPlots(results.faults, coloursOf(tokens))) {
    writeFileSync(new URL(name, folder), svg);
  }
  const page = new URL('docs/fidelity.md', ROOT);
  const style = await resolveConfig(fileURLToPath(page));
  writeFileSync(page, await format(printReport(results), { ...style, parser: 'markdown' }));
}

function conclude(results: Results): number {
  for (const [because, places] of knownPlaces(results)) {
    console.error(`Known (${[...places].join('; ')}): ${because}`);
  }
  const left = unexplained(results);
  for (const sentence of left) console.error(`NOT EXPLAINED: ${sentence}`);
  const lists = results.scripts.flatMap(({ plays }) => plays.flat());
  const same = lists.filter(({ differences }) => differences.length === 0).length;
  console.error(
    `${results.scripts.length} scripts: ${same} of ${lists.length} lists are the same, ` +
      `${left.length} differences are not explained.`,
  );
  return left.length === 0 ? 0 : 1;
}

/** Reasons, and the lists in which each was needed. */
function knownPlaces({ scripts }: Results): ReadonlyMap<string, ReadonlySet<string>> {
  const places = new Map<string, Set<string>>();
  for (const { name, plays } of scripts) {
    for (const { list, because } of plays.flat().flatMap(({ differences }) => differences)) {
      if (because === null) continue;
      places.set(because, (places.get(because) ?? new Set()).add(`${name}, ${list}`));
    }
  }
  return places;
}
