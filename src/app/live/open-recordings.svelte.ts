/** The recording that is open in this page, and how one is opened from files. */
import { openRecording } from './open-source';
import type { RealSource } from './live-source';

export interface OpenRecording {
  readonly name: string;
  readonly source: RealSource;
}

class OpenRecordings {
  current = $state.raw<OpenRecording | null>(null);
  /** What is being read. */
  reading = $state('');
  /** How much of that is done, in percent. */
  percent = $state(0);
  /** Why the last one could not be opened. */
  problem = $state.raw<{ readonly name: string; readonly error: Error } | null>(null);

  readonly #hear = (done: number): void => {
    this.percent = Math.floor(done * 100);
  };

  /** Goes to the recording in these files, or to a sentence on what is wrong with them. */
  open = async (files: readonly File[]): Promise<void> => {
    const [file] = files;
    if (file === undefined) return;
    this.reading = file.name;
    this.percent = 0;
    this.problem = null;
    location.hash = '#/recording';
    try {
      this.current = { name: file.name, source: await openRecording(files, this.#hear) };
    } catch (error) {
      this.problem = { name: file.name, error: error as Error };
    }
    this.reading = '';
  };
}

export const openRecordings = new OpenRecordings();
