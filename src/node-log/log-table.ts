/**
 * What the writer of a log holds to be true of the cluster, line by line: a table like the one in
 * its memory, as far as lines and conclusions tell. Flags follow redis-server's own rules.
 * Source: markNodeAsFailingIfNeeded, clearNodeFailureIfNeeded, src/cluster.c.
 */
import type { FrameReport, FrameRow, NodeView } from '../protocol/cluster-frame';
import { FAIL_REPORT_VALIDITY_MULT } from '../protocol/config';
import type { NodeFlag } from '../protocol/flags';
import type { Epoch, NodeId, NodeName } from '../protocol/ids';
import type { Note } from '../protocol/notes';
import type { SlotRanges } from '../protocol/slot-ranges';
import { allocateSlots } from '../redis-cli/slot-allocation';
import type { LogEvent } from './log-event';
import type { Conclusion, NodeLog } from './node-log';

/** The cluster as it was made; whoever reads the log knows this from redis-cli's output. */
export interface Founding {
  /** Masters first, then their replicas, in the order of their shards. */
  readonly names: readonly NodeName[];
  readonly masters: number;
  readonly replicasPerMaster: number;
  readonly nodeTimeoutMs: number;
}

interface Row {
  master: NodeName | null;
  configEpoch: Epoch;
  slots: SlotRanges;
  pfail: boolean;
  fail: boolean;
  failSinceMs: number;
  reports: readonly FrameReport[];
}

export class LogTable {
  private readonly log: NodeLog;
  private readonly founding: Founding;
  private readonly nameById: ReadonlyMap<NodeId, NodeName>;
  private readonly rows = new Map<NodeName, Row>();
  private state: 'ok' | 'fail' = 'fail';
  private currentEpoch: Epoch = 0;
  private lastVoteEpoch: Epoch = 0;
  /** Whose packet the line at hand was written for, if that is known. */
  private reporter: NodeName | null = null;

  constructor(log: NodeLog, founding: Founding) {
    this.log = log;
    this.founding = founding;
    const members = Object.entries(log.members);
    this.nameById = new Map(members.map(([name, { id }]) => [id, name]));
    this.rows.set(log.node, freshRow());
  }

  /** Takes in what a line says; the notes tell what changed. */
  read(event: LogEvent, atMs: number): Note[] {
    const { node } = this.log;
    switch (event.type) {
      case 'state':
        this.state = event.state;
        return [{ event: 'state', node, state: event.state }];
      case 'marked':
        return this.marks(this.nameOf(event.about), atMs);
      case 'told': {
        const from = this.nameOf(event.by);
        const heard: Note = { event: 'received', type: 'FAIL', from, to: node, message: 0 };
        return [heard, ...this.fails(this.nameOf(event.about), atMs)];
      }
      case 'cleared':
        return this.recovers(this.nameOf(event.about));
      case 'granted': {
        const { epoch } = event;
        this.currentEpoch = Math.max(this.currentEpoch, epoch);
        this.lastVoteEpoch = epoch;
        return [{ event: 'vote.grant', by: node, to: this.nameOf(event.to), epoch }];
      }
      case 'denied': {
        const { currentEpoch: epoch } = this;
        const { reason } = event;
        return [{ event: 'vote.deny', by: node, to: this.nameOf(event.to), epoch, reason }];
      }
      case 'config-epoch':
        this.currentEpoch = Math.max(this.currentEpoch, event.epoch);
        this.row(node).configEpoch = event.epoch;
        return [];
      case 'identity':
        return [];
    }
  }

  /** Takes in what follows from a line; suspicions and owners are not printed at level notice. */
  conclude(conclusion: Conclusion): Note[] {
    switch (conclusion.type) {
      case 'knows-all':
        this.learnAll();
        return [];
      case 'suspects':
        return conclusion.nodes.flatMap((name) => this.suspects(name));
      case 'reporter':
        this.reporter = conclusion.by;
        return [];
      case 'trusts':
        return conclusion.nodes.flatMap((name) => this.recovers(name));
      case 'owner': {
        const { owner, former, epoch } = conclusion;
        const taker = this.row(owner);
        const loser = this.row(former);
        Object.assign(taker, { master: null, slots: loser.slots, configEpoch: epoch });
        Object.assign(loser, { master: owner, slots: [] });
        this.currentEpoch = Math.max(this.currentEpoch, epoch);
        return [];
      }
    }
  }

