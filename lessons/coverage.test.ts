/** Everything the course has to teach is taught: `covers:` of the lessons against the inventory. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { nearestWord } from '../src/lesson/nearest-word';

interface Item {
  readonly about: string;
  readonly in: readonly string[];
}

const read = (name: string): unknown =>
  parse(readFileSync(new URL(name, import.meta.url), 'utf8')) as unknown;
const inventory = read('inventory.yaml') as Readonly<Record<string, Item>>;
const { lessons } = read('course.yaml') as { lessons: readonly { readonly slug: string }[] };
const covers = new Map(
  lessons.map(({ slug }) => {
    const lesson = read(`${slug}/lesson.yaml`) as { covers?: readonly string[] };
    return [slug, lesson.covers ?? []] as const;
  }),
);

test('the inventory names 164 items, each in lessons or on a card', () => {
  const items = Object.values(inventory);
  expect(items).toHaveLength(164);
  expect(items.filter((item) => item.in.length === 0)).toHaveLength(4);
});

test.each([...covers])('%s teaches what the inventory gives it', (slug, covered) => {
  const missing = Object.entries(inventory)
    .filter(([id, item]) => item.in.includes(slug) && !covered.includes(id))
    .map(([id, { about }]) => `${id} ${about}`);
  expect(missing).toEqual([]);
});

test.each([...covers])('%s covers only what there is, and nothing twice', (slug, covered) => {
  const known = Object.keys(inventory);
  const strangers = covered
    .filter((id) => !known.includes(id))
    .map((id) => `${slug}: ${id}; nearest ${nearestWord(id, known) ?? '–'}`);
  expect(strangers).toEqual([]);
  expect(new Set(covered).size).toBe(covered.length);
});
