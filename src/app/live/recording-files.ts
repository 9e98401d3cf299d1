/** Which files are recordings of real processes, told by their names. */
const RECORDING = /\.(?:bin|redis\.log|(?:capture|index|nodes|decoded|views)\.json)(?:\.gz)?$/;

export function isRecording(files: readonly File[]): boolean {
  return files.some(({ name }) => RECORDING.test(name));
}

/** Goes to the recording in these files; what is wrong with them is said there. */
export async function goToRecording(files: readonly File[]): Promise<void> {
  const { openRecordings } = await import('./open-recordings.svelte');
  await openRecordings.open(files);
}
