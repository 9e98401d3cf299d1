// The stages of npm test, in the order in which they are quick to fail.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runFidelity } from './fidelity-stage.mjs';
import { runProgram } from './processes.mjs';

const reports = mkdtempSync(join(tmpdir(), 'slotscope-'));
const unitReport = join(reports, 'unit.json');
const browserReport = join(reports, 'browser.json');

const STAGES = [
  {
    name: 'types',
    programs: [
      ['svelte-check', ['--tsconfig', './tsconfig.app.json', '--fail-on-warnings']],
      ['tsc', ['-p', 'tsconfig.node.json']],
      ['tsc', ['-p', 'tsconfig.pure.json']],
    ],
  },
  { name: 'lint', programs: [['eslint', ['.', '--max-warnings', '0']]] },
  { name: 'format', programs: [['prettier', ['--check', '--log-level', 'warn', '.']]] },
  {
    name: 'unit',
    programs: [
      ['vitest', ['run', '--reporter=default', '--reporter=json', `--outputFile=${unitReport}`]],
    ],
  },
  { name: 'build', programs: [['vite', ['build', '--logLevel', 'warn']]] },
  { name: 'fidelity', run: runFidelity },
  {
    name: 'browsers',
    programs: [['playwright', ['test', '--reporter=list,json']]],
    env: { PLAYWRIGHT_JSON_OUTPUT_FILE: browserReport },
  },
];

/** Runs the stages until one fails, prints how each went, and returns the exit code. */
export async function runStages({ withBrowsers }) {
  const lines = [];
  let failedStage;
  for (const stage of STAGES) {
    if (stage.name === 'browsers' && !withBrowsers) continue;
    console.log(`\n── ${stage.name} ──`);
    const startedAtMs = Date.now();
    const outcome = await runStage(stage);
    const seconds = ((Date.now() - startedAtMs) / 1000).toFixed(1);
    lines.push(`${stage.name.padEnd(9)} ${outcome.padEnd(7)} ${seconds.padStart(6)} s`);
    if (outcome === 'FAILED') {
      failedStage = stage.name;
      break;
    }
  }
  console.log(`\n${lines.join('\n')}\n${summary(failedStage)}`);
  rmSync(reports, { recursive: true });
  return failedStage ? 1 : 0;
}

/** `passed`, `FAILED`, or `skipped` where the machine lacks what a stage needs. */
async function runStage({ programs, run, env }) {
  if (run) return run();
  for (const [program, args] of programs) {
    if ((await runProgram(program, args, { env })) !== 0) return 'FAILED';
  }
  return 'passed';
}

// Tests are counted from the reports; a failed stage without a failed test counts as one failure.
function summary(failedStage) {
  const unit = readReport(unitReport);
  const browser = readReport(browserReport)?.stats;
  const passed = (unit?.numPassedTests ?? 0) + (browser?.expected ?? 0) + (browser?.flaky ?? 0);
  const failed = (unit?.numFailedTests ?? 0) + (browser?.unexpected ?? 0);
  const skipped = (unit?.numPendingTests ?? 0) + (browser?.skipped ?? 0);
  const lines = [`${passed} passed, ${Math.max(failed, failedStage ? 1 : 0)} failed`];
  if (skipped > 0) lines.unshift(`${skipped} skipped`);
  if (failedStage) lines.unshift(`Stage "${failedStage}" failed.`);
  return lines.join('\n');
}

function readReport(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
}
