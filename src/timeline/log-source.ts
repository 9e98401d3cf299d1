/**
 * A ClusterSource that shows what one node's log proves. Each line is a step, and the picture is
 * what the writer of the log believed after it. Nobody can act on it, and nobody else's table is in
 * it: of the others a frame holds what is known without them, an address and a shard.
 */
import { CLUSTER_PORT_INCR } from '../protocol/config';
import { shardOf } from '../kernel/frame-of-world';
import { nodeNames, type Scene } from '../kernel/scene';
import { readLogEvent } from '../node-log/log-event';
import { readLogLine } from '../node-log/log-line';
import { LogTable } from '../node-log/log-table';
import type { NodeLog } from '../node-log/node-log';
import type { ClusterFrame, FrameNode, NodeView } from '../protocol/cluster-frame';
import type { NodeName } from '../protocol/ids';
import type { RecordedNote } from '../protocol/notes';
import { beatsOf } from './beats';
import type { Beat, BeatKind, BranchSight, ClusterSource, Cursor, Span } from './cluster-source';
import { OnePast } from './one-past';
import { withNote } from './spans';

/** Where one line leaves the reader. */
interface Page {
  readonly step: number;
  readonly atMs: number;
  readonly view: NodeView;
}

interface Reading {
  readonly pages: readonly Page[];
  readonly notes: readonly RecordedNote[];
  readonly beats: readonly Beat[];
  readonly spans: readonly Span[];
  readonly startsAtUnixMs: number;
}

export class LogSource extends OnePast implements ClusterSource, BranchSight {
  readonly capabilities = { rewind: true, act: false, hash: false } as const;
  readonly scene: Scene;
  readonly searchLimitMs: number;
  readonly startsAtUnixMs: number;
  private readonly log: NodeLog;
  private readonly reading: Reading;
  private readonly others: readonly FrameNode[];
  private atMs = 0;
  private index = 0;
  private picture: ClusterFrame | null = null;

  constructor(scene: Scene, log: NodeLog) {
    super();
    this.scene = scene;
    this.log = log;
    this.reading = readLog(scene, log);
    this.startsAtUnixMs = this.reading.startsAtUnixMs;
    this.searchLimitMs = this.computedUntilMs;
    this.others = nodeNames(scene).map((name) => unseenNode(scene, log, name));
  }

  get computedUntilMs(): number {
    return this.reading.pages.at(-1)!.atMs;
  }

  get cursor(): Cursor {
    return { branch: 0, step: this.page.step, atMs: this.atMs };
  }

  get frame(): ClusterFrame {
    if (this.picture?.atMs !== this.atMs) this.picture = this.frameOf(this.page, this.atMs);
    return this.picture;
  }

  previousFrame(): ClusterFrame | null {
    const before = this.reading.pages[this.index - 1];
    return before ? this.frameOf(before, before.atMs) : null;
  }

  stepEvents(count: number): void {
    this.standAt(this.index + count);
  }

  stepBeat(direction: 1 | -1, _limitMs?: number, kinds?: readonly BeatKind[]): Beat | null {
    const { step: here } = this.page;
    const isMeant = ({ step, kind }: Beat): boolean =>
      (direction === 1 ? step > here : step < here) && (kinds?.includes(kind) ?? true);
    const { beats } = this.reading;
    const found = direction === 1 ? beats.find(isMeant) : beats.findLast(isMeant);
    if (found) this.seekStep(found.step);
    else if (direction === -1) this.standAt(0);
    return found ?? null;
  }

  /** A log tells of no deliveries. */
  stepDelivery(): null {
    return null;
  }

  seekTime(atMs: number): void {
    const target = Math.min(Math.max(0, atMs), this.computedUntilMs);
    this.index = Math.max(
      0,
      this.reading.pages.findLastIndex((page) => page.atMs <= target),
    );
    this.atMs = target;
    this.picture = null;
  }

  seekStep(step: number): void {
    this.standAt(this.reading.pages.findLastIndex((page) => page.step <= step));
  }

  notes = (): readonly RecordedNote[] => this.reading.notes;
  beats = (): readonly Beat[] => this.reading.beats;
  spans = (): readonly Span[] => this.reading.spans;
  messages = () => [];
  density = () => [];

  neighbourMs(direction: 1 | -1): number | null {
    const { pages } = this.reading;
    const found =
      direction === 1
        ? pages.find(({ atMs }) => atMs > this.atMs)
        : pages.findLast(({ atMs }) => atMs < this.atMs);
    return found?.atMs ?? null;
  }

  playheadOn(): BranchSight {
    return new LogSource(this.scene, this.log);
  }

  private get page(): Page {
    return this.reading.pages[this.index]!;
  }

  private standAt(index: number): void {
    this.index = Math.min(Math.max(0, index), this.reading.pages.length - 1);
    this.atMs = this.page.atMs;
    this.picture = null;
  }

  private frameOf({ view }: Page, atMs: number): ClusterFrame {
    const writer = this.log.node;
    return {
      atMs,
      nodeTimeoutMs: this.scene.nodeTimeoutMs,
      nodes: this.others.map((node) => (node.name === writer ? { ...node, view } : node)),
      onlyOf: writer,
      messages: [],
      faults: [],
      clients: [],
      elections: [],
      writes: { acknowledged: 0, lost: [] },
    };
  }
}

/** Walks through the log once; every line is a page, the first is the line before all others. */
function readLog(scene: Scene, log: NodeLog): Reading {
  const table = new LogTable(log, { ...scene, names: nodeNames(scene) });
  const pages: Page[] = [];
  const notes: RecordedNote[] = [];
  const beats: Beat[] = [];
  let spans: readonly Span[] = [];
  const lines = log.lines.map(readLogLine).filter((line) => line !== null);
  const startsAtUnixMs = lines[0]!.atUnixMs;
  lines.forEach((line, i) => {
    const step = i + 1;
    const atMs = line.atUnixMs - startsAtUnixMs;
    const event = readLogEvent(line.text);
    const made = [
      ...log.conclusions.filter((one) => one.line === step).flatMap((one) => table.conclude(one)),
      { event: 'log' as const, node: log.node, level: line.level, text: line.text },
      ...(event ? table.read(event, atMs) : []),
    ].map((note): RecordedNote => ({ ...note, atMs, step }));
    beats.push(...beatsOf(made, spans));
    for (const note of made) spans = withNote(spans, note);
    notes.push(...made);
    pages.push({ step, atMs, view: table.view() });
  });
  return { pages, notes, beats, spans, startsAtUnixMs };
}

/** What the log's reader knows of a node without its table. */
function unseenNode(scene: Scene, log: NodeLog, name: NodeName): FrameNode {
  const { id, ip } = log.members[name]!;
  const port = Number(name);
  return {
    name,
    id,
    ip,
    port,
    busPort: port + CLUSTER_PORT_INCR,
    shard: shardOf(scene, name),
    process: 'running',
    processSinceMs: 0,
    view: new LogTable({ ...log, node: name }, { ...scene, names: [name] }).view(),
  };
}
