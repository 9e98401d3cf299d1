/** Why a recording cannot be opened, in words. */
import { RecordingError } from '../../timeline/open-recording';
import type { live } from '../../words/en/live';

export function problemText(error: Error, words: (typeof live)['recording']['problem']): string {
  // What is wrong inside of one that was made by hand is told as programs are told it.
  if (!(error instanceof RecordingError)) return error.message;
  const { problem } = error;
  switch (problem.kind) {
    case 'huge':
      return words.huge(problem.mostMb);
    case 'version':
      return words.version(problem.found, problem.ours);
    case 'missing':
      return words.missing(problem.expected);
    default:
      return words[problem.kind];
  }
}
