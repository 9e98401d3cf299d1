/** Words of a lesson from the reader's own files. */
export const own = {
  part: 'Your own lesson',
  title: 'This lesson cannot be played yet',
  wrong: (count: number) =>
    count === 1
      ? 'One thing in its files has to be put right first.'
      : `${count} things in its files have to be put right first.`,
  problem: {
    'no-lesson': 'There is no lesson.yaml among these files.',
    'too-large': 'This is more than a lesson may hold: 40 files and 200 000 characters.',
    damaged: 'The link or the file is cut off or changed; it cannot be read.',
  },
  open: 'Open a lesson from files',
  openFolder: 'Open a lesson’s folder',
  drop: 'Drop the lesson anywhere',
};
