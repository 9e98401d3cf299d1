import { zipSync, strToU8 } from 'fflate';
import { describe, expect, test } from 'vitest';
import { newLesson } from '../../lesson/new-lesson';
import { filesInZip, ownLessonHash, unpackLesson } from './own-lesson';
import { placeOf } from './url';

const { files } = newLesson('mine');

const MANY = Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`${i}.md`, '']));

const packedIn = (hash: string): string => {
  const place = placeOf(hash, []);
  return place.page === 'own' ? place.packed : '';
};

describe('a lesson of one’s own', () => {
  test('goes into a link and comes back', () => {
    expect(unpackLesson(packedIn(ownLessonHash(files)))).toEqual({ slug: 'own', files });
  });

  test('may lie in a folder, with other things beside it', () => {
    const inFolder = Object.fromEntries(
      Object.entries(files).map(([path, text]) => [`a/mine/${path}`, text]),
    );
    const hash = ownLessonHash({ ...inFolder, 'a/photo.md': 'x', 'a/mine/x.png': 'x' });
    expect(unpackLesson(packedIn(hash))).toEqual({ slug: 'own', files });
  });

  test('may be a ZIP, of which only texts are read', () => {
    const texts = Object.entries(files).map(([path, text]) => [`mine/${path}`, strToU8(text)]);
    const zip = zipSync(Object.fromEntries([...texts, ['mine/film.mp4', strToU8('x')]]) as never);
    expect(ownLessonHash(filesInZip(zip))).toBe(ownLessonHash(files));
  });

  test.each([
    ['no lesson.yaml', { 'en.md': '# x' }, 'no-lesson'],
    ['too much text', { 'lesson.yaml': 'x'.repeat(200_001) }, 'too-large'],
    ['too many files', { 'lesson.yaml': '', ...MANY }, 'too-large'],
  ])('is refused: %s', (_, found, problem) => {
    expect(ownLessonHash(found)).toBe(problem);
  });

  test.each(['', '1.', '1.!!!', '2.abc', '1.eJyrVkrLz1eyUkpKLFKqBQA', '1.q1ZKVLJSMlSqBQA'])(
    'a link that is cut off or changed: %j',
    (packed) => {
      expect(['damaged', 'no-lesson']).toContain(unpackLesson(packed));
    },
  );
});
