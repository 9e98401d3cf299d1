// The stages of npm test, in the order in which they are quick to fail.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runFidelity } from './fidelity-stage.mjs';
import { runProgram } from './processes.mjs';

const reports = mkdtempSync(join(tmpdir(), 'slotscope-'));
const unitReport = join(reports, 'unit.json');
const browserReport = join(reports, 'browser.json');

const TYPES = {
  name: 'types',
  programs: [
    ['svelte-check', ['--tsconfig', './tsconfig.app.json', '--fail-on-warnings']],
    ['tsc', ['-p', 'tsconfig.node.json']],
    ['tsc', ['-p', 'tsconfig.pure.json']],
  ],
};
const LINT = { name: 'lint', programs: [['eslint', ['.', '--max-warnings', '0']]] };
const FORMAT = {
  name: 'format',
  programs: [['prettier', ['--check', '--log-level', 'warn', '.']]],
};
const UNIT = {
  name: 'unit',
  programs: [
    ['vitest', ['run', '--reporter=default', '--reporter=json', `--outputFile=${unitReport}`]],
  ],
};
const BUILD = { name: 'build', programs: [['vite', ['build', '--logLevel', 'warn']]] };
const FIDELITY = { name: 'fidelity', run: runFidelity };
const BROWSERS = {
  name: 'browsers',
  programs: [['playwright', ['test', '--reporter=list,json']]],
  env: { PLAYWRIGHT_JSON_OUTPUT_FILE: browserReport },
};

/** Round by round; the lanes of a round run side by side: each of them takes one processor. */
const ROUNDS = [[[LINT], [TYPES, FORMAT, BUILD]], [[UNIT]], [[FIDELITY]], [[BROWSERS]]];

/** Runs the rounds until one fails, prints how each stage went, and returns the exit code. */
export async function runStages({ withBrowsers }) {
  const rounds = withBrowsers ? ROUNDS : ROUNDS.filter(([[first]]) => first !== BROWSERS);
  const results = [];
  for (const lanes of rounds) {
    const runs = lanes.map((lane) => runLane(lane, { isAlone: lanes.length === 1 }));
    results.push(...(await Promise.all(runs)).flat());
    if (results.some(({ outcome }) => outcome === 'FAILED')) break;
  }
  const failed = results.filter(({ outcome }) => outcome === 'FAILED').map(({ name }) => name);
  console.log(`\n${results.map(({ line }) => line).join('\n')}\n${summary(failed)}`);
  rmSync(reports, { recursive: true });
  return failed.length > 0 ? 1 : 0;
}

/** One stage after the other until one fails. */
async function runLane(stages, { isAlone }) {
  const results = [];
  for (const stage of stages) {
    const startedAtMs = Date.now();
    const outcome = await (isAlone ? runAloud(stage) : runAside(stage));
    const seconds = ((Date.now() - startedAtMs) / 1000).toFixed(1);
    const line = `${stage.name.padEnd(9)} ${outcome.padEnd(7)} ${seconds.padStart(6)} s`;
    results.push({ name: stage.name, outcome, line });
    if (outcome === 'FAILED') break;
  }
  return results;
}

async function runAloud(stage) {
  console.log(title(stage));
  return runStage(stage);
}

/** What stages beside each other print is shown when each is over. */
async function runAside(stage) {
  const chunks = [];
  const outcome = await runStage(stage, { print: (chunk) => chunks.push(chunk) });
  console.log(title(stage));
  process.stdout.write(Buffer.concat(chunks));
  return outcome;
}

const title = ({ name }) => `\n── ${name} ──`;

/** `passed`, `FAILED`, or `skipped` where the machine lacks what a stage needs. */
async function runStage({ programs, run, env }, { print } = {}) {
  if (run) return run();
  for (const [program, args] of programs) {
    if ((await runProgram(program, args, { env, print })) !== 0) return 'FAILED';
  }
  return 'passed';
}

// Tests are counted from the reports; a failed stage without a failed test counts as one failure.
function summary(failedStages) {
  const unit = readReport(unitReport);
  const browser = readReport(browserReport)?.stats;
  const passed = (unit?.numPassedTests ?? 0) + (browser?.expected ?? 0) + (browser?.flaky ?? 0);
  const failed = (unit?.numFailedTests ?? 0) + (browser?.unexpected ?? 0);
  const skipped = (unit?.numPendingTests ?? 0) + (browser?.skipped ?? 0);
  const lines = [`${passed} passed, ${Math.max(failed, failedStages.length)} failed`];
  if (skipped > 0) lines.unshift(`${skipped} skipped`);
  if (browser?.flaky > 0) lines.unshift(`${browser.flaky} passed only the second time`);
  for (const name of failedStages) lines.unshift(`Stage "${name}" failed.`);
  return lines.join('\n');
}

function readReport(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
}
