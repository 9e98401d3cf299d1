/** A recording of real nodes, from the files that lie beside its index. */
import { existsSync } from 'node:fs';
import type { Capture } from '../shadow/capture';
import { readCapture, type CaptureFiles } from '../shadow/capture-file';
import { readParts } from '../shadow/recording-file';
import { readComplaint, readInput } from './files-cli';
import { readMessage } from './read-message';

/** All parts in one file. */
const WHOLE = /\.capture\.json(\.gz)?$/;
const INDEX = /\.index\.json(\.gz)?$/;

/** Reads a recording; throws an Error with one sentence on what is wrong with its files. */
export function readRecording(index: string): Capture {
  return readCapture(readRecordingFiles(index), readMessage);
}

/** The contents of the files of a recording, by the name of its index. */
export function readRecordingFiles(index: string): CaptureFiles {
  if (WHOLE.test(index)) {
    const name = index.replace(/^.*[/\\]/, '').replace(/\.gz$/, '');
    return readParts([{ name, bytes: read(index) }]);
  }
  if (!INDEX.test(index)) {
    throw new Error(`"${index}" is no recording: a name that ends in .index.json is expected`);
  }
  const base = index.replace(INDEX, '');
  const optional = (name: string): string => {
    const found = [name, `${name}.gz`].find((one) => existsSync(one));
    return found === undefined ? '' : new TextDecoder().decode(read(found));
  };
  const bytes = [`${base}.bin`, `${base}.bin.gz`].find((one) => existsSync(one));
  return {
    name: base.replace(/^.*[/\\]/, ''),
    index: new TextDecoder().decode(read(index)),
    bytes: read(bytes ?? `${base}.bin`),
    nodes: optional(`${base}.nodes.json`),
    log: optional(`${base}.redis.log`),
    views: optional(`${base}.views.json`),
  };
}

function read(name: string): Uint8Array {
  try {
    return readInput(name);
  } catch (error) {
    throw new Error(readComplaint(name, error), { cause: error });
  }
}
