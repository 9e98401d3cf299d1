/** What the page says and offers at the moments of one failover, computed by the real engine. */
import { beforeAll, describe, expect, test } from 'vitest';
import type { Input } from '../../kernel/inputs';
import { DEFAULT_SCENE } from '../../kernel/scene';
import { latestBeat } from '../../timeline/playback';
import { SimulatedSource } from '../../timeline/simulated-source';
import { caption as words } from '../../words/en/caption';
import { caption as chineseWords } from '../../words/zh-CN/caption';
import { captionOf } from '../telling/caption';
import { disastersFor } from '../doing/disasters';
import { outlookOf } from '../telling/outlook';
import { outlookLine } from '../telling/outlook-line';
import { subjectOf } from '../telling/subject';

function sourceWith(...inputs: Input[]): SimulatedSource {
  const timed = inputs.map((input) => ({ atMs: 10_000, input }));
  return new SimulatedSource({ ...DEFAULT_SCENE, seed: 42, inputs: timed });
}

function captionAt(source: SimulatedSource, templates = words): string {
  const beats = source.beats();
  return captionOf(
    {
      beat: latestBeat(source.cursor.step, beats),
      beats,
      notes: source.notes(),
      frame: source.frame,
      untilStep: source.cursor.step,
      printSeconds: (ms) => `${ms / 1000} s`,
    },
    templates,
  );
}

/** Every caption from the cursor on, beat by beat, until `last` is said. */
function story(source: SimulatedSource, last: RegExp): string[] {
  const told: string[] = [];
  for (let i = 0; i < 80 && !last.test(told.at(-1) ?? ''); i += 1) {
    source.stepBeat(1);
    told.push(captionAt(source));
  }
  return told;
}

describe('a master freezes', () => {
  const source = sourceWith({ type: 'freeze', node: '8901' });
  let told: string[] = [];
  beforeAll(() => {
    source.seekTime(9_900);
    told = story(source, /8904 has a majority/);
  });

  test('the calm before', () => {
    const calm = sourceWith();
    calm.seekTime(9_900);
    expect(captionAt(calm)).toBe(
      '6 nodes agree: every slot is served, and nobody suspects anybody.',
    );
    expect(subjectOf(calm.frame)).toBeNull();
    expect(outlookOf(calm.frame)).toEqual({ kind: 'fine' });
  });

  test.each([
    /^8901 freezes\. Its process keeps everything and answers nobody\.$/,
    /^890\d has waited 5 s for 8901\. In its own table it writes PFAIL\.$/,
    /^890\d has .+ It marks 8901 FAIL and tells everyone\.$/,
    /^890\d hears the verdict and marks 8901 FAIL\.$/,
    /^8904 asks every master for its vote in epoch 7\.$/,
    /^890\d gives 8904 its only vote of epoch 7\.$/,
    /^8904 has a majority in epoch 7\. It takes over its master’s slots\.$/,
  ])('the story says %s', (sentence) => {
    expect(told.filter((told) => sentence.test(told))).not.toEqual([]);
  });

  test('the subject is the frozen master, and a majority is left', () => {
    source.seekTime(16_000);
    expect(subjectOf(source.frame)).toBe('8901');
    expect(outlookOf(source.frame)).toEqual({ kind: 'fine' });
  });

  test('the subject is a master in trouble before a replica of which more is known', () => {
    const frame = source.frame;
    const row = frame.nodes[1]!.view.rows.find(({ name }) => name === '8905')!;
    const gossip = { ...row, flags: [...row.flags, 'fail' as const] };
    const nodes = frame.nodes.map((node) => ({
      ...node,
      view: {
        ...node.view,
        rows: node.view.rows.map((r) => (r.name === '8905' ? gossip : r)),
      },
    }));
    expect(subjectOf({ ...frame, nodes })).toBe('8901');
  });

  test('the old master wakes, learns of its successor and becomes its replica', () => {
    source.seekTime(25_000);
    const before = source.cursor.step;
    source.act({ type: 'wake', node: '8901' });
    const since = source.beats().filter(({ step }) => step > before);
    const after = since.map(({ step }) => {
      source.seekStep(step);
      return captionAt(source);
    });
    expect(after[0]).toBe('8901 wakes, with the table it fell asleep with.');
    expect(after.at(-1)).toBe(
      '8901 learns that its slots have a newer owner. It becomes a replica of 8904.',
    );
  });
});

