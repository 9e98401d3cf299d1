/**
 * Decisions as they are written down: each line about one in the log of a real node has its like in
 * what our machine would have logged, in the same tick or the next. A decision ours did not take is
 * taken over.
 */
import { nameOf } from '../protocol/cluster-state';
import { FAIL_REPORT_VALIDITY_MULT } from '../protocol/config';
import { FAIL, PFAIL } from '../protocol/flags';
import type { NodeId } from '../protocol/ids';
import { readLogEvent } from '../node-log/log-event';
import { BEHIND_MS } from './explanations';
import type { Differences, LiveExplanation } from './live-differences';
import { NEW_MS, setFailingRight } from './live-headers';
import type { LiveNode } from './live-node';

/** Both write a line in the same tick, or in the next. */
export const SAME_LINE_MS = 200;

const PATTERNS: readonly RegExp[] = [
  /^\*\*\* NODE \S+ possibly failing/,
  /^Node \S{40} reported node \S{40} /,
  /^Marking node/,
  /^FAIL message received/,
  /^Clear FAIL state/,
  /^Cluster state changed/,
  /^Starting a failover election/,
  /^Failover auth (granted|denied)/,
  /^Failover election won/,
  /^Configuration change detected/,
];
const SUSPECTED = /^\*\*\* NODE (\S{40}) possibly failing$/;
const REPORTED = /^Node (\S{40}) reported node (\S{40}) (as not reachable|is back online)\.$/;
const STATE = /^Cluster state changed: (ok|fail)$/;

interface Waiting {
  readonly atMs: number;
  readonly text: string;
  readonly kind: number;
  /** The step that wrote it, of our machine. */
  readonly step: number;
}

/** Whether this line tells of a decision. */
export const isDecision = (text: string): boolean => kindOf(text) !== -1;
const kindOf = (text: string): number => PATTERNS.findIndex((pattern) => pattern.test(text));

/** Ages in milliseconds depend on the moment. */
const withoutChance = (text: string): string =>
  text.replace(/\d+ (milliseconds|ms)/g, '<n> $1').replace(/ \(\)/g, '');

export class LiveLines {
  private readonly ours: LiveNode;
  private readonly differences: Differences;
  private mine: Waiting[] = [];
  private real: Waiting[] = [];
  /** Kinds the real nodes have written: logs may leave some out. */
  private readonly kinds: Set<number>;

  constructor(ours: LiveNode, differences: Differences, kinds: Set<number>) {
    this.ours = ours;
    this.differences = differences;
    this.kinds = kinds;
  }

  /** Our machine has written a line; returns whether the real node wrote it too, already. */
  hearMine(atMs: number, text: string, step: number): boolean {
    const kind = kindOf(text);
    if (kind === -1) return false;
    const line = { atMs, text: withoutChance(text), kind, step };
    const isSaid = this.meet(this.real, line) !== null;
    if (!isSaid) this.mine.push(line);
    return isSaid;
  }

  /** The real node has written a line; returns the step in which ours wrote it, if it has. */
  hearReal(atMs: number, text: string): number | null {
    const kind = kindOf(text);
    if (kind === -1) return null;
    this.kinds.add(kind);
    const line = { atMs, text: withoutChance(text), kind, step: -1 };
    const met = this.meet(this.mine, line);
    if (met) return met.step;
    this.real.push(line);
    return null;
  }

  /** What has waited for its like in vain parts the two. */
  judge(nowMs: number, isLast = false): void {
    const isOver = ({ atMs }: Waiting): boolean => isLast || nowMs - atMs > SAME_LINE_MS;
    for (const line of this.real.filter(isOver)) this.onlyReal(line, nowMs, isLast);
    for (const line of this.mine.filter(isOver)) this.onlyMine(line, nowMs, isLast);
    if (this.real.some(isOver)) this.real = this.real.filter((line) => !isOver(line));
    if (this.mine.some(isOver)) this.mine = this.mine.filter((line) => !isOver(line));
  }

  private meet(others: Waiting[], { atMs, text }: Waiting): Waiting | null {
    const index = others.findIndex(
      (one) => one.text === text && Math.abs(one.atMs - atMs) <= SAME_LINE_MS,
    );
    if (index === -1) return null;
    this.differences.count('log', true);
    return others.splice(index, 1)[0]!;
  }

  private onlyReal(line: Waiting, nowMs: number, isLast: boolean): void {
    const { text, atMs } = line;
    this.differences.count('log', false);
    if (isLast && nowMs - atMs < SAME_LINE_MS) return this.differences.explain('end-of-recording');
    const why = this.whyOnlyReal(line);
    if (why) this.differences.explain(why);
    else if (!STATE.test(text)) this.part(line, 'nothing', text, nowMs);
    this.follow(text, nowMs);
  }

