/**
 * Replies as values, and the words redis-cli prints for them.
 * Source: RESP2; cliFormatReplyTTY, src/redis-cli.c.
 */
import { quoted } from './byte-text';
import type { ReplyKind } from './notes';

export type Reply =
  | { readonly type: 'status'; readonly text: string }
  | { readonly type: 'error'; readonly text: string }
  | { readonly type: 'integer'; readonly value: number }
  | { readonly type: 'bulk'; readonly text: string }
  | { readonly type: 'nil' }
  | { readonly type: 'array'; readonly items: readonly Reply[] };

export const OK: Reply = { type: 'status', text: 'OK' };
export const NIL: Reply = { type: 'nil' };

/** `-ERR text`, on one line. Source: afterErrorReply and addReplyErrorFormat, src/networking.c. */
export function err(text: string): Reply {
  return { type: 'error', text: `ERR ${text.replace(/[\r\n]+$/, '').replace(/[\r\n]/g, ' ')}` };
}

const ERROR_KINDS: readonly ReplyKind[] = [
  'MOVED',
  'ASK',
  'TRYAGAIN',
  'CROSSSLOT',
  'CLUSTERDOWN',
  'READONLY',
];

/** The family of a reply, as notes and checks name it. */
export function replyKind(reply: Reply): ReplyKind {
  if (reply.type === 'status') return 'ok';
  if (reply.type === 'nil') return 'nil';
  if (reply.type !== 'error') return 'value';
  return ERROR_KINDS.find((kind) => reply.text.startsWith(`${kind} `)) ?? 'ERR';
}

/** The text redis-cli prints on a terminal, without a final newline. */
export function printReply(reply: Reply, indent = ''): string {
  switch (reply.type) {
    case 'status':
      return reply.text;
    case 'error':
      return `(error) ${reply.text}`;
    case 'integer':
      return `(integer) ${reply.value}`;
    case 'bulk':
      return isText(reply.text) ? reply.text : quoted(reply.text);
    case 'nil':
      return '(nil)';
    case 'array':
      return printArray(reply.items, indent);
  }
}

/** INFO, CLUSTER NODES and the like: redis-cli prints their lines as they are. */
const isText = (text: string): boolean => text.endsWith('\n') && !text.includes('\0');

function printArray(items: readonly Reply[], indent: string): string {
  if (items.length === 0) return '(empty array)';
  const width = String(items.length).length;
  return items
    .map((item, i) => {
      const label = `${String(i + 1).padStart(width)}) `;
      const text = printReply(item, indent + ' '.repeat(label.length));
      return (i === 0 ? '' : indent) + label + text;
    })
    .join('\n');
}

export interface Redirect {
  readonly kind: 'MOVED' | 'ASK';
  readonly slot: number;
  /** As the node wrote it: an address may be a name, `?`, or nothing before the colon. */
  readonly address: string;
  readonly port: number;
}

/** Where a MOVED or ASK error sends its client, or null for any other reply. */
export function parseRedirect(reply: Reply): Redirect | null {
  if (reply.type !== 'error') return null;
  const match = /^(MOVED|ASK) (\d+) (\S*:(\d+))$/.exec(reply.text);
  if (!match) return null;
  const [, kind, slot, address, port] = match;
  return {
    kind: kind as 'MOVED' | 'ASK',
    slot: Number(slot),
    address: address!,
    port: Number(port),
  };
}