test('a process that was not there before starts, and does not wake', () => {
  const source = new SimulatedSource(DEFAULT_SCENE);
  source.seekTime(9_000);
  source.act({ type: 'start', node: '8907' });
  expect(captionAt(source)).toBe('8907 starts. It knows nobody yet.');
});

test('the number of reports that is said is the number on file (8 seeds)', () => {
  const counts = ['no', 'one', 'two', 'three'];
  let said = 0;
  for (let seed = 1; seed <= 8; seed += 1) {
    const inputs = [{ atMs: 10_000, input: { type: 'freeze', node: '8901' } as const }];
    const source = new SimulatedSource({ ...DEFAULT_SCENE, seed, inputs });
    source.seekTime(9_900);
    while (source.cursor.atMs < 19_000 && source.stepBeat(1) !== null) {
      const sentence = captionAt(source);
      const [, by, at, count] =
        /^(890\d)’s suspicion of 8901 reaches (890\d), which now has (\w+) report/.exec(sentence) ??
        [];
      if (at === undefined) continue;
      const keeper = source.frame.nodes.find(({ name }) => name === at)!;
      const reports = keeper.view.rows.find(({ name }) => name === '8901')!.failReports;
      expect(reports.map((report) => report.by)).toContain(by);
      expect(count).toBe(counts[reports.length]);
      said += 1;
    }
  }
  expect(said).toBeGreaterThan(10);
});

describe('nobody can decide', () => {
  const source = sourceWith({ type: 'freeze', node: '8901' }, { type: 'freeze', node: '8902' });

  test('two of three masters frozen: the page says who is left and what follows', () => {
    source.seekTime(40_000);
    const outlook = outlookOf(source.frame);
    expect(outlook).toEqual({ kind: 'no-majority', size: 3, needed: 2, able: ['8903'] });
    expect(outlookLine(outlook, words)?.line).toBe(
      '3 masters hold slots, so 2 must agree. Only 8903 still can.',
    );
    expect(source.beats().some(({ kind }) => kind === 'fail' || kind === 'win')).toBe(false);
  });

  test('both freezes are one sentence', () => {
    source.seekTime(10_000);
    expect(captionAt(source)).toBe('Two nodes freeze: 8901, 8902.');
    expect(captionAt(source, chineseWords)).toBe('2 个节点同时冻结：8901, 8902。');
  });

  test('a master cut off from all others is the smaller side', () => {
    const others = ['8902', '8903', '8904', '8905', '8906'];
    const cuts = others.map((to): Input => ({ type: 'cut', from: '8901', to, oneWay: false }));
    const split = sourceWith(...cuts);
    split.seekTime(10_500);
    expect(outlookOf(split.frame)).toMatchObject({
      kind: 'minority',
      side: ['8901'],
      able: ['8901'],
      needed: 2,
    });
    expect(captionAt(split)).toBe('The network is cut: five links lose every message.');
  });
});