  private onlyMine(line: Waiting, nowMs: number, isLast: boolean): void {
    const { text, kind, atMs } = line;
    if (!this.kinds.has(kind)) return;
    this.differences.count('log', false);
    if (isLast && nowMs - atMs < SAME_LINE_MS) return this.differences.explain('end-of-recording');
    if (this.changesItsMind(line)) return this.differences.explain('one-turn');
    // Every header says what state a node is in: they are judge of that.
    if (STATE.test(text)) return;
    if (this.isUnseenPing(text)) this.differences.explain('unseen-ping');
    else this.part(line, text, 'nothing', nowMs);
    this.takeBack(text, nowMs);
  }

  private part({ text, atMs }: Waiting, ours: string, real: string, nowMs: number): void {
    const { node } = this.ours;
    const about = this.nameIn(text);
    this.differences.part(
      nowMs,
      { node: node.number, about, field: 'log', ours, real, sinceMs: atMs },
      nowMs,
    );
  }

  /** Whom a line is about; the node itself if nobody is named. */
  private nameIn(text: string): string {
    const id = REPORTED.exec(text)?.[2] ?? /\b[0-9a-f]{40}\b/.exec(text)?.[0];
    const entry = id === undefined ? null : this.ours.entry(id as NodeId);
    return entry ? nameOf(entry) : String(this.ours.node.port);
  }

  /** PFAIL of a node to which no connection is up: nothing shows when its PING was drawn. */
  private isUnseenPing(text: string): boolean {
    const id = SUSPECTED.exec(text)?.[1];
    const entry = id === undefined ? null : this.ours.entry(id as NodeId);
    return entry !== null && !entry.link?.connected;
  }

  private whyOnlyReal({ text, atMs }: Waiting): LiveExplanation | null {
    if (this.isUnseenPing(text)) return 'unseen-ping';
    const { began, state } = this.ours;
    const sinceMs = atMs - began.atMs;
    const wasReported = REPORTED.exec(text)?.[3] === 'is back online';
    const validMs = state.config.nodeTimeoutMs * FAIL_REPORT_VALIDITY_MULT;
    if (wasReported && sinceMs < validMs) return 'before-the-run';
    const isNew = began.isAlone && sinceMs < NEW_MS;
    return isNew && STATE.test(text) ? 'before-the-run' : null;
  }

  private changesItsMind({ atMs, text }: Waiting): boolean {
    const state = STATE.exec(text)?.[1];
    if (state === undefined) return false;
    return this.mine.some((line) => {
      const other = STATE.exec(line.text)?.[1];
      const isOther = other !== undefined && other !== state;
      return isOther && Math.abs(line.atMs - atMs) <= BEHIND_MS;
    });
  }

  /** Ours takes the decision too. */
  private follow(text: string, atMs: number): void {
    const { ours } = this;
    const suspect = SUSPECTED.exec(text)?.[1];
    if (suspect !== undefined) return this.fail(suspect as NodeId, PFAIL, atMs);
    const report = REPORTED.exec(text);
    if (report) return this.report(report, report[3] === 'as not reachable', atMs);
    const event = readLogEvent(text);
    if (event?.type === 'marked' || event?.type === 'told') this.fail(event.about, FAIL, atMs);
    if (event?.type === 'cleared') this.fail(event.about, 0, atMs);
    if (event?.type === 'state') ours.adopt(atMs, { state: event.state });
    if (event?.type === 'granted') ours.adopt(atMs, { lastVoteEpoch: event.epoch });
  }

  /** Ours decided what the real node did not. */
  private takeBack(text: string, atMs: number): void {
    const suspect = SUSPECTED.exec(text)?.[1];
    if (suspect !== undefined) {
      this.fail(suspect as NodeId, 0, atMs);
      // Its clock began later than ours, if it has begun.
      return this.ours.adoptEntry(atMs, suspect as NodeId, { pingSentMs: Math.floor(atMs) });
    }
    const report = REPORTED.exec(text);
    if (report) return this.report(report, report[3] !== 'as not reachable', atMs);
    const event = readLogEvent(text);
    if (event?.type === 'marked' || event?.type === 'told') this.fail(event.about, 0, atMs);
    if (event?.type === 'cleared') this.fail(event.about, FAIL, atMs);
  }

  private fail(id: NodeId, failing: number, atMs: number): void {
    setFailingRight(this.ours, id, failing, atMs);
  }

  private report(found: RegExpExecArray, isAdded: boolean, atMs: number): void {
    const [by, about] = [found[1] as NodeId, found[2] as NodeId];
    const entry = this.ours.entry(about);
    if (!entry) return;
    const others = entry.failReports.filter((one) => one.by !== by);
    const failReports = isAdded ? [...others, { by, atMs: Math.floor(atMs) }] : others;
    this.ours.adoptEntry(atMs, about, { failReports });
  }
}
