/** Whole files of frames: bytes to lines of JSON, and lines to bytes. */
import { readFrames } from '../protocol/wire/split-frames';
import { printRefusal } from '../protocol/wire/refusal';
import { parseFrameLine, printFrameLine } from './frame-line';

export type FilePart =
  | { readonly type: 'line'; readonly text: string }
  | { readonly type: 'complaint'; readonly text: string };

/** A line for each frame of `bytes`, a complaint for each that redis-server would refuse. */
export function* decodeLines(bytes: Uint8Array): Generator<FilePart> {
  let number = 0;
  for (const { at, bytes: frame, decoded } of readFrames(bytes)) {
    number++;
    if (decoded.ok) {
      yield { type: 'line', text: printFrameLine(decoded.frame, frame.length) };
      continue;
    }
    const { refusal } = decoded;
    const log = refusal.log === null ? '' : `; redis-server logs "${refusal.log}"`;
    const text = `frame ${number}, ${printRefusal(refusal, at)}${log}`;
    yield { type: 'complaint', text };
  }
}

/** The bytes of each line, empty lines left out, or a complaint that names the line. */
export function* encodeLines(
  text: string,
): Generator<{ readonly type: 'bytes'; readonly bytes: Uint8Array } | FilePart> {
  let number = 0;
  for (const line of text.split('\n')) {
    number++;
    if (line.trim() === '') continue;
    const parsed = parseFrameLine(line);
    if (parsed.ok) yield { type: 'bytes', bytes: parsed.bytes };
    else yield { type: 'complaint', text: `line ${number}: ${parsed.sentence}` };
  }
}
