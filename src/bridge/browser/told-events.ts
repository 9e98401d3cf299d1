/** What the bridge says, as what a live run is told; and what a run begins with. */
import type { LiveEvent, LiveStart } from '../../shadow/live-events';
import { nodeId } from '../../protocol/ids';
import type { ServerMessageOf, WireDeed, WireFault, WireNode } from '../wire';
import type { Told } from './socket';

/** A run as the bridge greets with it. */
export function startOf(hello: ServerMessageOf<'hello'>): LiveStart {
  const { label, redisVersion, nodeTimeoutMs, epochMs, knownFromMs, nodes } = hello;
  return {
    ...{ label, redisVersion, nodeTimeoutMs, epochMs, knownFromMs },
    // The bridge runs on this machine, and so do the nodes whose logs it reads.
    zoneMs: -new Date(epochMs).getTimezoneOffset() * 60_000,
    nodes: nodes.map(({ number, id, port, busPort }) => ({
      number,
      id: nodeId(id),
      port,
      busPort,
    })),
    hasLogs: hello.capabilities.logs,
  };
}

/** The events in what was told; `nodes` are those told last. */
export function eventsOf(told: Told, nodes: readonly WireNode[]): LiveEvent[] {
  switch (told.t) {
    case 'frames': {
      const frames = told.frames.map((frame): LiveEvent => {
        const { type: _type, ...rest } = frame;
        return { ...rest, type: 'frame' };
      });
      const atMs = told.frames[0]?.atMs ?? 0;
      return told.gap > 0 ? [{ type: 'gap', atMs, frames: told.gap }, ...frames] : frames;
    }
    case 'fates':
      return told.fates.map((fate): LiveEvent => ({ type: 'fate', ...fate }));
    case 'conn': {
      const { t: _t, ...link } = told;
      return [{ type: 'link', ...link }];
    }
    case 'log':
      return told.lines.map((line): LiveEvent => ({ type: 'log', ...line }));
    case 'view': {
      const { t: _t, ...view } = told;
      return [{ type: 'view', ...view }];
    }
    case 'proc': {
      const { atMs, node, event } = told;
      return [{ type: 'process', atMs, node, event: event === 'exit' ? 'kill' : event }];
    }
    case 'cmd': {
      const { atMs, node, argv, reply } = told;
      return [{ type: 'command', atMs, node, argv, reply, for: 'shown' }];
    }
    case 'event':
      return eventsOfDeed(told.deed, told.atMs, told.by);
    case 'nodes':
      return renamed(told.nodes, nodes, told.atMs);
    default:
      return [];
  }
}

function eventsOfDeed(deed: WireDeed, atMs: number, by: 'page' | 'bridge'): LiveEvent[] {
  switch (deed.type) {
    case 'command': {
      const { node, argv } = deed;
      // What a page asks is told once more with its answer; what the bridge does itself is not.
      const whom = by === 'page' ? 'obeyed' : undefined;
      return [{ type: 'command', atMs, node, argv, for: whom }];
    }
    case 'fault':
      return [faultEvent(deed.fault)];
    case 'heal':
      return [{ type: 'heal', atMs, fault: deed.fault }];
    case 'remark':
      return [{ type: 'remark', atMs, text: deed.text }];
    default:
      // What becomes of a process is told when it happens.
      return [];
  }
}

export function faultEvent({ fault, mode, ways, ms, sinceMs, untilMs }: WireFault): LiveEvent {
  return { type: 'fault', atMs: sinceMs, fault, mode, ways, addMs: ms ?? 0, untilMs };
}

/** A wiped directory makes another node of a process, and so does CLUSTER RESET HARD. */
function renamed(now: readonly WireNode[], before: readonly WireNode[], atMs: number): LiveEvent[] {
  return now.flatMap(({ number, id }): LiveEvent[] => {
    const was = before.find((node) => node.number === number);
    return was && was.id !== id ? [{ type: 'renamed', atMs, node: number, id: nodeId(id) }] : [];
  });
}
