/** Words around the cases: what people reported, played by the real rules. */
export const cases = {
  title: 'Cases from real threads',
  lead: 'What somebody reported, played anew by the rules of 7.0.15. Find out why it happened.',
  solved: 'solved',
  continue: 'Continue',
  minutes: (count: number) => `${count} min`,
  solvedOf: (solved: number, all: number) => `${solved} of ${all}`,
  finished: 'That was the case.',
  next: 'Next case',
  toHome: 'All cases and lessons',
};
