import { describe, expect, test } from 'vitest';
import type { Note, RecordedNote } from '../protocol/notes';
import { beatsOf, isVisible } from './beats';
import type { Span } from './cluster-source';
import { withNote } from './spans';

const noted = (...notes: Note[]): RecordedNote[] =>
  notes.map((note, i) => ({ ...note, atMs: 100 + i, step: 7 }));
const flag = (event: 'flag.set' | 'flag.clear', name: 'pfail' | 'fail', at = '8902'): Note => ({
  event,
  at,
  about: '8901',
  flag: name,
});
const taken = (node: string, owner: string, by: 'order' | 'claim'): Note => ({
  event: 'slot.owner',
  node,
  slots: '7',
  owner,
  epoch: 7,
  by,
});
const kinds = (...notes: Note[]): string[] => beatsOf(noted(...notes), []).map(({ kind }) => kind);

describe('beats: the moments that matter', () => {
  test.each<[string, Note, string[]]>([
    ['a suspicion', flag('flag.set', 'pfail'), ['pfail']],
    ['a verdict', flag('flag.set', 'fail'), ['fail']],
    ['an all-clear', flag('flag.clear', 'pfail'), ['clear']],
    ['a promotion', { event: 'promote', node: '8904', epoch: 7 }, ['win']],
    ['an order', { event: 'manual.ask', node: '8904', master: '8901', mode: 'agreed' }, ['manual']],
    ['a pause', { event: 'manual.pause', node: '8901', replica: '8904' }, ['pause']],
    ['its end', { event: 'manual.resume', node: '8901', waiting: 2 }, ['pause']],
    ['the last byte', { event: 'manual.ready', node: '8904', offsetBytes: 9 }, ['manual']],
    ['too late', { event: 'manual.expire', node: '8904' }, ['manual']],
    ['a move', { event: 'migrate', node: '8906', from: '8902', to: '8901' }, ['migration']],
    [
      'a slot opened',
      { event: 'slot.open', node: '8901', slot: 7, mark: 'migrating', peer: '8902' },
      ['slot'],
    ],
    ['a key', { event: 'key.move', node: '8901', to: '8902', key: 'a', slot: 7 }, ['slot']],
    ['a slot taken', taken('8902', '8902', 'order'), ['slot']],
    ['a slot given away', taken('8901', '8902', 'order'), []],
    ['news of it', taken('8903', '8902', 'claim'), []],
    ['a tick', { event: 'log', node: '8901', level: 'debug', text: 'x' }, []],
    [
      'a plain answer',
      { event: 'reply', client: 'c', node: '8901', kind: 'ok', text: 'OK', command: 'SET a 1' },
      [],
    ],
    [
      'a redirect',
      { event: 'reply', client: 'c', node: '8901', kind: 'ASK', text: 'ASK', command: 'GET a' },
      ['redirect'],
    ],
  ])('%s', (_, note, expected) => {
    expect(kinds(note)).toEqual(expected);
  });

  test('a suspicion that becomes a verdict is not an all-clear', () => {
    expect(kinds(flag('flag.clear', 'pfail'), flag('flag.set', 'fail'))).toEqual(['fail']);
    expect(kinds(flag('flag.clear', 'pfail'), flag('flag.set', 'fail', '8903'))).toEqual([
      'clear',
      'fail',
    ]);
  });

  test('a report to a node that has its verdict already is no moment', () => {
    const report: Note = { event: 'report.add', at: '8902', about: '8901', by: '8903' };
    const verdict = (untilMs: number | null): Span[] => [
      { kind: 'fail', node: '8902', about: '8901', fromMs: 1, untilMs },
    ];
    expect(kinds(report)).toEqual(['report']);
    expect(beatsOf(noted(report), verdict(null))).toEqual([]);
    expect(beatsOf(noted(report), verdict(50))).toHaveLength(1);
  });

  test('a step is worth stopping at unless it left only chatter', () => {
    const log = (level: 'debug' | 'verbose' | 'notice'): Note => ({
      event: 'log',
      node: '8901',
      level,
      text: '',
    });
    expect(isVisible([])).toBe(false);
    expect(isVisible([log('debug'), log('verbose')])).toBe(false);
    expect(isVisible([log('notice')])).toBe(true);
    expect(isVisible([flag('flag.set', 'pfail')])).toBe(true);
  });
});

describe('spans: from one note to another', () => {
  const spansOf = (...notes: Note[]): readonly Span[] =>
    noted(...notes).reduce<readonly Span[]>(withNote, []);

  test('a suspicion lasts until it is cleared, by the same node about the same', () => {
    const spans = spansOf(
      flag('flag.set', 'pfail', '8902'),
      flag('flag.set', 'pfail', '8903'),
      flag('flag.clear', 'pfail', '8902'),
    );
    expect(spans.map(({ node, untilMs }) => [node, untilMs])).toEqual([
      ['8902', 102],
      ['8903', null],
    ]);
  });

  test('a frozen process that is killed changes its span', () => {
    const process = (state: 'frozen' | 'killed' | 'running'): Note => ({
      event: 'process',
      node: '8901',
      process: state,
    });
    expect(spansOf(process('frozen'), process('killed'), process('running'))).toEqual([
      { kind: 'frozen', node: '8901', about: null, fromMs: 100, untilMs: 101 },
      { kind: 'killed', node: '8901', about: null, fromMs: 101, untilMs: 102 },
    ]);
  });

  test('notes that open and close nothing leave the list as it is', () => {
    const before: readonly Span[] = [];
    const [note] = noted({ event: 'promote', node: '8904', epoch: 7 });
    expect(withNote(before, note!)).toBe(before);
  });
});
