/** The page docs/fidelity.md, written from results. */
import { quantile } from 'd3';
import { LIST_KINDS, kindOf, type Difference, type ListKind } from './compare';
import { MEASURES, type Measure, type Timing } from './faults';
import { THREADS } from './log-threads';
import { LEFT_OUT, ONCE, REWRITTEN } from './log-rules';
import { plotDistributions, type PlotColours } from './plot';
import {
  compareFaults,
  valuesOf,
  type Comparison,
  type FaultResult,
  type Results,
} from './results';
import type { ScriptResult } from './results';
import { TOOL_RULES } from './tool-output';

/** The page as Markdown. */
export function printReport(results: Results): string {
  const { redisVersion, nodeVersion, processors } = results;
  return `# Fidelity

Does the simulation do what redis-server does? \`npm run fidelity\` plays the same scripts on real
redis-server processes and in simulated worlds, and compares what they answer, hold, log and do, and
when. This page is what its last full run wrote: redis-server ${redisVersion}, Node ${nodeVersion},
${processors} processors, loopback only.

${scriptSection(results)}
${knownSection(results)}
${timingSection(results)}
${rulesSection()}`;
}

function scriptSection({ scripts, scriptTimeoutMs, simulatedPlays }: Results): string {
  const times = scripts[0]?.plays.length ?? 0;
  const head = ['script', 'what happens', ...LIST_KINDS];
  const rows = scripts.map((script) => [
    `\`${script.name}\``,
    script.what,
    ...LIST_KINDS.map((kind) => cell(script, kind)),
  ]);
  return `## Scripts

Each script was played ${times} times on real processes and in ${simulatedPlays} simulated
worlds, with a node timeout of ${scriptTimeoutMs} ms. The luck of ticks and phases gives several
right outcomes, so a real list (the replies, one node's table, one node's log) is the same when at
least one simulated world has left exactly that list.

${table(head, rows)}`;
}

function cell({ plays }: ScriptResult, kind: ListKind): string {
  const lists = plays.flat().filter(({ list }) => kindOf(list) === kind);
  if (lists.length === 0) return '';
  const differences = lists.flatMap((list) => list.differences);
  if (differences.length === 0) return 'same';
  const unknown = differences.filter(({ because }) => because === null).length;
  return unknown > 0 ? `**${unknown} lines differ**` : 'same, but for what is known';
}

function knownSection({ scripts }: Results): string {
  const known = scripts.flatMap(({ name, plays }) =>
    plays.flat().flatMap(({ differences }) => differences.map((one) => ({ name, ...one }))),
  );
  const reasons = [...new Set(known.map(({ because }) => because))];
  if (reasons.length === 0) return '## Known differences\n\nNone.\n';
  const sections = reasons.map((reason) => {
    const mine = known.filter(({ because }) => because === reason);
    const lines = [...new Set(mine.map(printDifference))].slice(0, MAX_EXAMPLES);
    return `${reason ?? '**Not explained.**'}\n\n\`\`\`text\n${lines.join('\n')}\n\`\`\`\n`;
  });
  return `## Known differences\n\n${sections.join('\n')}`;
}

/** Examples shown of each reason. */
const MAX_EXAMPLES = 6;

const printDifference = ({ name, list, line }: Difference & { name: string }): string =>
  `${name}, ${list}: only ${line.side}: ${line.text}`;

function timingSection({ faults }: Results): string {
  const comparisons = compareFaults(faults);
  const sections = faults.map((fault) =>
    faultSection(
      fault,
      comparisons.filter((one) => one.fault === fault),
    ),
  );
  return `## Timing

Milliseconds since the fault, 10 %, **50 %** and 90 % of the runs. D is the greatest distance
between the two distribution functions (two-sample Kolmogorov-Smirnov); samples of one distribution
are further apart than the limit one time in twenty. All ${comparisons.length} comparisons together
fail when one of them is beyond chance by Holm's procedure at 5 %.

${sections.join('\n')}`;
}

