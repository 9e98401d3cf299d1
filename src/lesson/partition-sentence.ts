/**
 * A network that falls apart: `partition 8901,8904 | rest`. Each side is a list of nodes; `rest` is
 * everyone who is not named. Who is on no side keeps all links.
 */
import type { Input } from '../kernel/inputs';
import type { NodeName } from '../protocol/ids';
import type { SentenceReader } from './sentence-reader';

type Partition = Extract<Input, { type: 'partition' }>;

/** Reads what follows `partition`. */
export function readPartition(reader: SentenceReader): Partition {
  const taken: NodeName[] = [];
  const sides = [reader.side(taken)];
  let rest: boolean;
  do {
    reader.bar(sides.at(-1)!);
    rest = reader.take('rest');
    if (!rest) sides.push(reader.side(taken));
  } while (!rest && reader.hasMore());
  return { type: 'partition', sides, rest };
}

/** The sentence that makes the input. */
export function printPartition({ sides, rest }: Partition): string {
  const lists = sides.map((side) => side.join(','));
  return `partition ${[...lists, ...(rest ? ['rest'] : [])].join(' | ')}`;
}
