/**
 * Where a client thinks that nodes are: where MOVED or ASK said so.
 * Source: cliReadReply, src/redis-cli.c: the host and port of a redirect are dialled next.
 */
import type { ClientState } from '../client-state';
import type { NodeName } from '../ids';
import { PEER_IP } from '../ip-address';

/** The address to dial. A person who names a node means the one it is usually reached at. */
export const ipOf = ({ addresses }: ClientState, at: NodeName, named: NodeName | null) =>
  at === named ? undefined : addresses?.[at];

/** What a redirect says of where a node is. */
export function withAddress(state: ClientState, at: NodeName, address: string): ClientState {
  const ip = address.slice(0, address.lastIndexOf(':'));
  if (ip === '' || ip === PEER_IP) return state;
  return { ...state, addresses: { ...state.addresses, [at]: ip } };
}