function faultSection(fault: FaultResult, comparisons: readonly Comparison[]): string {
  const head = ['since the fault', 'real', 'simulated', 'D', 'limit', ''];
  const rows = comparisons.map((one) => [
    one.measure,
    percentiles(fault.real, one.measure),
    percentiles(fault.simulated, one.measure),
    one.distance.toFixed(2),
    one.criticalDistance.toFixed(2),
    verdict(one),
  ]);
  const plots = PLOTTED.map(
    (measure) => `![${measure}](fidelity/${plotName(fault, measure)})`,
  ).join('\n');
  const runs = `${fault.real.length} real runs, ${fault.simulated.length} simulated`;
  return `### ${capital(fault.fault)}, node timeout ${fault.nodeTimeoutMs} ms (${runs})

${table(head, rows)}
${plots}
`;
}

function verdict({ distance, criticalDistance, isRejected }: Comparison): string {
  if (isRejected) return '**differs**';
  return distance <= criticalDistance ? 'same' : 'same (beyond the limit, but not beyond chance)';
}

function percentiles(timings: readonly Timing[], measure: Measure): string {
  const values = valuesOf(timings, measure);
  const [low, middle, high] = [0.1, 0.5, 0.9].map((share) => Math.round(quantile(values, share)!));
  return `${low} / **${middle}** / ${high}`;
}

/** The measures that get a picture. */
const PLOTTED: readonly Measure[] = ['first PFAIL', 'won'];

const plotName = ({ fault, nodeTimeoutMs }: FaultResult, measure: Measure): string =>
  `${fault}-${nodeTimeoutMs}-${measure}.svg`.toLowerCase().replaceAll(' ', '-');

/** The pictures of the page, by file name. */
export function printPlots(
  faults: readonly FaultResult[],
  colours: { readonly light: PlotColours; readonly dark: PlotColours },
): ReadonlyMap<string, string> {
  const plots = faults.flatMap((fault) =>
    PLOTTED.map((measure): [string, string] => {
      const { real, simulated, nodeTimeoutMs } = fault;
      const title = `${capital(fault.fault)}, node timeout ${nodeTimeoutMs} ms: ${measure}`;
      const curves = [
        { name: `${measure}, real`, values: valuesOf(real, measure), style: 'real' },
        { name: 'simulated', values: valuesOf(simulated, measure), style: 'simulated' },
      ] as const;
      return [plotName(fault, measure), plotDistributions(title, curves, colours)];
    }),
  );
  return new Map(plots);
}

function rulesSection(): string {
  const rewritten = REWRITTEN.map(
    ({ pattern, becomes, because }) =>
      `- \`${pattern.source}\` is read as \`${becomes}\`: ${because}.`,
  );
  const leftOut = LEFT_OUT.map(({ pattern, because }) => `- \`${pattern.source}\`: ${because}.`);
  const once = ONCE.map(({ pattern, because }) => `- \`${pattern.source}\`: ${because}.`);
  return `## How lists are compared

Ids and ports become names (8901 to 8906, replicas in the order of their masters). Tables are
compared field by field, without ping and pong times, and without the link state of a node that is
failing: it is dialled ten times a second. CLUSTER INFO is compared without its counts of messages.
Logs are compared in order, levels notice and warning, each node by itself. News from different
nodes arrive by different sockets, so these threads of a log may interleave in any way:
${THREADS.map(({ name }) => name).join(', ')}. Before that:

${rewritten.join('\n')}

Left out:

${leftOut.join('\n')}

Counted once a script:

${once.join('\n')}

Of what redis-cli prints: ${TOOL_RULES.join('; ')}.

Measured in every run: ${MEASURES.join(', ')}. The first five are times of redis-server's own log;
recovery is the first write that the new master accepts, tried every 20 ms.
`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const print = (cells: readonly string[]): string =>
    `| ${cells.map((text) => text.replaceAll('|', '\\|')).join(' | ')} |`;
  return `${[print(head), print(head.map(() => '---')), ...rows.map(print)].join('\n')}\n`;
}

const capital = (text: string): string => text[0]!.toUpperCase() + text.slice(1);
