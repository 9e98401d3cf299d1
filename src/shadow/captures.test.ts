/** Every recording of real nodes in the repository, lived through by ours. */
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { readRecording } from '../bus/recording-cli';
import { printVerdict } from './report';
import { shadowCapture } from './shadow';

const FOLDER = fileURLToPath(new URL('../bus/captures/', import.meta.url));
const NAMES = readdirSync(FOLDER).filter((file) => file.endsWith('.index.json.gz'));

describe.each(NAMES)('%s', (name) => {
  const verdict = shadowCapture(readRecording(`${FOLDER}${name}`));
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
