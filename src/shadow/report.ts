/** What came of shadowing a recording, for people and for programs. */
import { EXPLANATIONS, type Explanation } from './explanations';
import type { Verdict } from './shadow';
import type { Disagreement, KindCount } from './tally';

const LONGEST_WORDS = 110;

/** Whether nothing is left that nobody can explain. */
export function isClean({ disagreements }: Pick<Verdict, 'disagreements'>): boolean {
  return disagreements.every(({ explanation }) => explanation !== null);
}

/** The table of agreement, then every disagreement and assumption. Ends with a newline. */
export function printVerdict(verdict: Verdict): string {
  const { label, nodes, frames, redisVersion, nodeTimeoutMs } = verdict;
  const title =
    `${label}: ${nodes} nodes, ${frames} messages, redis-server ${redisVersion}, ` +
    `node timeout ${nodeTimeoutMs} ms`;
  return (
    [
      title,
      '',
      ...printTable(verdict),
      ...printUnexplained(verdict),
      ...printExplained(verdict),
      ...printAssumptions(verdict),
    ].join('\n') + '\n'
  );
}

function printTable({ kinds }: Verdict): string[] {
  const total = { compared: 0, agreed: 0, explained: 0 };
  for (const count of kinds.values()) {
    total.compared += count.compared;
    total.agreed += count.agreed;
    total.explained += count.explained;
  }
  return [
    row('', 'compared', 'agreed', 'percent', 'explained', 'unexplained'),
    ...[...kinds].map(([kind, count]) => countRow(kind, count)),
    countRow('all', total),
  ];
}

function countRow(kind: string, { compared, agreed, explained }: KindCount): string {
  const percent = compared === 0 ? '' : ((100 * agreed) / compared).toFixed(1);
  const unexplained = compared - agreed - explained;
  return row(kind, ...[compared, agreed, percent, explained, unexplained].map(String));
}

function row(kind: string, ...cells: readonly string[]): string {
  return kind.padEnd(34) + cells.map((cell) => cell.padStart(12)).join('');
}

function printUnexplained({ disagreements }: Verdict): string[] {
  const unexplained = disagreements.filter(({ explanation }) => explanation === null);
  if (unexplained.length === 0) return ['', 'Nothing is left unexplained.'];
  return ['', 'Unexplained:', ...unexplained.map(printDisagreement)];
}

function printExplained({ disagreements }: Verdict): string[] {
  return (Object.keys(EXPLANATIONS) as Explanation[]).flatMap((name) => {
    const ours = disagreements.filter(({ explanation }) => explanation === name);
    if (ours.length === 0) return [];
    return ['', `${name}: ${EXPLANATIONS[name]}`, ...ours.map(printDisagreement)];
  });
}

function printDisagreement({ atMs, node, kind, ours, real }: Disagreement): string {
  const where = `  ${atMs.toFixed(1).padStart(9)} ms  node ${node}  ${kind}`;
  return `${where}: ours ${short(ours)}; real ${short(real)}`;
}

function printAssumptions({ assumed }: Verdict): string[] {
  if (assumed.length === 0) return [];
  const lines = assumed.map(
    ({ atMs, node, what, from }) =>
      `  ${atMs.toFixed(1).padStart(9)} ms  node ${node}  ${short(what)} (from ${from})`,
  );
  return ['', 'Assumed, because nobody recorded it:', ...lines];
}

const short = (text: string): string =>
  text.length > LONGEST_WORDS ? `${text.slice(0, LONGEST_WORDS - 1)}…` : text;

/** The same for programs: plain JSON. */
export function verdictJson(verdict: Verdict): unknown {
  const kinds = [...verdict.kinds].map(([kind, count]) => ({ kind, ...count }));
  return { ...verdict, kinds, clean: isClean(verdict) };
}
