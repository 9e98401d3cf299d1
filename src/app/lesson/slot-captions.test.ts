import { describe, expect, test } from 'vitest';
import { healthyFrame } from '../../drawing/fixtures';
import type { Note, RecordedNote } from '../../protocol/notes';
import type { Beat } from '../../timeline/cluster-source';
import { caption as en } from '../../words/en/caption';
import { inspector } from '../../words/en/inspector';
import { caption as zh } from '../../words/zh-CN/caption';
import { captionOf } from '../telling/caption';
import { eventText, kindOf } from '../panels/event-texts';

const opens: Note = {
  event: 'slot.open',
  node: '8901',
  slot: 866,
  mark: 'migrating',
  peer: '8902',
};
const imports: Note = { ...opens, node: '8902', mark: 'importing', peer: '8901' };
const moves: Note = { event: 'key.move', node: '8901', to: '8902', key: 'hello', slot: 866 };
const takes: Note = {
  event: 'slot.owner',
  node: '8902',
  slots: '866',
  owner: '8902',
  epoch: 7,
  by: 'order',
};
const hears: Note = { ...takes, node: '8903', by: 'claim' };

const recorded = (note: Note): RecordedNote => ({ ...note, atMs: 1, step: 1 });

describe('a slot on the move, in words', () => {
  const say = (note: Note, words: typeof en): string => {
    const beat: Beat = { step: 1, atMs: 1, kind: 'slot', note: recorded(note) };
    const frame = healthyFrame({ masters: 3, replicasPerMaster: 1 });
    return captionOf(
      { beat, beats: [beat], notes: [], frame, untilStep: 1, printSeconds: String },
      words,
    );
  };

  test.each<[string, Note, string, string]>([
    [
      'opened by its owner',
      opens,
      'begins to give slot 866 to 8902',
      '8901 开始把槽位 866 迁往 8902',
    ],
    ['opened by its taker', imports, 'only those who say ASKING', '先发 ASKING 的客户端'],
    ['a key', moves, '8902 has said OK to key hello', '键 hello'],
    ['taken', takes, '8902 takes slot 866 under epoch 7', '8902 以纪元 7 接管槽位 866'],
    ['news of it', hears, '8903 hears that slot 866 belongs to 8902', '8903 得知槽位 866'],
  ])('%s', (_, note, english, chinese) => {
    expect(say(note, en)).toContain(english);
    expect(say(note, zh)).toContain(chinese);
  });
});

test.each([
  [opens, '8901 opens slot 866: migrating to 8902'],
  [imports, '8902 opens slot 866: importing from 8901'],
  [{ event: 'slot.close', node: '8902', slot: 866, mark: 'importing' }, '8902 closes slot 866'],
  [moves, 'hello moves from 8901 to 8902 (slot 866)'],
  [hears, '8903: 8902 owns 866, configEpoch 7'],
] as const)('the list of events: %j', (note, text) => {
  expect(kindOf(recorded(note))).toBe('slots');
  expect(eventText(recorded(note), inspector.events)).toBe(text);
});

describe('a redirect', () => {
  const moved = {
    ...{ event: 'reply', client: 'c1', node: '8901', command: 'SET name x', kind: 'MOVED' },
    ...{ text: 'MOVED 5798 127.0.0.1:8902', atMs: 1, step: 1 },
  } as const satisfies RecordedNote;
  const ok = (step: number, client = 'c1'): RecordedNote => ({
    ...{ ...moved, client, kind: 'ok', text: 'OK', atMs: step, step },
  });
  const beat: Beat = { step: 1, atMs: 1, kind: 'redirect', note: moved };
  const frame = healthyFrame({ masters: 3, replicasPerMaster: 1 });
  const sayAt = (untilStep: number, notes: readonly RecordedNote[]): string =>
    captionOf({ beat, beats: [beat], notes, frame, untilStep, printSeconds: String }, en);

  test('is told until its client has read two answers', () => {
    const notes = [moved, ok(2), ok(3, 'c2'), ok(4)];
    expect(sayAt(2, notes)).toContain('5798');
    expect(sayAt(3, notes)).toContain('5798');
    expect(sayAt(4, notes)).not.toContain('5798');
  });
});
