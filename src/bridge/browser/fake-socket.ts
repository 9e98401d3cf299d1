/** For tests: the far end of a WebSocket, which a test lets speak. */
import { WIRE_VERSION, type ServerMessageOf, type WireNode } from '../wire';

export class FakeSocket {
  readonly sent: string[] = [];
  readyState = 0;
  onopen = (): void => undefined;
  onmessage = (_event: { data: unknown }): void => undefined;
  onclose = (_event: { code: number; reason: string }): void => undefined;
  isLeft = false;
  readonly url: string;

  constructor(url: string) {
    this.url = url;
  }

  send(text: string): void {
    this.sent.push(text);
  }

  close(): void {
    this.isLeft = true;
  }

  opens(): void {
    this.readyState = 1;
    this.onopen();
  }

  says(message: object): void {
    this.onmessage({ data: JSON.stringify(message) });
  }

  hangsUp(code = 1006, reason = ''): void {
    this.readyState = 3;
    this.onclose({ code, reason });
  }

  /** What was asked of it last, without its number. */
  get asked(): object {
    const { id: _, ...asked } = JSON.parse(this.sent.at(-1) ?? '{}') as { id?: number };
    return asked;
  }
}

/** What a bridge says first. */
export function fakeHello(change: Partial<ServerMessageOf<'hello'>> = {}): object {
  return {
    ...{ t: 'hello', version: WIRE_VERSION, role: 'driver', label: 'six', redisVersion: '7.0.15' },
    ...{ nodeTimeoutMs: 5_000, epochMs: 1_700_000_000_000, nowMs: 6_000, knownFromMs: 0 },
    ...{ nodes: [], faults: [], recording: false, commands: ['GET', 'CLUSTER NODES'] },
    capabilities: { frames: true, faults: true, processes: true, logs: true },
    ...change,
  };
}

/** Processes of a cluster at the ports of the lessons. */
export function fakeNodes(count: number): WireNode[] {
  return Array.from({ length: count }, (_, i) => ({
    ...{ number: i + 1, id: String(i + 1).repeat(40), port: 8_901 + i, busPort: 18_901 + i },
    ...{ listensPort: 9_001 + i, listensBusPort: 19_001 + i, pid: 40_211 + i },
    ...{ state: 'running' as const, untilMs: null },
  }));
}
