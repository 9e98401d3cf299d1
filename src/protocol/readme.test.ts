/** The page README.md of this folder says what the folder says. */
import { readFileSync, readdirSync } from 'node:fs';
import { relative } from 'node:path/posix';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { MESSAGE_TYPE_CODE, MESSAGE_TYPE_WORD, type BusMessage } from './bus-message';
import { messageBytes } from './messages/message-bytes';
import type { MessageType } from './notes';

const HERE = fileURLToPath(new URL('.', import.meta.url));
const page = readFileSync(`${HERE}README.md`, 'utf8');
const files = readdirSync(HERE, { recursive: true, encoding: 'utf8' })
  .map((name) => name.replaceAll('\\', '/'))
  .filter((name) => name.endsWith('.ts') && !/\.(test|d)\.ts$/.test(name))
  .sort();
const textOf = (file: string): string => readFileSync(HERE + file, 'utf8');

/** The cells of each row of the table under a heading, and of those under its subheadings. */
function rowsOf(heading: string): string[][] {
  const [, section] = page.split(`\n## ${heading}\n`);
  const [body] = section!.split('\n## ');
  return body!
    .split('\n')
    .filter((line) => /^\| (?!---|type |question |what )/.test(line))
    .map((line) => line.slice(1, -1).split('|'))
    .map((cells) => cells.map((cell) => cell.trim()));
}
const filesIn = (text: string): string[] =>
  [...text.matchAll(/`([\w/.-]+\.ts)`/g)].map(([, file]) => file!);

describe('src/protocol/README.md', () => {
  test('every file has its place', () => {
    const named = filesIn(page);
    const product = files.filter((file) => !file.startsWith('fixtures/'));
    const missing = product.filter((file) => !named.includes(file));
    expect(missing, 'name these files in a row of src/protocol/README.md').toEqual([]);
  });

  test('every file it names exists', () => {
    const gone = filesIn(page).filter((file) => !files.includes(file) && !/\.test\.ts$/.test(file));
    expect(gone, 'take these out of src/protocol/README.md').toEqual([]);
  });

  test('every function of redis-server is named in a file of its row', () => {
    const wrong = rowsOf('Rules').flatMap(([question, named, source]) => {
      const texts = filesIn(named!).map(textOf).join();
      const functions = source === 'none' ? [] : source!.split(', ');
      return functions
        .filter((name) => !new RegExp(`\\b${name}\\b`).test(texts))
        .map((name) => `"${question}": none of ${named} names ${name}`);
    });
    expect(wrong).toEqual([]);
  });
});

/** The bytes of a message without gossip, text or data. */
function shortest(type: MessageType): number {
  const parts = { gossip: [], extensions: [], channel: '', message: '', data: '' };
  return messageBytes({ type, ...parts } as unknown as BusMessage);
}

/** What packet.ts writes to import that file. */
function importedByPacket(file: string): string {
  const path = relative('messages', file.replace(/\.ts$/, ''));
  return path.startsWith('.') ? `${path}'` : `./${path}'`;
}

describe('its table of messages', () => {
  const rows = rowsOf('Messages');

  test('each type with its code and its word', () => {
    const types = Object.keys(MESSAGE_TYPE_CODE) as MessageType[];
    expect(rows.map(([type, code, word]) => [type, code, word])).toEqual(
      types.map((type) => [type, String(MESSAGE_TYPE_CODE[type]), MESSAGE_TYPE_WORD[type]]),
    );
  });

  test('each type with the length of the shortest of its kind', () => {
    for (const [type, , , bytes] of rows) {
      if (bytes !== 'as PING') expect(parseInt(bytes!), type).toBe(shortest(type as MessageType));
    }
  });

  test.each(rows)(
    '%s: whoever reads it is asked by packet.ts',
    (type, _code, _word, _bytes, ...by) => {
      expect(textOf('messages/packet.ts')).toContain(`'${type}'`);
      const [, readers] = by;
      const readingFiles = filesIn(readers!).filter((file) => file !== 'messages/packet.ts');
      const others = readingFiles.map(importedByPacket);
      expect(others.filter((name) => !textOf('messages/packet.ts').includes(name))).toEqual([]);
    },
  );
});
