/** Who dialled a connection, from the first bytes it says. */
import { HEADER, NAME_BYTES } from '../protocol/wire/layout';
import { STRANGER, type Identify } from './proxy-port';

const ID_END = HEADER.sender + NAME_BYTES;
const latin1 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');

/** Who dialled a bus connection: its first frame says so in its header. */
export function senderOfFrame(processOf: (id: string) => number | null): Identify {
  return (first) => {
    if (first.length < ID_END) return null;
    return processOf(latin1(first.subarray(HEADER.sender, ID_END))) ?? STRANGER;
  };
}

/** Which replica dialled its master: it says which port it listens on before it asks for data. */
export function replicaByPort(processAt: (port: number) => number | null): Identify {
  return (first) => {
    const said = /listening-port\r\n\$\d+\r\n(\d+)\r\n/i.exec(latin1(first))?.[1];
    return said === undefined ? null : processAt(Number(said));
  };
}