describe('disasters', () => {
  test('each names its nodes, and repairs come only when there is something to repair', () => {
    const source = sourceWith();
    source.seekTime(12_000);
    expect(disastersFor(source.frame).map(({ id }) => id)).toEqual([
      'freezeOne',
      'killOne',
      'split',
      'freezeTwo',
    ]);
    for (const input of disastersFor(source.frame)[3]!.inputs) source.act(input);
    const ids = disastersFor(source.frame).map(({ id, nodes }) => [id, ...nodes].join(' '));
    expect(ids).toContain('wakeAll 8901 8902');
    expect(ids).toContain('freezeOne 8903');
    expect(ids).not.toContain('healAll');
  });

  test('the node that is picked is struck, if it runs', () => {
    const source = sourceWith({ type: 'kill', node: '8905' });
    source.seekTime(12_000);
    const victim = (picked: string) => disastersFor(source.frame, picked)[1]!.nodes;
    expect(victim('8904')).toEqual(['8904']);
    expect(victim('8905')).toEqual(['8901']);
  });
});

describe('a manual failover', () => {
  const command = (text: string): Input => ({
    type: 'command',
    client: 'c1',
    node: '8904',
    argv: text.split(' '),
    follow: false,
  });
  const tell = (text: string, templates = words): string[] => {
    const source = new SimulatedSource({
      ...DEFAULT_SCENE,
      seed: 42,
      inputs: [{ atMs: 20_000, input: command(text) }],
    });
    source.seekTime(19_900);
    const told: string[] = [];
    for (let i = 0; i < 9; i += 1) {
      source.stepBeat(1);
      told.push(captionAt(source, templates));
    }
    return told;
  };

  test('asked, paused, caught up, elected, handed over', () => {
    const told = tell('CLUSTER FAILOVER');
    expect(told.slice(0, 3)).toEqual([
      '8904 is told to take over. It asks 8901 to pause its clients’ writes.',
      '8901 lets writes wait, so that 8904 can catch up. Reads go on.',
      '8904 has every write of its master, and asks all for their votes in epoch 7.',
    ]);
    expect(told).toContain('8904 has a majority in epoch 7. It takes over its master’s slots.');
    expect(told).toContain(
      '8901 learns that its slots have a newer owner. It becomes a replica of 8904.',
    );
  });

  test('the same in Chinese', () => {
    expect(tell('CLUSTER FAILOVER', chineseWords).slice(0, 3)).toEqual([
      '8904 收到手动故障转移命令，先请 8901 暂停客户端的写入。',
      '8901 让写入等待，好让 8904 追上；读取照常。',
      '8904 已有主节点的每一次写入，于是在纪元 7 向所有主节点拉票。',
    ]);
  });

  test('TAKEOVER: master in one step, and no word of a majority', () => {
    const told = tell('CLUSTER FAILOVER TAKEOVER');
    expect(told[0]).toBe(
      '8904 gives itself epoch 7 and takes its master’s slots. Nobody has voted.',
    );
    expect(told.join()).not.toContain('majority');
  });
});

describe('lost writes', () => {
  const write: Input = { type: 'write', client: 'w1', perSecond: 20, durationMs: 20_000 };
  const inputs = [
    { atMs: 7_000, input: write },
    { atMs: 9_000, input: { type: 'cut', from: '8901', to: '8904', oneWay: false } as Input },
    { atMs: 12_000, input: { type: 'kill', node: '8901' } as Input },
  ];

  test('are told under the caption for five seconds, in both languages', () => {
    const source = new SimulatedSource({ ...DEFAULT_SCENE, seed: 7, inputs });
    source.seekTime(40_000);
    const { lostAtMs } = source.frame.writes.lost.at(-1)!;
    expect(outlookOf(source.frame).kind).not.toBe('loss');
    source.seekTime(lostAtMs);
    const line = outlookLine(outlookOf(source.frame), words)!;
    expect(line.title).toBe('3 acknowledged writes are lost');
    expect(line.line).toBe('8901 had said OK. 8904 took over before they got there.');
    expect(line.soWhat).toBe('w1:12, w1:13, w1:7.');
    expect(outlookLine(outlookOf(source.frame), chineseWords)!.title).toBe('丢失 3 次已确认的写入');
    source.seekTime(lostAtMs - 1);
    expect(source.frame.writes.lost).toEqual([]);
  });
});
