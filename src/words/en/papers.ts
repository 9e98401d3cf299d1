/** Words of what a lesson leaves on paper: reference, handout, key and notes. */
export const papers = {
  name: {
    reference: 'Reference',
    handout: 'Handout',
    key: 'Answer key',
    notes: 'Teacher notes',
  },
  lead: {
    reference: 'What this lesson shows, to look up again.',
    handout: 'To be filled in while the lesson is on the wall.',
    key: 'The answers, and the mistaken idea behind each wrong one.',
    notes: 'For whoever takes this lesson to a class.',
  },
  all: 'Handout and notes for a class',
  toLesson: 'Open the lesson',
  print: 'Print',
  names: 'Names to know',
  summary: (minutes: number) => `${minutes} minutes`,
  step: (number: number) => `Step ${number}`,
  guess: 'My guess:',
  happened: 'What happened:',
  because: 'Chosen by those who think otherwise:',
  oneWay: 'One way to do it:',
  compare: 'A good answer holds:',
  address: (address: string) => `This lesson on the web: ${address}`,
  hints: 'Hints, one after the other:',
};
