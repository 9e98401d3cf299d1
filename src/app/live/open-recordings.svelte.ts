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
  /** Why the last one could not be opened. */
  problem = $state.raw<{ readonly name: string; readonly error: Error } | null>(null);

  /** Goes to the recording in these files, or to a sentence on what is wrong with them. */
  open = async (files: readonly File[]): Promise<void> => {
    const [file] = files;
    if (file === undefined) return;
    this.reading = file.name;
    this.problem = null;
    location.hash = '#/recording';
    try {
      this.current = { name: file.name, source: await openRecording(files) };
    } catch (error) {
      this.problem = { name: file.name, error: error as Error };
    }
    this.reading = '';
  };
}

export const openRecordings = new OpenRecordings();
