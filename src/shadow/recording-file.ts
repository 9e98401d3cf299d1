/**
 * A recording as one file, `NAME.capture.json.gz`: the parts of a capture in one piece of JSON, so
 * that it opens without a bridge. docs/capture-file.md tells how it is made; what is wrong with one
 * is said in one sentence.
 */
import {
  FlateErrorCode,
  Gzip,
  gunzipSync,
  gzipSync,
  strFromU8,
  strToU8,
  type FlateError,
} from 'fflate';
import * as v from 'valibot';
import { base64Of, bytesOfBase64 } from './base64';
import type { CaptureFiles } from './capture-index';
import { RecordingError } from './recording-error';

const FORMAT = 'slotscope capture';
const VERSION = 1;
/** What would be larger unpacked is no recording of ours, and more than a page can hold. */
const MOST_BYTES = 500_000_000;
/** DEFLATE makes nothing smaller than this; a file that says so has lost its end. */
const MOST_RATIO = 1_032;
/** So many frames are packed before others may go on. */
const AT_ONCE = 2_000;

const FILE = v.object({
  format: v.literal(FORMAT, `"format": "${FORMAT}"`),
  version: v.literal(VERSION, `version ${VERSION}`),
  index: v.record(v.string(), v.unknown()),
  nodes: v.optional(v.record(v.string(), v.unknown())),
  views: v.optional(v.array(v.unknown())),
  log: v.optional(v.string(), ''),
  bin: v.string(),
});

/** One of the files somebody opens. */
export interface NamedBytes {
  readonly name: string;
  readonly bytes: Uint8Array;
}

export interface RecordingParts extends Omit<CaptureFiles, 'bytes'> {
  /** The frames, one after the other. */
  readonly frames: Iterable<Uint8Array>;
}

/** The whole recording in one file. `rest` lets others go on for a moment. */
export async function packRecording(
  { index, nodes, views, log, frames }: RecordingParts,
  rest: () => Promise<void>,
): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  const gzip = new Gzip({ level: 6 }, (piece) => pieces.push(piece));
  let count = 0;
  for (const frame of frames) {
    gzip.push(frame);
    if (++count % AT_ONCE === 0) await rest();
  }
  gzip.push(new Uint8Array(0), true);
  const bin = base64Of(joined(pieces));
  const rawJson = [
    `{"format":${JSON.stringify(FORMAT)},"version":${VERSION}`,
    `"index":${index}`,
    ...(nodes ? [`"nodes":${nodes}`] : []),
    ...(views ? [`"views":${views}`] : []),
    `"log":${JSON.stringify(log)},"bin":"${bin}"}`,
  ].join(',\n');
  await rest();
  return gzipSync(strToU8(rawJson));
}

/** The parts of a recording that was opened: the one file, or those of a capture. */
export function readParts(files: readonly NamedBytes[]): CaptureFiles {
  const opened = files.map(unzipped);
  const whole = opened.find(({ name }) => name.endsWith('.capture.json'));
  return whole ? unpackRecording(whole) : partsOfCapture(opened);
}

function unpackRecording({ name, bytes }: NamedBytes): CaptureFiles {
  const base = name.replace(/\.capture\.json$/, '');
  const result = v.safeParse(FILE, jsonOf(name, bytes));
  if (!result.success) {
    const [issue] = result.issues;
    const path = issue.path?.map(({ key }) => String(key)).join('.') ?? 'the file';
    throw new RecordingError(
      path === 'version'
        ? { kind: 'version', found: String(issue.input), ours: VERSION }
        : { kind: 'foreign' },
      `${name}: ${path}: expected ${issue.message}`,
    );
  }
  const { index, nodes, views, log, bin } = result.output;
  return {
    name: base,
    index: JSON.stringify(index),
    bytes: unzipped({ name: `${name}, bin.gz`, bytes: bytesOf(name, bin) }).bytes,
    nodes: nodes ? JSON.stringify(nodes) : '',
    ...(views ? { views: JSON.stringify(views) } : {}),
    log,
  };
}

function partsOfCapture(files: readonly NamedBytes[]): CaptureFiles {
  const find = (ending: string): NamedBytes | undefined =>
    files.find(({ name }) => name.endsWith(ending));
  const index = find('.index.json');
  const names = files.map(({ name }) => `"${name}"`).join(', ');
  if (!index) {
    throw new RecordingError(
      { kind: 'parts' },
      `found ${names}; expected a recording: NAME.capture.json.gz, or NAME.index.json and NAME.bin`,
    );
  }
  const base = index.name.replace(/\.index\.json$/, '');
  const bin = find(`${base}.bin`);
  if (!bin) {
    throw new RecordingError(
      { kind: 'missing', expected: `${base}.bin` },
      `found ${names}; expected ${base}.bin beside it, the messages`,
    );
  }
  const text = (ending: string): string => {
    const part = find(`${base}${ending}`);
    return part ? strFromU8(part.bytes) : '';
  };
  const views = text('.views.json');
  return {
    ...{ name: base, index: strFromU8(index.bytes), bytes: bin.bytes },
    ...{ nodes: text('.nodes.json'), log: text('.redis.log') },
    ...(views ? { views } : {}),
  };
}

function unzipped({ name, bytes }: NamedBytes): NamedBytes {
  if (!name.endsWith('.gz')) return { name, bytes };
  const plain = name.slice(0, -'.gz'.length);
  const isGzip = bytes[0] === 0x1f && bytes[1] === 0x8b && bytes.length > 18;
  if (!isGzip) {
    throw new RecordingError({ kind: 'notGzip' }, `${name}: expected a gzip file, and it is none`);
  }
  refuseHuge(name, bytes);
  try {
    return { name: plain, bytes: gunzipSync(bytes) };
  } catch (error) {
    const isCut = (error as FlateError).code === FlateErrorCode.UnexpectedEOF;
    const sentence = `${name}: is damaged: ${(error as Error).message}`;
    throw new RecordingError({ kind: isCut ? 'cut' : 'damaged' }, sentence, error);
  }
}

/** A gzip file ends with the size of what is in it. */
function refuseHuge(name: string, bytes: Uint8Array): void {
  const sizeBytes = new DataView(bytes.buffer, bytes.byteOffset).getUint32(bytes.length - 4, true);
  if (sizeBytes > bytes.length * MOST_RATIO) {
    throw new RecordingError({ kind: 'cut' }, `${name}: is damaged: it has lost its end`);
  }
  if (sizeBytes <= MOST_BYTES) return;
  throw new RecordingError(
    { kind: 'huge', mostMb: MOST_BYTES / 1_000_000 },
    `${name}: would be ${sizeBytes} bytes; expected at most ${MOST_BYTES}`,
  );
}

function jsonOf(name: string, bytes: Uint8Array): unknown {
  try {
    return JSON.parse(strFromU8(bytes));
  } catch (error) {
    const sentence = `${name} is not JSON: ${(error as Error).message}`;
    throw new RecordingError({ kind: 'notJson' }, sentence, error);
  }
}

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

function bytesOf(name: string, base64: string): Uint8Array {
  try {
    return bytesOfBase64(base64);
  } catch (error) {
    throw new RecordingError({ kind: 'damaged' }, `${name}: bin: expected bytes in base64`, error);
  }
}
