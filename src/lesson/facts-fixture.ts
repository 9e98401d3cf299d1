/** A frame for tests of facts: 8901 is frozen, 8902 suspects it, 8904 has its verdict. */
import type { ClusterFrame, FrameNode, FrameRow } from '../protocol/cluster-frame';
import type { NodeFlag } from '../protocol/flags';
import { nodeId } from '../protocol/ids';
import type { SlotRanges } from '../protocol/slot-ranges';

const SLOTS: Record<string, SlotRanges> = {
  '8901': [[0, 5460]],
  '8902': [[5461, 10922]],
  '8903': [[10923, 16383]],
};
const NAMES = ['8901', '8902', '8903', '8904'];

function row(name: string, flags: NodeFlag[], reports: FrameRow['failReports'] = []): FrameRow {
  return {
    name,
    id: nodeId(name.repeat(10)),
    flags,
    master: name === '8904' ? '8901' : null,
    pingSentMs: 0,
    pongReceivedMs: 9000,
    configEpoch: Number(name) - 8900,
    linkConnected: true,
    slots: SLOTS[name] ?? [],
    offsetBytes: 0,
    failSinceMs: 0,
    failReports: reports,
  };
}

/** 8902 suspects 8901, 8904 calls it FAIL with two reports of which one has expired. */
function node(name: string): FrameNode {
  const flags = (about: string): NodeFlag[] => {
    if (about === '8901' && name === '8902') return ['master', 'pfail'];
    if (about === '8901' && name === '8904') return ['master', 'fail'];
    return about === '8904' ? ['replica'] : ['master'];
  };
  const reports = [
    { by: '8902', atMs: 9000, expiresAtMs: 19_000 },
    { by: '8903', atMs: -1000, expiresAtMs: 9000 },
  ];
  return {
    name,
    id: nodeId(name.repeat(10)),
    ip: '127.0.0.1',
    port: Number(name),
    busPort: Number(name) + 10_000,
    shard: 0,
    process: name === '8901' ? 'frozen' : 'running',
    processSinceMs: 0,
    view: {
      role: name === '8904' ? 'replica' : 'master',
      master: name === '8904' ? '8901' : null,
      clusterState: 'ok',
      size: 3,
      slotsServed: 16_384,
      currentEpoch: 6,
      configEpoch: 1,
      lastVoteEpoch: 0,
      nodeTimeoutMs: 5_000,
      openSlots: [{ slot: 866, mark: 'migrating', peer: '8903', keyCount: 2 }],
      migration: null,
      keyCount: 2,
      offsetBytes: 42,
      replication: { link: 'up', sinceMs: 0, id: 'a'.repeat(40), lastSync: 'full' },
      failover: { phase: 'idle', epoch: 0, rank: 0, dueAtMs: 0, delayMs: 0, voteCount: 0 },
      handover: 'none',
      rows: NAMES.map((about) =>
        row(about, flags(about), name === '8904' && about === '8901' ? reports : []),
      ),
    },
  };
}

export const FRAME: ClusterFrame = {
  atMs: 10_000,
  nodeTimeoutMs: 5000,
  nodes: NAMES.map(node),
  messages: [],
  faults: [],
  clients: [
    {
      name: 'c1',
      connectedTo: ['8901', '8902'],
      follows: true,
      redirects: 1,
      slotMap: [{ slots: [[5798, 5798]], node: '8902', learntAtMs: 1 }],
      stream: {
        ...{ perSecond: 5, untilMs: 9_000, sent: 9 },
        ...{ acknowledged: 7, refused: 1, unanswered: 1 },
      },
      exchanges: [],
    },
  ],
  elections: [],
  writes: {
    acknowledged: 3,
    lost: [
      {
        key: 'b',
        by: '8901',
        acknowledgedAtMs: 9000,
        lostAtMs: 9500,
        window: 'not-replicated',
        owner: '8904',
      },
    ],
  },
};
