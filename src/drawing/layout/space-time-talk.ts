/** What a client and the nodes say to each other, as lines between its lane and theirs. */
import type { Lanes } from './space-time-lanes';
import type { Talk } from './talk';

export interface TalkLine {
  readonly id: number;
  readonly kind: 'command' | 'reply' | 'MOVED' | 'ASK';
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
  /** The client writes the new owner into its own map when this arrives. */
  readonly learns: boolean;
}

/** One line for each thing said, from lane to lane. */
export function talkLines(
  talk: Talk | null | undefined,
  lanes: Lanes,
  xOf: (atMs: number) => number,
): TalkLine[] {
  const here = lanes.clientY;
  if (!talk || here === null) return [];
  return talk.exchanges.flatMap((exchange): TalkLine[] => {
    const there = lanes.yOf.get(exchange.node);
    if (there === undefined) return [];
    const isCommand = exchange.direction === 'command';
    return [
      {
        id: exchange.id,
        kind: exchange.redirect ?? exchange.direction,
        x0: xOf(exchange.sentAtMs),
        y0: isCommand ? here : there,
        x1: xOf(exchange.deliverAtMs),
        y1: isCommand ? there : here,
        learns: exchange.learns,
      },
    ];
  });
}
