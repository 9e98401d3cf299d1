/** What is done to the picture, as what the bridge is asked for. */
import type { Input } from '../../kernel/inputs';
import type { Asked } from '../../bridge/browser/bridge-link';
import type { WireFault, WireNode } from '../../bridge/wire';

type Way = [number, number];
type Named = Pick<WireNode, 'number' | 'port'>;

/** What is asked; `forMs` is still to be given where `isLasting`. */
export interface LiveDeed {
  readonly asked: readonly Asked[];
  /** It disturbs links until somebody heals them. */
  readonly isLasting: boolean;
}

export interface Standing {
  readonly nodes: readonly Named[];
  readonly faults: readonly WireFault[];
}

/** Null: real processes offer no way to do this. */
export function liveDeed(input: Input, standing: Standing, forMs: number | null): LiveDeed | null {
  const number = (name: string): number => numberOf(name, standing.nodes);
  const back = forMs === null ? {} : { forMs };
  switch (input.type) {
    case 'freeze':
    case 'kill': {
      const signal = input.type === 'freeze' ? 'STOP' : 'KILL';
      return once({ t: 'proc.signal', node: number(input.node), signal, ...back });
    }
    case 'wake':
      return once({ t: 'proc.signal', node: number(input.node), signal: 'CONT' });
    case 'restart':
      return once({ t: 'proc.start', node: number(input.node) });
    case 'cut':
    case 'hold':
      return lasting({ t: 'fault.set', mode: input.type, ways: waysOf(input, number), ...back });
    case 'delay': {
      const ways = waysOf(input, number);
      return lasting({ t: 'fault.set', mode: 'delay', ways, ms: input.addMs, ...back });
    }
    case 'partition':
      return lasting({ t: 'fault.set', mode: 'cut', ways: waysAcross(input, standing), ...back });
    case 'heal':
    case 'release':
      return { asked: healsOf(waysOf(input, number), standing.faults), isLasting: false };
    case 'heal-all':
      return once({ t: 'fault.heal' });
    case 'command':
      return once(commandOf(input, standing));
    default:
      return null;
  }
}

/** Ends the connections between two nodes that exist now; they are made anew at once. */
export function resetOf(from: string, to: string, nodes: readonly Named[]): Asked {
  const [a, b] = [numberOf(from, nodes), numberOf(to, nodes)];
  const ways: Way[] = [
    [a, b],
    [b, a],
  ];
  return { t: 'fault.set', mode: 'reset', ways };
}

const once = (asked: Asked): LiveDeed => ({ asked: [asked], isLasting: false });
const lasting = (asked: Asked): LiveDeed => ({ asked: [asked], isLasting: true });

function numberOf(name: string, nodes: readonly Named[]): number {
  return nodes.find(({ port }) => String(port) === name)?.number ?? 0;
}

function waysOf(
  { from, to, oneWay }: { readonly from: string; readonly to: string; readonly oneWay: boolean },
  number: (name: string) => number,
): Way[] {
  const [a, b] = [number(from), number(to)];
  return oneWay
    ? [[a, b]]
    : [
        [a, b],
        [b, a],
      ];
}

/** Every way that leads from one side to another; whom no side names is a side more. */
function waysAcross(
  { sides, rest }: Extract<Input, { type: 'partition' }>,
  { nodes }: Standing,
): Way[] {
  const named = new Set(sides.flat());
  const others = nodes.map(({ port }) => String(port)).filter((name) => !named.has(name));
  const all = rest ? [...sides, others] : sides;
  const sideOf = new Map(all.flatMap((side, i) => side.map((name) => [name, i] as const)));
  const pairs = [...sideOf].flatMap(([from, i]) =>
    [...sideOf].flatMap(([to, k]) => (i === k ? [] : [[from, to] as const])),
  );
  return pairs.map(([from, to]): Way => [numberOf(from, nodes), numberOf(to, nodes)]);
}

/** The faults that lie on any of these ways, whole: a partition heals as it was made. */
function healsOf(ways: readonly Way[], faults: readonly WireFault[]): Asked[] {
  const isMeant = (fault: WireFault): boolean =>
    fault.ways.some(([from, to]) => ways.some(([a, b]) => a === from && b === to));
  return faults.filter(isMeant).map(({ fault }): Asked => ({ t: 'fault.heal', fault }));
}

function commandOf(
  { node, argv, follow }: Extract<Input, { type: 'command' }>,
  { nodes }: Standing,
): Asked {
  const name = node ?? String(nodes[0]?.port);
  return { t: 'redis.cmd', node: numberOf(name, nodes), argv: [...argv], follow };
}
