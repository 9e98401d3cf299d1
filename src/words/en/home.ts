/** Words of the home page, in English. */
const plural = (count: number, one: string): string => `${count} ${count === 1 ? one : `${one}s`}`;

export const home = {
  title: 'Watch a Redis Cluster make up its mind.',
  lead:
    'Six nodes run in this page. Each keeps its own table of the others, and none of them ' +
    'sees the whole. Step through every message, forwards or back.',
  begin: 'Begin with the first lesson',
  resume: (title: string) => `Continue: ${title}`,
  openSandbox: 'Open the sandbox',
  doneOf: (done: number, all: number) => `${done} of ${all}`,
  done: 'done',
  renewed: 'done twice, the second time with new data',
  continue: 'Continue',
  stepOf: (step: number, all: number) => `step ${step} of ${all}`,
  minutes: (count: number) => `${count} min`,
  mapTitle: 'How the lessons build on each other',
  mapLead: 'Nothing is locked. Begin anywhere; the lines say what helps to know before.',
  buildsOn: (titles: readonly string[]) => `Builds on: ${titles.join(', ')}`,
  promise: 'Nothing leaves this page. Same seed, same cluster, every time.',
  total: (lessons: number, labs: number, minutes: number) =>
    `${plural(lessons, 'lesson')}${labs === 0 ? '' : ' and a lab'}, about ${plural(minutes, 'minute')}`,
  ring: 'A running cluster of three masters and three replicas',
  pauseRing: 'Pause the cluster',
  playRing: 'Let the cluster run',
};
