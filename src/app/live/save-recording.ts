/** The recording on the stage, handed to the reader as a file. */
import type { live } from '../../words/en/live';
import { saveFile } from '../links/save-file';
import type { RealSource } from './live-source';

/** A file that the reader has chosen a place for; not every browser asks. */
type AskForPlace = (options: { readonly suggestedName: string }) => Promise<FileSystemFileHandle>;

/** A sentence on how it went; empty when the reader thought better of it. */
export async function saveRecording(source: RealSource, text: typeof live): Promise<string> {
  const name = fileNameOf(source);
  try {
    const place = await askForPlace(name);
    if (place === 'cancelled') return '';
    const file = await source.save?.();
    if (!file) return '';
    if (place === null) {
      saveFile(file, name);
      return text.handedOver(name);
    }
    // Whether the disk had room for it is known when it is closed.
    const stream = await place.createWritable();
    await stream.write(file);
    await stream.close();
    return text.saved(place.name);
  } catch (error) {
    return `${text.saveFailed}: ${reasonOf(error as Error, text)}`;
  }
}

/** Asked first, while the browser still knows that a button was pressed. Null: it does not ask. */
async function askForPlace(name: string): Promise<FileSystemFileHandle | 'cancelled' | null> {
  const ask = (globalThis as { showSaveFilePicker?: AskForPlace }).showSaveFilePicker;
  if (ask === undefined) return null;
  try {
    return await ask({ suggestedName: name });
  } catch (error) {
    // What the browser does not allow here it may allow as a download.
    return (error as Error).name === 'AbortError' ? 'cancelled' : null;
  }
}

function reasonOf({ name, message }: Error, text: typeof live): string {
  if (name === 'QuotaExceededError') return text.saveReason.full;
  return name === 'NotAllowedError' ? text.saveReason.refused : message;
}

/** `slotscope-20260102-140231.capture.json.gz`: when the run began. */
export function fileNameOf({ startsAtUnixMs }: Pick<RealSource, 'startsAtUnixMs'>): string {
  const stamp = new Date(startsAtUnixMs ?? 0).toISOString().slice(0, 19);
  return `slotscope-${stamp.replaceAll(/[-:]/g, '').replace('T', '-')}${RECORDING_SUFFIX}`;
}

/** How the name of a recording ends. */
export const RECORDING_SUFFIX = '.capture.json.gz';
