/**
 * Real connections and ours. Our machine dials when its rules say so; the dial becomes the
 * connection that the real node opened at that time, and lives and dies with it.
 */
import { isInHandshake } from '../protocol/cluster-state';
import { dialNode, dropLink } from '../protocol/messages/links';
import { wholeEntries, type WholeEntry } from '../protocol/whole-entries';
import type { Capture, CaptureFrame, CaptureLink } from './capture';
import { virtualMs } from './capture-time';
import { UNTRACED_EDGE_MS } from './explanations';
import { giveReplication } from './given-replication';
import { refusals } from './inputs';
import type { Dial, ShadowNode } from './shadow-node';
import type { Tally } from './tally';
import { DIAL_MS } from './tick-plan';

export class Wires {
  private readonly capture: Capture;
  private readonly shadow: ShadowNode;
  private readonly tally: Tally;

  constructor(capture: Capture, shadow: ShadowNode, tally: Tally) {
    this.capture = capture;
    this.shadow = shadow;
    this.tally = tally;
    this.bindFirst();
  }

  /** The links that were up when the recording began. */
  private bindFirst(): void {
    const { capture, shadow } = this;
    const opened = new Set(
      capture.links.flatMap((link) => (link.event === 'open' ? [link.connection] : [])),
    );
    const seen = new Set<number>();
    for (const { dialer, acceptor, connection } of [...capture.frames, ...capture.links]) {
      if (dialer !== shadow.node.number || opened.has(connection) || seen.has(acceptor)) continue;
      seen.add(acceptor);
      const link = this.entryOf(acceptor)?.link;
      if (link) shadow.bind(connection, link.connection);
    }
  }

  /** A real connection opened or closed. */
  take(link: CaptureLink): void {
    if (link.event === 'open') this.opened(link);
    else this.closed(link);
  }

  /** Dials that nobody answers, where no process listens; the log says when, if there is one. */
  refuse(atMs: number): void {
    const { shadow, capture } = this;
    for (const dial of shadow.dials) {
      if (dial.answered || dial.atMs !== atMs || !this.isRefused(dial.to, atMs)) continue;
      const opens = capture.links.some(
        ({ event, dialer, acceptor, atMs: openMs }) =>
          event === 'open' &&
          dialer === shadow.node.number &&
          acceptor === dial.to &&
          openMs >= atMs - 1 &&
          openMs < atMs + DIAL_MS,
      );
      if (!opens && !this.isRefusedLater(dial, atMs)) this.end(dial, atMs);
    }
  }

  /** The log says that a dial was refused. */
  refused(atMs: number, busPort: number): void {
    const dial = this.shadow.dials.findLast((one) => one.busPort === busPort && !one.answered);
    if (dial) this.end(dial, atMs);
  }

  private end(dial: Dial, atMs: number): void {
    dial.answered = true;
    this.shadow.step(atMs, { type: 'LINK_CLOSED', connection: dial.connection, refused: true });
  }

  private isRefusedLater({ busPort }: Dial, atMs: number): boolean {
    return refusals(this.capture, this.shadow.node.number).some(
      (line) => line.busPort === busPort && line.atMs >= atMs - 1 && line.atMs < atMs + DIAL_MS,
    );
  }

  private isRefused(to: number | null, atMs: number): boolean {
    // At an address of none of the nodes nobody listens.
    if (to === null) return true;
    const last = this.capture.deeds
      .filter((deed) => deed.node === to && deed.type !== 'command' && deed.atMs <= atMs)
      .at(-1);
    // A process that has been started does not listen yet.
    return last?.type === 'kill' || last?.type === 'start';
  }

