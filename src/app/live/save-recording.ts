/** The recording on the stage, handed to the reader as a file. */
import type { live } from '../../words/en/live';
import { saveFile } from '../links/save-file';
import type { RealSource } from './live-source';

/** A sentence on how it went. */
export async function saveRecording(source: RealSource, text: typeof live): Promise<string> {
  try {
    const name = fileNameOf(source);
    const file = await source.save?.();
    if (file) saveFile(file, name);
    return text.saved(name);
  } catch (error) {
    return `${text.saveFailed}: ${(error as Error).message}`;
  }
}

/** `slotscope-20260102-140231.capture.json.gz`: when the run began. */
export function fileNameOf({ startsAtUnixMs }: Pick<RealSource, 'startsAtUnixMs'>): string {
  const stamp = new Date(startsAtUnixMs ?? 0).toISOString().slice(0, 19);
  return `slotscope-${stamp.replaceAll(/[-:]/g, '').replace('T', '-')}${RECORDING_SUFFIX}`;
}

/** How the name of a recording ends. */
export const RECORDING_SUFFIX = '.capture.json.gz';
