/** One redis-server of the bridge's own: what it is, and since when it is not as it should be. */
import { askOnce } from '../../real-redis/redis-client';
import type { NodePorts } from '../../real-redis/ports';
import type { RedisProcess } from '../../real-redis/redis-process';
import type { WireNode } from '../wire';

export class OwnNode {
  readonly number: number;
  readonly process: RedisProcess;
  id = '';
  state: WireNode['state'] = 'dead';
  /** When the bridge wakes or starts it again, and what will do so. */
  untilMs: number | null = null;
  private timer: NodeJS.Timeout | null = null;

  constructor(number: number, process: RedisProcess) {
    this.number = number;
    this.process = process;
  }

  get ports(): NodePorts {
    return this.process.ports;
  }

  async learnId(): Promise<void> {
    const reply = await askOnce(this.ports.client, ['CLUSTER', 'MYID']);
    if (reply.type === 'bulk') this.id = reply.text;
  }

  /** Does `mend` when the time is up, unless something else is said before. */
  mendAfter(forMs: number, nowMs: number, mend: () => void): void {
    this.forgetMending();
    this.untilMs = nowMs + forMs;
    this.timer = setTimeout(mend, forMs);
  }
  forgetMending(): void {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    this.untilMs = null;
  }

  toWire(): WireNode {
    const { number, id, state, untilMs, ports } = this;
    const { announcedClient: port, announcedBus: busPort } = ports;
    const listens = { listensPort: ports.client, listensBusPort: ports.bus };
    const pid = state === 'dead' ? null : this.process.pid;
    return { number, id, port, busPort, ...listens, pid, state, untilMs };
  }
}
