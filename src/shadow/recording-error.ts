/** What is wrong with the files of a recording: a sentence in English, and a kind for words. */
export type RecordingProblem =
  /** It ends before its end. */
  | { readonly kind: 'cut' | 'damaged' | 'notGzip' | 'foreign' | 'notJson' | 'parts' }
  | { readonly kind: 'huge'; readonly mostMb: number }
  | { readonly kind: 'version'; readonly found: string; readonly ours: number }
  | { readonly kind: 'missing'; readonly expected: string };

export class RecordingError extends Error {
  readonly problem: RecordingProblem;

  constructor(problem: RecordingProblem, sentence: string, cause?: unknown) {
    super(sentence, { cause });
    this.problem = problem;
  }
}
