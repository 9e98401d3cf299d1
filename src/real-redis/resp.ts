/** RESP2 on a socket: commands out, replies in. Source: the Redis serialization protocol. */
import type { Reply } from '../protocol/reply';

/** A command as an array of bulk strings. */
export function encodeCommand(argv: readonly string[]): string {
  const bulks = argv.map((word) => `$${Buffer.byteLength(word)}\r\n${word}\r\n`);
  return `*${argv.length}\r\n${bulks.join('')}`;
}

/** The first reply of `bytes` and where it ends, or null when it is not all there yet. */
export function decodeReply(bytes: Buffer, from = 0): { reply: Reply; end: number } | null {
  const lineEnd = bytes.indexOf('\r\n', from);
  if (lineEnd === -1) return null;
  const text = bytes.toString('utf8', from + 1, lineEnd);
  const end = lineEnd + 2;
  switch (String.fromCharCode(bytes[from]!)) {
    case '+':
      return { reply: { type: 'status', text }, end };
    case '-':
      return { reply: { type: 'error', text }, end };
    case ':':
      return { reply: { type: 'integer', value: Number(text) }, end };
    case '$':
      return decodeBulk(bytes, { length: Number(text), from: end });
    case '*':
      return decodeArray(bytes, { length: Number(text), from: end });
    default:
      throw new Error(`a reply begins with +, -, :, $ or *, not with "${text.slice(0, 20)}"`);
  }
}

interface Body {
  readonly length: number;
  readonly from: number;
}

function decodeBulk(bytes: Buffer, { length, from }: Body): { reply: Reply; end: number } | null {
  if (length === -1) return { reply: { type: 'nil' }, end: from };
  if (bytes.length < from + length + 2) return null;
  const text = bytes.toString('utf8', from, from + length);
  return { reply: { type: 'bulk', text }, end: from + length + 2 };
}

function decodeArray(bytes: Buffer, { length, from }: Body): { reply: Reply; end: number } | null {
  if (length === -1) return { reply: { type: 'nil' }, end: from };
  const items: Reply[] = [];
  let end = from;
  for (let i = 0; i < length; i++) {
    const item = decodeReply(bytes, end);
    if (!item) return null;
    items.push(item.reply);
    end = item.end;
  }
  return { reply: { type: 'array', items }, end };
}
