/** Files that are dropped or chosen: a run to go to, or a lesson of the reader's own. */
import { words } from '../../words/words.svelte';
import { filesInZip, ownLessonHash } from './own-lesson';

/** What is larger is no lesson. */
const MOST_BYTES = 2_000_000;
const TEXT = /\.(?:ya?ml|md)$/;

/** Goes to the lesson in these files; else tells why not. */
export async function openLesson(
  files: readonly File[],
  tell: (sentence: string) => void,
): Promise<void> {
  const hash = await lessonHash(files);
  if (hash.startsWith('#')) location.hash = hash;
  else tell(words.own.problem[hash as keyof typeof words.own.problem]);
}

/** Whether files look like a lesson rather than like a run. */
export function isLesson(files: readonly File[]): boolean {
  return files.some(({ name }) => TEXT.test(name) || name.endsWith('.zip'));
}

/** All files in what was dropped, folders opened. Call while the event is handled. */
export async function droppedFiles(transfer: DataTransfer): Promise<File[]> {
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry());
  const plain = [...transfer.files];
  if (entries.every((entry) => entry === null || entry.isFile)) return plain;
  return (await Promise.all(entries.map((entry) => filesBelow(entry)))).flat();
}

async function lessonHash(files: readonly File[]): Promise<string> {
  const [only] = files;
  try {
    if (files.length === 1 && only!.name.endsWith('.zip')) {
      if (only!.size > MOST_BYTES) return 'too-large';
      return ownLessonHash(filesInZip(new Uint8Array(await only!.arrayBuffer())));
    }
    const texts = files.filter(({ name }) => TEXT.test(name));
    if (texts.reduce((sum, { size }) => sum + size, 0) > MOST_BYTES) return 'too-large';
    const read = texts.map(async (file) => [pathOf(file), await file.text()] as const);
    return ownLessonHash(Object.fromEntries(await Promise.all(read)));
  } catch {
    return 'damaged';
  }
}

const pathOf = (file: File): string => paths.get(file) ?? (file.webkitRelativePath || file.name);
/** Where a file lay in a dropped folder; the browser does not say it of the file itself. */
const paths = new WeakMap<File, string>();

async function filesBelow(entry: FileSystemEntry | null, depth = 0): Promise<File[]> {
  if (entry === null || depth > 4) return [];
  if (isFile(entry)) {
    const file = await new Promise<File>((done, fail) => entry.file(done, fail));
    paths.set(file, entry.fullPath.replace(/^\//, ''));
    return [file];
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  const inside = await new Promise<FileSystemEntry[]>((done, fail) =>
    reader.readEntries(done, fail),
  );
  return (await Promise.all(inside.map((each) => filesBelow(each, depth + 1)))).flat();
}

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile;
}
