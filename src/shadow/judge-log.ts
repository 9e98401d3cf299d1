/**
 * The lines of redis-server's log that are about the cluster: those each real node wrote, and those
 * ours would have written. Lines about replication are not compared: they are about what is not on
 * the bus.
 */
import type { Capture } from './capture';
import type { Explanation } from './explanations';
import { BEHIND_MS, EDGE_MS, END_MS } from './explanations';
import type { Replayed } from './replay';

/** The lines compared: how they begin, or what they contain. */
const CLUSTER_LINES: readonly RegExp[] = [
  /^configEpoch set to \d+ /,
  /^New configEpoch set to/,
  /^configEpoch updated after importing slot/,
  /^WARNING: configEpoch collision/,
  /^Connecting with Node/,
  /^Connection with Node/,
  /^I\/O error (reading|writing) /,
  /^Renaming node/,
  /^Handshake/,
  /^\*\*\* NODE \S+ possibly failing/,
  /^Node \S{40} /,
  /^Marking node/,
  /^FAIL message received/,
  /^Ignoring FAIL message/,
  /^Clear FAIL state/,
  /^Cluster state changed/,
  /^Start of election delayed/,
  /^Starting a failover election/,
  /^Replica rank updated/,
  /^Failover (auth|election|attempt)/,
  /^Currently unable to failover/,
  /^(Manual|Forced) failover/,
  /^Taking over the master/,
  /^Received replication offset for paused master/,
  /^All master replication stream processed/,
  /^Configuration change detected/,
  /^I'm a sub-replica/,
  /^Migrating to orphaned master/,
  /^Address updated for node/,
  /^IP address for this node updated/,
  /^PONG contains mismatching/,
  /^(Forgetting|Discarding UPDATE|Slot \d+ )/,
];

/** Both write a line in the same tick, or in the next. */
const SAME_LINE_MS = 120;

interface Line {
  readonly atMs: number;
  readonly text: string;
}

/** Compares the lines of one node. Without a log there is nothing to compare. */
export function judgeLog(capture: Capture, { shadow, tally }: Replayed): void {
  if (capture.log.length === 0) return;
  const { number } = shadow.node;
  const known = new Set<string>(capture.nodes.map(({ id }) => id));
  const comparable = (line: Line): Line[] =>
    kindOf(line.text) === null ? [] : [{ atMs: line.atMs, text: withoutChance(line.text, known) }];
  const real = capture.log.filter(({ node }) => node === number).flatMap(comparable);
  const ours = shadow.logged.flatMap(comparable);
  for (const line of real) {
    const index = ours.findIndex(
      ({ atMs, text }) => text === line.text && Math.abs(atMs - line.atMs) < SAME_LINE_MS,
    );
    if (index === -1) {
      tally.disagree({
        ...{ kind: 'log line', atMs: line.atMs, node: number },
        ...{ ours: 'nothing', real: line.text, explanation: whyMissing(capture, line, number) },
      });
    } else {
      tally.agree('log line');
      ours.splice(index, 1);
    }
  }
  for (const line of ours) {
    // Recorders leave out chatter: what no node ever logged was left out.
    if (!capture.log.some(({ text }) => kindOf(text) === kindOf(line.text))) continue;
    const flaps = changesItsMind(shadow.logged, line);
    tally.disagree({
      ...{ kind: 'log line', atMs: line.atMs, node: number },
      ...{ ours: line.text, real: 'nothing' },
      explanation: flaps ? 'one-turn' : whyMissing(capture, line, number),
    });
  }
}

function kindOf(text: string): number | null {
  const index = CLUSTER_LINES.findIndex((pattern) => pattern.test(text));
  return index === -1 ? null : index;
}

/** Names of handshakes are lots, and ages in milliseconds depend on the moment. */
function withoutChance(text: string, known: ReadonlySet<string>): string {
  return text
    .replace(/\b[0-9a-f]{40}\b/g, (id) => (known.has(id) ? id : '<handshake>'))
    .replace(/before \d+ milliseconds/, 'before <n> milliseconds')
    .replace(/added \d+ ms ago/, 'added <n> ms ago');
}

const STATE = /^Cluster state changed: (ok|fail)$/;

function changesItsMind(lines: readonly Line[], { atMs, text }: Line): boolean {
  const state = STATE.exec(text)?.[1];
  if (state === undefined) return false;
  return lines.some((line) => {
    const other = STATE.exec(line.text)?.[1];
    return other !== undefined && other !== state && Math.abs(line.atMs - atMs) <= BEHIND_MS;
  });
}

function whyMissing(capture: Capture, { atMs }: Line, number: number): Explanation | null {
  if (atMs > capture.durationMs - END_MS) return 'end-of-recording';
  const dies = capture.deeds.some(
    (deed) => deed.node === number && deed.type === 'kill' && Math.abs(deed.atMs - atMs) < EDGE_MS,
  );
  return dies ? 'link-lost' : null;
}
