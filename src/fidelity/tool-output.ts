/**
 * What redis-cli prints, as lines to compare: the order of nodes is that of a hash table, and which
 * replica is offered to which master is drawn.
 */
export const TOOL_RULES: readonly string[] = [
  'blank lines and the dots of waiting are left out',
  'nodes are listed by address: the real order is that of a hash table',
  'which replica is added to which master is drawn by redis-cli; its name is left out',
];

/** The lines of one run of redis-cli. */
export function canonicalToolOutput(lines: readonly string[]): string[] {
  const blocks: string[][] = [];
  const canonical: string[] = [];
  const flush = (): void => {
    blocks.sort((a, b) => addressOf(a).localeCompare(addressOf(b)));
    canonical.push(...blocks.splice(0).flat());
  };
  for (const raw of lines) {
    const line = raw.trimEnd().replace(/^(Adding replica )\S+/, '$1<one>');
    if (/^\.*$/.test(line)) continue;
    if (/^[MS]: /.test(line)) {
      blocks.push([line]);
    } else if (line.startsWith('   ') && blocks.length > 0) {
      blocks.at(-1)!.push(line);
    } else {
      flush();
      canonical.push(line);
    }
  }
  flush();
  return canonical;
}

const addressOf = (block: readonly string[]): string => block[0]!.split(' ')[2] ?? '';
