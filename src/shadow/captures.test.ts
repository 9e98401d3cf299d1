/** Every recording of real nodes in the repository, lived through by ours. */
import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { readMessage } from '../bus/read-message';
import { readCapture } from './capture-file';
import { printVerdict } from './report';
import { shadowCapture, type Verdict } from './shadow';

const FOLDER = fileURLToPath(new URL('../bus/captures/', import.meta.url));
const NAMES = readdirSync(FOLDER).flatMap(
  (file) => /^(.*)\.index\.json\.gz$/.exec(file)?.[1] ?? [],
);

const unpack = (file: string): Buffer => gunzipSync(readFileSync(`${FOLDER}${file}.gz`));

function verdictOf(name: string): Verdict {
  const text = (end: string): string => unpack(`${name}.${end}`).toString();
  const files = {
    ...{ name, index: text('index.json'), bytes: unpack(`${name}.bin`) },
    ...{ nodes: text('nodes.json'), log: text('redis.log') },
  };
  return shadowCapture(readCapture(files, readMessage));
}

describe.each(NAMES)('%s', (name) => {
  const verdict = verdictOf(name);
  const counts = [...verdict.kinds.values()];
  const sum = (of: 'compared' | 'agreed'): number =>
    counts.reduce((total, count) => total + count[of], 0);

  test('nothing is left unexplained', () => {
    const unexplained = verdict.disagreements.filter(({ explanation }) => explanation === null);
    expect(unexplained, printVerdict(verdict)).toEqual([]);
  });

  test('explanations are the exception: 99 of 100 comparisons agree as they stand', () => {
    expect(sum('agreed')).toBeGreaterThan(0.99 * sum('compared'));
  });

  test('every message and every line of gossip is compared', () => {
    const sent = [...verdict.kinds].filter(([kind]) => kind.endsWith(' sent'));
    const messages = sent.reduce((total, [, { compared }]) => total + compared, 0);
    expect(messages).toBeGreaterThanOrEqual(verdict.frames);
    expect(sum('compared')).toBeGreaterThan(9 * verdict.frames);
  });
});
