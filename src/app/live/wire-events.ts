/** What the bridge tells, in the words of a live shadow. */
import type { Hello } from '../../bridge/browser/connection.machine';
import type { Told } from '../../bridge/browser/socket';
import type { ServerMessageOf } from '../../bridge/wire';
import { nodeId } from '../../protocol/ids';
import type { LiveEvent, LiveStart } from '../../shadow/live-events';

export function startOf(hello: Hello): LiveStart {
  const { label, redisVersion, nodeTimeoutMs, epochMs, knownFromMs, nodes, capabilities } = hello;
  return {
    ...{ label, redisVersion, nodeTimeoutMs, epochMs, knownFromMs, hasLogs: capabilities.logs },
    nodes: nodes.map(({ number, id, port, busPort }) => ({
      ...{ number, id: nodeId(id), port, busPort },
    })),
  };
}

/** Reads what one bridge tells, in its order. */
export class WireEvents {
  readonly #ids: Map<number, string>;
  /** Commands that were told when they were sent; their reply comes as a message of its own. */
  readonly #sent = new Set<string>();

  constructor(hello: Hello) {
    this.#ids = new Map(hello.nodes.map(({ number, id }) => [number, id]));
  }

  read(told: Told): readonly LiveEvent[] {
    switch (told.t) {
      case 'frames':
        return framesOf(told);
      case 'fates':
        return told.fates.map((fate) => ({ type: 'fate', ...fate }));
      case 'view': {
        const { node, askedMs, atMs, nodes, info } = told;
        return [{ type: 'view', node, askedMs, atMs, nodes, info }];
      }
      case 'log':
        return told.lines.map(({ node, atMs, level, text }) => ({
          ...{ type: 'log', node, atMs, level, text },
        }));
      case 'conn': {
        const { atMs, connection, acceptor, dialer, event, why } = told;
        return [{ type: 'link', atMs, connection, acceptor, dialer, event, why }];
      }
      case 'proc':
        return [processOf(told)];
      case 'cmd':
        return this.#commandOf(told);
      case 'event':
        return this.#deedOf(told);
      case 'nodes':
        return this.#renamed(told);
      default:
        return [];
    }
  }

  #commandOf({ node, atMs, argv, reply }: ServerMessageOf<'cmd'>): LiveEvent[] {
    if (this.#sent.delete(`${node} ${atMs}`)) return [];
    return [{ type: 'command', node, atMs, argv, reply }];
  }

  #deedOf({ atMs, deed }: ServerMessageOf<'event'>): LiveEvent[] {
    switch (deed.type) {
      case 'command':
        this.#sent.add(`${deed.node} ${atMs}`);
        return [{ type: 'command', atMs, node: deed.node, argv: deed.argv }];
      case 'fault': {
        const { fault, mode, ways, ms, untilMs } = deed.fault;
        return [{ type: 'fault', atMs, fault, mode, ways, addMs: ms ?? 0, untilMs }];
      }
      case 'heal':
        return [{ type: 'heal', atMs, fault: deed.fault }];
      case 'remark':
        return [{ type: 'remark', atMs, text: deed.text }];
      default:
        // What becomes of a process is told by `proc`, of a frame by `fates`.
        return [];
    }
  }

  #renamed({ atMs, nodes }: ServerMessageOf<'nodes'>): LiveEvent[] {
    const changed = nodes.filter(({ number, id }) => {
      const known = this.#ids.get(number);
      this.#ids.set(number, id);
      return known !== undefined && known !== id;
    });
    return changed.map(({ number, id }) => ({
      ...{ type: 'renamed', atMs, node: number, id: nodeId(id) },
    }));
  }
}

function framesOf({ gap, frames }: Extract<Told, { t: 'frames' }>): LiveEvent[] {
  const events = frames.map((frame): LiveEvent => ({ ...frame, type: 'frame' }));
  const atMs = frames[0]?.atMs;
  if (gap > 0 && atMs !== undefined) events.unshift({ type: 'gap', atMs, frames: gap });
  return events;
}

function processOf({ atMs, node, event }: ServerMessageOf<'proc'>): LiveEvent {
  return { type: 'process', atMs, node, event: event === 'exit' ? 'kill' : event };
}
