/** Which client speaks, and what it and the nodes have said to each other so far. */
import type { FrameClient, FrameExchange } from '../../protocol/cluster-frame';

/** A client's conversation at hand: plain data, so that equal ones are told by their text. */
export interface Talk {
  readonly client: string;
  readonly exchanges: readonly SaidPart[];
}

type SaidPart = Pick<
  FrameExchange,
  'id' | 'node' | 'direction' | 'redirect' | 'sentAtMs' | 'deliverAtMs'
> & {
  /** The client wrote the new owner into its own map when this arrived. */
  readonly learns: boolean;
};

/** The client drawn, of several: the one that spoke or was spoken to last. */
export function activeClient(
  clients: readonly FrameClient[],
  atMs: number,
): FrameClient | undefined {
  const spokeAtMs = ({ exchanges }: FrameClient) =>
    Math.max(-1, ...exchanges.flatMap((e) => (e.sentAtMs <= atMs ? [e.sentAtMs] : [])));
  return clients.reduce<FrameClient | undefined>(
    (best, client) => (best && spokeAtMs(best) >= spokeAtMs(client) ? best : client),
    undefined,
  );
}

/** The conversation of the client that spoke last; null while no client has. */
export function talkOf(clients: readonly FrameClient[], atMs: number): Talk | null {
  const client = activeClient(clients, atMs);
  if (!client) return null;
  const exchanges = client.exchanges
    .filter(({ sentAtMs }) => sentAtMs <= atMs)
    .map((exchange) => {
      const { id, node, direction, redirect, sentAtMs, deliverAtMs } = exchange;
      // Without -c a client reads MOVED and keeps its map as it is.
      const learns = redirect === 'MOVED' && client.follows;
      return { id, node, direction, redirect, sentAtMs, deliverAtMs, learns };
    });
  return { client: client.name, exchanges };
}

/** How long after its last word a redirect is still what the moment is about. */
const NEEDLE_MS = 4_000;

/**
 * The slot that a client was just told the owner of, and its key; null when none was. ASK is about
 * a slot on the move, which has a notch of its own.
 */
export function talkNeedle(
  clients: readonly FrameClient[],
  atMs: number,
): { slot: number; label: string } | null {
  const said = (activeClient(clients, atMs)?.exchanges ?? []).filter((e) => e.sentAtMs <= atMs);
  const last = said.at(-1);
  const at = said.findLastIndex(({ redirect }) => redirect === 'MOVED');
  const slot = said[at]?.slot ?? null;
  if (slot === null || last === undefined || atMs - last.deliverAtMs > NEEDLE_MS) return null;
  const asked = said.slice(0, at).findLast(({ direction }) => direction === 'command');
  const key = asked?.text.split(' ')[1];
  return key === undefined ? null : { slot, label: key };
}