  private opened(link: CaptureLink): void {
    const { shadow, capture } = this;
    const { atMs, connection } = link;
    if (link.acceptor === this.shadow.node.number) {
      const name = `in${connection}`;
      shadow.bind(connection, name);
      shadow.step(atMs, { type: 'LINK_ACCEPTED', connection: name, channel: 'bus' });
      return;
    }
    const waiting = shadow.dials.findLast((dial) => !dial.answered && dial.to === link.acceptor);
    if (waiting) {
      this.tally.agree('connection dialled');
      waiting.answered = true;
      shadow.bind(connection, waiting.connection);
    } else {
      this.dialAnyway(link);
    }
    const ours = shadow.connections.get(connection);
    if (ours !== undefined) shadow.step(atMs, { type: 'LINK_CONNECTED', connection: ours });
    giveReplication(capture, shadow, atMs);
  }

  /** The real node gave up a link that ours keeps: ours does too, and says why it did not. */
  private giveUp(entry: WholeEntry, atMs: number): void {
    const { shadow, capture } = this;
    const { config } = shadow.state;
    const pendingMs = virtualMs(capture, atMs) - entry.pingSentMs;
    const leftMs = Math.floor(config.nodeTimeoutMs / 2) + 1 - pendingMs;
    const isEdge = entry.pingSentMs !== 0 && leftMs > 0 && leftMs <= UNTRACED_EDGE_MS;
    this.tally.disagree({
      ...{ kind: 'connection closed', atMs, node: shadow.node.number },
      ...{ ours: 'stays open', real: `to ${entry.port}` },
      explanation: isEdge ? 'edge-of-a-tick' : null,
    });
    shadow.force(atMs, (turn) => dropLink(turn, entry.id));
    shadow.forced.add(shadow.closed.at(-1)!);
  }

  /** The real node dialled, ours did not. */
  private dialAnyway(link: CaptureLink): void {
    const { shadow } = this;
    const entry = this.entryOf(link.acceptor);
    this.tally.disagree({
      ...{ kind: 'connection dialled', atMs: link.atMs, node: this.shadow.node.number },
      ...{ ours: 'no', real: `dials node ${link.acceptor}`, explanation: null },
    });
    if (!entry) return;
    shadow.force(link.atMs, (turn) => dialNode(turn, entry.id));
    const dial = shadow.dials.at(-1)!;
    dial.answered = true;
    shadow.bind(link.connection, dial.connection);
  }

  private entryOf(number: number): WholeEntry | null {
    const peer = this.capture.nodes.find((node) => node.number === number);
    if (!peer) return null;
    const byAddress = wholeEntries(this.shadow.state).find(
      (node) => isInHandshake(node) && node.port === peer.port && node.busPort === peer.busPort,
    );
    return this.shadow.entry(peer.id) ?? byAddress ?? null;
  }

  private closed({ connection, atMs, endedBy }: CaptureLink): void {
    const ours = this.nameOf(connection, null, atMs);
    if (ours === null) return;
    this.shadow.connections.delete(connection);
    const entry = wholeEntries(this.shadow.state).find(({ link }) => link?.connection === ours);
    if (entry && endedBy === this.shadow.node.number) this.giveUp(entry, atMs);
    else this.shadow.step(atMs, { type: 'LINK_CLOSED', connection: ours, refused: false });
  }

  /** Our name of a real connection; one that was there before the recording gets one now. */
  nameOf(connection: number, frame: CaptureFrame | null, atMs: number): string | null {
    const { shadow } = this;
    const known = shadow.connections.get(connection);
    if (known !== undefined) return known;
    const link = frame ?? this.capture.links.find((one) => one.connection === connection) ?? null;
    if (!link) return null;
    const opened = this.capture.links.some(
      (one) => one.connection === connection && one.event === 'open',
    );
    if (opened) return null;
    let name: string | null = `in${connection}`;
    if (link.dialer === this.shadow.node.number)
      name = this.entryOf(link.acceptor)?.link?.connection ?? null;
    else shadow.step(atMs, { type: 'LINK_ACCEPTED', connection: name, channel: 'bus' });
    if (name !== null) shadow.bind(connection, name);
    return name;
  }
}
