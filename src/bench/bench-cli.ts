/** The command line `npm run bench`: how fast engine, history, page and loading are. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, type } from 'node:os';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { coloursOf } from '../fidelity/plot';
import {
  ABUSE,
  BENCH_HELP,
  BRIDGE,
  SECTIONS,
  parseBenchOptions,
  type BenchOptions,
  type Section,
} from './bench-options';
import { abuseBridge, printAbuse } from './abuse-bridge';
import { withChromium } from './chromium';
import { measureEngineApart } from './engine-process';
import { measureBridge, printBridge, unpredicted } from './measure-bridge';
import { measureHistory } from './measure-history';
import { measureLoad } from './measure-load';
import { measurePage } from './measure-page';
import { plotCost } from './plot-cost';
import { printReport, printTables } from './report';
import type { BenchResults } from './results';

const USAGE = 2;
const ROOT = new URL('../../', import.meta.url);

const parsed = parseBenchOptions(process.argv.slice(2));
if (parsed.type === 'help') {
  process.stdout.write(BENCH_HELP);
} else if (parsed.type === 'wrong') {
  process.stderr.write(`${parsed.sentence}\n`);
  process.exitCode = USAGE;
} else {
  await bench(parsed.options);
}

async function bench(options: BenchOptions): Promise<void> {
  const results = await measure(options);
  console.log(printTables(results));
  if (options.sections.includes(BRIDGE)) {
    const figures = await measureBridge((sentence) => console.error(sentence));
    console.log(printBridge(figures));
    if (unpredicted(figures).length > 0) process.exitCode = 1;
  }
  if (options.sections.includes(ABUSE)) {
    const findings = await abuseBridge((sentence) => console.error(sentence));
    console.log(printAbuse(findings));
    if (findings.some(({ isRight }) => !isRight)) process.exitCode = 1;
  }
  if (options.out !== null) writeFileSync(options.out, JSON.stringify(results, null, 2));
  const isWhole = SECTIONS.every((section) => options.sections.includes(section));
  if (isWhole && !options.quick) await writePage(results);
}

async function measure(options: BenchOptions): Promise<BenchResults> {
  const say = (sentence: string): void => console.error(sentence);
  const wants = (section: Section): boolean => options.sections.includes(section);
  const { rounds } = options;
  const startedMs = Date.now();
  const history = wants('history') ? measureHistory(options, say) : [];
  const engine = wants('engine') ? await measureEngineApart(options, say) : [];
  const seen = { page: [], load: [] } as Pick<BenchResults, 'page' | 'load'>;
  const looked =
    wants('page') || wants('load')
      ? await withChromium(async (stand) => ({
          load: wants('load') ? await measureLoad(stand, rounds, say) : [],
          page: wants('page') ? await measurePage(stand, rounds, say) : [],
        }))
      : seen;
  return {
    date: new Date().toISOString().slice(0, 10),
    minutes: (Date.now() - startedMs) / 60_000,
    nodeVersion: process.versions.node,
    machine: `${cpus()[0]?.model.trim() ?? 'unknown processor'}, ${type()}`,
    processors: availableParallelism(),
    ...{ rounds, engine, history, ...looked },
  };
}

async function writePage(results: BenchResults): Promise<void> {
  const folder = new URL('docs/bench/', ROOT);
  mkdirSync(folder, { recursive: true });
  const page = fileURLToPath(new URL('docs/bench.md', ROOT));
  const config = await resolveConfig(page);
  writeFileSync(page, await format(printReport(results), { ...config, filepath: page }));
  const json = `${JSON.stringify(results, null, 2)}\n`;
  writeFileSync(new URL('bench.json', folder), json);
  const tokens = readFileSync(new URL('src/drawing/tokens.css', ROOT), 'utf8');
  const figures = results.engine.filter(({ nodeTimeoutMs }) => nodeTimeoutMs === 15_000);
  writeFileSync(new URL('cost.svg', folder), plotCost(figures, coloursOf(tokens)));
}
