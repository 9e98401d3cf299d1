/** Every recording of real nodes in the repository, lived through by ours. */
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { readRecording } from '../bus/recording-cli';
import { printVerdict } from './report';
import { shadowCapture } from './shadow';

const FOLDERS = ['../bus/captures/', 'captures/'].map((folder) =>
  fileURLToPath(new URL(folder, import.meta.url)),
);
const NAMES = FOLDERS.flatMap((folder) =>
  readdirSync(folder)
    .filter((file) => file.endsWith('.index.json.gz'))
    .map((file) => [file.replace('.index.json.gz', ''), folder + file] as const),
);

describe.each(NAMES)('%s', (_name, file) => {
  const verdict = shadowCapture(readRecording(file));
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
