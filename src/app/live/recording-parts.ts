/** The parts of a recording, as files: NAME.index.json, NAME.bin and what else belongs to them. */
import { gunzipSync } from 'fflate';
import type { CaptureFiles } from '../../shadow/capture-index';

/** More than half an hour of twenty nodes. */
const MOST_BYTES = 300_000_000;
const PART = /^(.+)\.(index\.json|bin|nodes\.json|redis\.log|views\.json)(?:\.gz)?$/;

/** Throws an Error with one sentence on what is missing or wrong. */
export async function partsOf(files: readonly File[]): Promise<CaptureFiles> {
  const parts = new Map<string, File>();
  let name = '';
  for (const file of files) {
    const found = PART.exec(file.name);
    if (found === null) continue;
    if (name !== '' && name !== found[1]) {
      throw new Error(`two recordings at once: ${name} and ${found[1]}`);
    }
    name = found[1]!;
    parts.set(found[2]!, file);
  }
  for (const part of ['index.json', 'bin']) {
    if (!parts.has(part)) {
      const which = name === '' ? 'NAME' : name;
      throw new Error(`${which}.${part} is missing; choose it together with ${which}.index.json`);
    }
  }
  const text = async (part: string): Promise<string> =>
    parts.has(part) ? new TextDecoder().decode(await bytesOf(parts.get(part)!)) : '';
  const views = await text('views.json');
  return {
    name,
    index: await text('index.json'),
    bytes: await bytesOf(parts.get('bin')!),
    nodes: await text('nodes.json'),
    log: await text('redis.log'),
    ...(views === '' ? {} : { views }),
  };
}

async function bytesOf(file: File): Promise<Uint8Array> {
  if (file.size > MOST_BYTES) throw new Error(`${file.name} is larger than 300 MB`);
  const bytes = new Uint8Array(await file.arrayBuffer());
  const isPacked = bytes[0] === 0x1f && bytes[1] === 0x8b;
  if (!isPacked) return bytes;
  try {
    return gunzipSync(bytes);
  } catch (error) {
    throw new Error(`${file.name} is damaged: ${(error as Error).message}`, { cause: error });
  }
}