  /** What the table holds now. */
  view(): NodeView {
    const me = this.row(this.log.node);
    const rows = this.founding.names
      .filter((name) => this.rows.has(name))
      .sort((a, b) => Number(a) - Number(b))
      .map((name) => this.frameRow(name));
    return {
      role: me.master === null ? 'master' : 'replica',
      master: me.master,
      clusterState: this.state,
      size: rows.filter(({ slots }) => slots.length > 0).length,
      slotsServed: slotCount(me.slots),
      currentEpoch: this.currentEpoch,
      configEpoch: me.configEpoch,
      lastVoteEpoch: this.lastVoteEpoch,
      nodeTimeoutMs: this.founding.nodeTimeoutMs,
      offsetBytes: 0,
      replication: { link: 'none', sinceMs: 0, id: '', lastSync: null },
      failover: { phase: 'idle', epoch: 0, rank: 0, dueAtMs: 0, delayMs: 0, voteCount: 0 },
      handover: 'none',
      openSlots: [],
      migration: null,
      keyCount: 0,
      rows,
    };
  }

  nameOf(id: NodeId): NodeName {
    return this.nameById.get(id) ?? id.slice(0, 8);
  }

  /** By its own suspicion and a report; whose report that was is seldom known. */
  private marks(about: NodeName, atMs: number): Note[] {
    const by = this.reporter;
    this.reporter = null;
    if (by === null) return this.fails(about, atMs);
    const expiresAtMs = atMs + FAIL_REPORT_VALIDITY_MULT * this.founding.nodeTimeoutMs;
    const filed: Note = { event: 'report.add', at: this.log.node, about, by };
    const notes = [...this.suspects(about), filed, ...this.fails(about, atMs)];
    this.row(about).reports = [{ by, atMs, expiresAtMs }];
    return notes;
  }

  private fails(about: NodeName, atMs: number): Note[] {
    const row = this.row(about);
    const notes: Note[] = [];
    const at = this.log.node;
    if (row.pfail) notes.push({ event: 'flag.clear', at, about, flag: 'pfail' });
    Object.assign(row, { pfail: false, fail: true, failSinceMs: atMs });
    return [...notes, { event: 'flag.set', at, about, flag: 'fail' }];
  }

  private suspects(about: NodeName): Note[] {
    const row = this.row(about);
    if (row.pfail || row.fail) return [];
    row.pfail = true;
    return [{ event: 'flag.set', at: this.log.node, about, flag: 'pfail' }];
  }

  private recovers(about: NodeName): Note[] {
    const row = this.row(about);
    const flag = row.fail ? 'fail' : row.pfail ? 'pfail' : null;
    Object.assign(row, { pfail: false, fail: false, failSinceMs: 0, reports: [] });
    return flag ? [{ event: 'flag.clear', at: this.log.node, about, flag }] : [];
  }

  /** redis-cli gives the slots out in equal parts and the epochs in the order of its arguments. */
  private learnAll(): void {
    const { names, masters, replicasPerMaster } = this.founding;
    const ranges = allocateSlots(masters);
    names.forEach((name, i) => {
      const row = this.row(name);
      row.configEpoch = i < masters ? i + 1 : 0;
      row.master = i < masters ? null : names[Math.floor((i - masters) / replicasPerMaster)]!;
      if (i < masters) row.slots = [ranges[i]!];
    });
    this.currentEpoch = names.length;
  }

  private row(name: NodeName): Row {
    const known = this.rows.get(name) ?? freshRow();
    this.rows.set(name, known);
    return known;
  }

  private frameRow(name: NodeName): FrameRow {
    const row = this.row(name);
    const isMe = name === this.log.node;
    const flags: NodeFlag[] = [
      ...(isMe ? (['myself'] as const) : []),
      row.master === null ? 'master' : 'replica',
      ...(row.pfail ? (['pfail'] as const) : []),
      ...(row.fail ? (['fail'] as const) : []),
    ];
    return {
      name,
      id: this.log.members[name]!.id,
      flags,
      master: row.master,
      pingSentMs: 0,
      pongReceivedMs: 0,
      configEpoch: row.master === null ? row.configEpoch : this.row(row.master).configEpoch,
      linkConnected: true,
      slots: row.slots,
      offsetBytes: 0,
      failSinceMs: row.failSinceMs,
      failReports: row.reports,
    };
  }
}

const freshRow = (): Row => ({
  master: null,
  configEpoch: 0,
  slots: [],
  pfail: false,
  fail: false,
  failSinceMs: 0,
  reports: [],
});

const slotCount = (ranges: SlotRanges): number =>
  ranges.reduce((sum, [first, last]) => sum + last - first + 1, 0);
