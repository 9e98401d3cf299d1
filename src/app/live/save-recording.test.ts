import { afterEach, expect, test, vi } from 'vitest';
import { live as text } from '../../words/en/live';
import type { RealSource } from './live-source';
import { saveRecording } from './save-recording';

const save = vi.fn(() => Promise.resolve(new Blob(['x'])));
const source = { startsAtUnixMs: Date.UTC(2026, 0, 2, 14, 2, 31), save } as unknown as RealSource;
const NAME = 'slotscope-20260102-140231.capture.json.gz';
const failing = (name: string) => () => Promise.reject(new DOMException('why', name));

/** A browser that asks where, and what comes of it. */
function browserThat(writes: Partial<Record<'ask' | 'write' | 'close', () => Promise<unknown>>>) {
  const done = () => Promise.resolve();
  const stream = { write: writes.write ?? done, close: writes.close ?? done };
  const place = { name: 'mine.capture.json.gz', createWritable: () => Promise.resolve(stream) };
  vi.stubGlobal('showSaveFilePicker', writes.ask ?? (() => Promise.resolve(place)));
}
afterEach(() => {
  vi.unstubAllGlobals();
  save.mockClear();
});

test('where the browser asks, it is said under which name it was saved', async () => {
  browserThat({});
  expect(await saveRecording(source, text)).toBe('Saved as mine.capture.json.gz.');
});

test('whoever cancels is told nothing, and nothing is packed', async () => {
  browserThat({ ask: failing('AbortError') });
  expect(await saveRecording(source, text)).toBe('');
  expect(save).not.toHaveBeenCalled();
});

test('a full disk and a place that may not be written are said in words', async () => {
  browserThat({ close: failing('QuotaExceededError') });
  expect(await saveRecording(source, text)).toMatch(/could not be saved: the disk is full/);
  browserThat({ write: failing('NotAllowedError') });
  expect(await saveRecording(source, text)).toMatch(/not allowed to write there/);
});

test('where it does not ask, nobody claims that the file has arrived', async () => {
  const click = vi.fn();
  vi.stubGlobal('document', { createElement: () => ({ click }) });
  vi.stubGlobal('URL', { createObjectURL: () => '', revokeObjectURL: () => undefined });
  expect(await saveRecording(source, text)).toContain(`saves it as ${NAME}. If it is not`);
  expect(click).toHaveBeenCalledOnce();
});
