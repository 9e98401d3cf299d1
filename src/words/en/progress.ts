/** Words of the reader's progress, which stays in this browser. */
export const progress = {
  title: 'Your progress and your lessons',
  counts: ({
    seen,
    predicted,
    done,
    renewed,
    solved,
  }: Readonly<Record<'seen' | 'predicted' | 'done' | 'renewed' | 'solved', number>>) =>
    `Lessons seen: ${seen}, predicted in: ${predicted}, done: ${done}${renewed > 0 ? `, with new data too: ${renewed}` : ''}.${solved > 0 ? ` Cases solved: ${solved}.` : ''}`,
  save: 'Save progress as a file',
  open: 'Open progress or a run from a file',
  forget: 'Forget progress',
  taken: 'Progress is taken over; of each lesson, whatever had come further.',
  forgotten: 'Progress is forgotten.',
  undo: 'Have it back',
  back: 'Progress is back.',
  wrongFile: (name: string) =>
    `${name} holds neither progress nor a run. A run is saved on its own page, under “Share and save”; lessons open beside this.`,
};
