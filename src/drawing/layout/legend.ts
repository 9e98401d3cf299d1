/** Which glyphs the legend explains: those in flight, and those that what is going on will send. */
import type { ClusterFrame, FrameElection } from '../../protocol/cluster-frame';
import type { NodeFlag } from '../../protocol/flags';
import type { MessageType } from '../../protocol/notes';

export interface LegendEntry {
  readonly type: MessageType | 'DENIED';
  readonly rumour: 'pfail' | null;
  readonly text:
    | 'mayI'
    | 'myVote'
    | 'deniedLogOnly'
    | 'meet'
    | 'update'
    | 'publish'
    | 'publishshard'
    | 'mfstart'
    | 'carryingPfail'
    | null;
}

const ROWS: readonly (readonly [MessageType, LegendEntry['text']])[] = [
  ['FAIL', null],
  ['MEET', 'meet'],
  ['UPDATE', 'update'],
  ['PUBLISH', 'publish'],
  ['PUBLISHSHARD', 'publishshard'],
  ['MFSTART', 'mfstart'],
  ['PING', null],
  ['PONG', null],
];

/** Every flag that stands in any table. */
export function flagsIn({ nodes }: ClusterFrame): ReadonlySet<NodeFlag> {
  const flags = new Set<NodeFlag>();
  for (const { view } of nodes)
    for (const row of view.rows) for (const f of row.flags) flags.add(f);
  return flags;
}

/** Key messages above heartbeats, rumours last; during an election the ballots and nothing else. */
export function legendEntries(
  frame: ClusterFrame,
  flags: ReadonlySet<NodeFlag>,
  election: FrameElection | null,
): LegendEntry[] {
  if (frame.onlyOf !== undefined) return [];
  if (election) return ballots(election);
  const flying = new Set(frame.messages.map((message) => message.type));
  const relevant = new Set<MessageType>([...flying, 'PING', 'PONG']);
  if (flags.has('fail')) relevant.add('FAIL');
  if (flags.has('handshake') || flags.has('meet')) relevant.add('MEET');
  const rows = ROWS.filter(([type]) => relevant.has(type)).map(([type, text]) => entry(type, text));
  const rumours = flags.has('pfail') || flags.has('fail');
  return rumours ? [...rows, { ...entry('PING', 'carryingPfail'), rumour: 'pfail' }] : rows;
}

function ballots({ seats }: FrameElection): LegendEntry[] {
  const rows = [entry('FAILOVER_AUTH_REQUEST', 'mayI'), entry('FAILOVER_AUTH_ACK', 'myVote')];
  const denied = seats.some(({ vote }) => vote === 'denied');
  return denied ? [...rows, entry('DENIED', 'deniedLogOnly')] : rows;
}

function entry(type: LegendEntry['type'], text: LegendEntry['text']): LegendEntry {
  return { type, text, rumour: null };
}
