/**
 * What goes over the wire between a client and a node, line ends written out. A reply is rebuilt
 * from what redis-cli prints of it, which says its type.
 * Source: RESP2; redisFormatCommandArgv, deps/hiredis; cliFormatReplyTTY, src/redis-cli.c.
 */

const END = '\\r\\n';

export interface WirePart {
  readonly text: string;
  /** A word of the command or the reply, and not its framing. */
  readonly isPayload: boolean;
}

const frame = (text: string): WirePart => ({ text, isPayload: false });
const payload = (text: string): WirePart => ({ text, isPayload: true });

/** A command as an array of bulk strings. */
export function commandOnWire(argv: readonly string[]): WirePart[] {
  return [frame(`*${argv.length}${END}`), ...argv.flatMap(bulk)];
}

/** An error, without the "(error)" that redis-cli puts before it. */
export function errorOnWire(text: string): WirePart[] {
  return [frame('-'), payload(text), frame(END)];
}

/** A reply from the text redis-cli prints. */
export function replyOnWire(printed: string): WirePart[] {
  const integer = /^\(integer\) (-?\d+)$/.exec(printed);
  if (integer) return [frame(':'), payload(integer[1]!), frame(END)];
  if (printed === '(nil)') return [frame(`$-1${END}`)];
  if (printed === '(empty array)') return [frame(`*0${END}`)];
  if (printed.startsWith('(error) ')) return errorOnWire(printed.slice('(error) '.length));
  if (/^ *1\) /.test(printed)) return arrayOnWire(printed);
  const quoted = /^"((?:\\.|[^"\\])*)"$/s.exec(printed);
  if (quoted) return bulk(unescaped(quoted[1]!));
  if (printed.endsWith('\n')) return bulk(printed);
  return [frame('+'), payload(printed), frame(END)];
}

function bulk(text: string): WirePart[] {
  const length = new TextEncoder().encode(text).length;
  return [frame(`$${length}${END}`), payload(visible(text)), frame(END)];
}

/** Items begin with their number; what follows more deeply indented belongs to them. */
function arrayOnWire(printed: string): WirePart[] {
  const indent = /^ *1\) /.exec(printed)![0].length;
  const items: string[] = [];
  for (const line of printed.split('\n')) {
    const isItem = /^ *\d+\) /.test(line.slice(0, indent)) || items.length === 0;
    if (isItem) items.push(line.slice(indent));
    else items.push(`${items.pop()!}\n${line.slice(indent)}`);
  }
  return [frame(`*${items.length}${END}`), ...items.flatMap(replyOnWire)];
}

const NAMED: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', a: '\x07', b: '\b' };

function unescaped(text: string): string {
  return text.replaceAll(/\\(?:x([\da-f]{2})|(.))/gs, (_, hex: string, one: string) =>
    hex ? String.fromCharCode(Number.parseInt(hex, 16)) : (NAMED[one] ?? one),
  );
}

function visible(text: string): string {
  return text.replaceAll('\r', '\\r').replaceAll('\n', '\\n');
}
