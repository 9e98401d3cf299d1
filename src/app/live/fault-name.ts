/** What a fault of the bridge is called. */
import type { WireFault, WireNode } from '../../bridge/wire';
import type { live } from '../../words/en/live';

type Words = (typeof live)['faults']['name'];

/** `8901 – 8902 cut`, or the sides of a partition. */
export function faultName(
  { mode, ways, ms }: Pick<WireFault, 'mode' | 'ways' | 'ms'>,
  nodes: readonly Pick<WireNode, 'number' | 'port'>[],
  words: Words,
): string {
  const name = (number: number): string =>
    String(nodes.find((node) => node.number === number)?.port ?? number);
  const [[from, to]] = ways as [[number, number]];
  const isBothWays = ways.length === 2 && ways[1]![0] === to && ways[1]![1] === from;
  if (ways.length > (isBothWays ? 2 : 1)) {
    const sides = sidesOf(
      ways,
      nodes.map(({ number }) => number),
    );
    return words.partition(sides.map((side) => side.map(name).join(', ')).join(' | '));
  }
  const [a, b] = [name(from), name(to)];
  if (mode === 'reset') return words.reset(a, b);
  if (mode === 'delay') return words[isBothWays ? 'delay' : 'delay-to'](a, b, ms ?? 0);
  return words[isBothWays ? mode : (`${mode}-to` as const)](a, b);
}

/** Who can still reach whom: nodes that no way parts are on one side. */
function sidesOf(ways: readonly (readonly [number, number])[], nodes: readonly number[]) {
  const isParted = (a: number, b: number): boolean =>
    ways.some(([from, to]) => (from === a && to === b) || (from === b && to === a));
  const sides: number[][] = [];
  for (const node of nodes) {
    const side = sides.find((one) => one.every((other) => !isParted(other, node)));
    if (side) side.push(node);
    else sides.push([node]);
  }
  return sides.toSorted((a, b) => a.length - b.length);
}
