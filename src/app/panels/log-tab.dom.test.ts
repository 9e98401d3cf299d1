import { flushSync } from 'svelte';
import { cleanup, fireEvent, render, screen } from '@testing-library/svelte';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { LogLevel, RecordedNote } from '../../protocol/notes';
import { gloss } from '../../words/en/log-gloss';
import { gloss as chinese } from '../../words/zh-CN/log-gloss';
import { words } from '../../words/words.svelte';
import { glossOf, piecesOf } from './log-glosses';
import LogLine from './LogLine.svelte';
import LogList from './LogList.svelte';

afterEach(() => {
  cleanup();
  words.locale = 'en';
});

const ID_1 = 'a1520eb6f340123456789abcdef0123456789abc';
const ID_2 = '7da6f8c1e00123456789abcdef0123456789abcd';
const NAMES: Readonly<Record<string, string>> = { [ID_1]: '8901', [ID_2]: '8902' };
const TITLE = { en: 'Shout or whisper?', 'zh-CN': '喊话还是耳语？' };
const nameOf = (id: string) => NAMES[id] ?? id;

const log = (step: number, level: LogLevel, text: string, node = '8904'): RecordedNote => ({
  event: 'log',
  node,
  level,
  text,
  atMs: step * 10,
  step,
});
const NOTES: readonly RecordedNote[] = [
  log(940, 'debug', `*** NODE ${ID_1} possibly failing`),
  log(1_100, 'notice', `FAIL message received from ${ID_2} about ${ID_1}`, '8903'),
  log(1_130, 'notice', `Marking node ${ID_1} as failing (quorum reached).`),
  { event: 'state', node: '8904', state: 'fail', atMs: 11_300, step: 1_130 },
  log(1_131, 'warning', 'Cluster state changed: fail'),
];

function show() {
  const onjump = vi.fn();
  render(LogList, { props: { node: '8904', notes: NOTES, nameOf, onjump } });
  return onjump;
}
const texts = () => screen.queryAllByRole('button').map((line) => line.textContent.trim());

describe('log', () => {
  test('shows this node from notice up, as redis-server marks levels, newest last', () => {
    show();
    expect(texts().map((line) => line.replace(/\s+/g, ' '))).toEqual([
      '11.300 * Marking node a1520eb6… as failing (quorum reached).',
      '11.310 # Cluster state changed: fail',
    ]);
    expect(document.querySelector('.newest')!.textContent).toContain('Cluster state changed');
  });

  test('a lower level shows more', async () => {
    show();
    await fireEvent.change(screen.getByRole('combobox'), { target: { value: 'debug' } });
    expect(texts()).toHaveLength(3);
  });

  test('a click goes to the step of the line', async () => {
    const onjump = show();
    await fireEvent.click(screen.getAllByRole('button')[0]!);
    expect(onjump).toHaveBeenCalledExactlyOnceWith(1_130);
  });

  test('a known line is explained with node names, in both languages', () => {
    show();
    expect(
      screen.getByText('Enough masters report 8901: FAIL, and everyone is told.'),
    ).toBeTruthy();
    cleanup();
    words.locale = 'zh-CN';
    show();
    expect(screen.getByText('报告 8901 的主节点已过半：判定 FAIL，并告知所有节点。')).toBeTruthy();
  });
});

test('beside the meaning of a line, where it is taught, in a tab of its own', () => {
  const taught = { href: '#/lesson/fail?step=shout', title: TITLE, step: 3 };
  const line = { clock: '11.300', level: 'notice', text: 'A line', gloss: 'Its meaning.' } as const;
  const looks = { title: '', isChosen: null, isNewest: false, isPicked: false, isReal: false };
  render(LogLine, { props: { ...line, ...looks, taught, nameOf, onpress: vi.fn() } });
  const link = screen.getByRole('link', { name: /“Shout or whisper\?”, step 3/ });
  expect(link.getAttribute('href')).toBe('#/lesson/fail?step=shout');
  expect(link.getAttribute('target')).toBe('_blank');
  words.locale = 'zh-CN';
  flushSync();
  expect(link.getAttribute('aria-label')).toContain('《喊话还是耳语？》第 3 步');
});

describe('log: glosses', () => {
  test.each([
    [`Node ${ID_2} reported node ${ID_1} as not reachable.`, gloss.reportedDown('8902', '8901')],
    [`FAIL message received from ${ID_2} () about ${ID_1} ()`, gloss.failReceived('8902', '8901')],
    [
      'Start of election delayed for 713 milliseconds (rank #0, offset 11680).',
      gloss.electionDelayed('713', '#0'),
    ],
    [`Failover auth granted to ${ID_2} for epoch 7`, gloss.granted('8902', '7')],
    [`Failover auth denied to ${ID_2}: its master is up`, gloss.deniedMasterUp('8902')],
    [`Failover auth denied to ${ID_2}: already voted for epoch 7`, gloss.deniedVoted('8902', '7')],
    [`Failover auth denied to ${ID_2}: it is a master node`, gloss.denied('8902')],
    [
      `Clear FAIL state for node ${ID_1}: is reachable again and nobody is serving its slots after some time.`,
      gloss.clearMaster('8901'),
    ],
    [`Clear FAIL state for node ${ID_1}: replica is reachable again.`, gloss.clearReplica('8901')],
    [
      `Configuration change detected. Reconfiguring myself as a replica of ${ID_2}`,
      gloss.demoted('8902'),
    ],
    [
      `Node ${ID_1} has old slots configuration, sending an UPDATE message about ${ID_2}`,
      gloss.oldSlots('8901', '8902'),
    ],
    [`Connecting with Node ${ID_2} at 127.0.0.1:18902`, gloss.connecting('8902')],
    ['MASTER <-> REPLICA sync: Finished with success', gloss.syncDone()],
    [
      `Partial resynchronization not accepted: Replication ID mismatch (Replica asked for '${ID_1}', my replication IDs are '${ID_2}' and '${ID_2}')`,
      gloss.otherHistory(),
    ],
    [
      'Partial resynchronization not accepted: Requested offset for second ID was 688, but I can reply up to 418',
      gloss.tailUnknown('688', '418'),
    ],
    [`Master replication ID changed to ${ID_1}`, gloss.masterRenamed()],
    ['Reconnecting to MASTER 127.0.0.1:8902 after failure', gloss.dialledAfterFailure()],
    ['DB 0: 3 keys (0 volatile) in 4 slots HT.', gloss.keysHeld('3')],
  ])('%s', (line, sentence) => {
    expect(glossOf(line, gloss, nameOf)).toBe(sentence);
  });

  test('a line nobody explained has none', () => {
    expect(glossOf('Background saving started by pid 7', gloss, nameOf)).toBeNull();
  });

  test('both languages use the same facts: no argument is dropped or invented', () => {
    for (const key of Object.keys(gloss) as (keyof typeof gloss)[]) {
      const say = (table: typeof gloss): string => table[key]('«A»', '«B»');
      const marks = (text: string) => new Set(text.match(/«[AB]»/g));
      expect(marks(say(chinese)), key).toEqual(marks(say(gloss)));
    }
  });

  test('the line itself stays as it is: its pieces add up, ids kept in full', () => {
    const line = `FAIL message received from ${ID_2} about ${ID_1}`;
    expect(
      piecesOf(line)
        .map((piece) => piece.id ?? piece.text)
        .join(''),
    ).toBe(line);
  });
});
