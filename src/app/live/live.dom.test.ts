import { cleanup, fireEvent, render, screen, within } from '@testing-library/svelte';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { FakeSocket, fakeHello, fakeNodes } from '../../bridge/browser/fake-socket';
import { DEFAULT_SCENE } from '../../kernel/scene';
import { SimulatedSource } from '../../timeline/simulated-source';
import { words } from '../../words/words.svelte';
import FaultTime from './FaultTime.svelte';
import LiveBench from './LiveBench.svelte';
import LiveFoot from './LiveFoot.svelte';
import LivePane from './LivePane.svelte';
import LiveTerminal from './LiveTerminal.svelte';
import LiveWait from './LiveWait.svelte';
import PartingList from './PartingList.svelte';
import PartingNote from './PartingNote.svelte';
import type { RealBench } from './real-bench';
import { Bench } from '../bench.svelte';
import { LiveRun } from './live-run.svelte';
import type { GrowingSource, RealSource } from './live-source';

let socket!: FakeSocket;
let run!: LiveRun;
let told: string[] = [];

/** A source that grows by what a test says; its picture is that of a simulation. */
function growing(): GrowingSource {
  const source = new SimulatedSource({ ...DEFAULT_SCENE, latencyMs: { min: 1, max: 1 } });
  source.seekTime(6_000);
  return Object.assign(source, {
    ...{ redisVersion: '7.0.15', label: 'six', knownFromMs: 0, startsAtUnixMs: 1_700_000_000_000 },
    take: () => undefined,
    partings: () => [],
    save: () => Promise.resolve(new Blob(['{}'])),
  });
}

beforeEach(() => {
  told = [];
  run = new LiveRun({
    ...{ address: '127.0.0.1:7700', token: 'ab'.repeat(16) },
    newSocket: (url) => (socket = new FakeSocket(url)) as unknown as WebSocket,
    saysItIsFull: () => Promise.resolve(false),
    newSource: growing,
    ontell: (sentence) => told.push(sentence),
    onlive: () => undefined,
  });
  run.start();
});
afterEach(() => {
  cleanup();
  run.close();
  words.locale = 'en';
});

function goLive(change = {}): void {
  socket.opens();
  socket.says(fakeHello({ nodes: fakeNodes(6), ...change }));
  socket.says({ t: 'live', atMs: 6_000 });
}
/** The column alone. */
function showPane(): void {
  const bench = new Bench(() => run.session!);
  render(LivePane, { props: { run, session: run.session!, bench } });
}
function show(): void {
  render(LiveBench, { props: { run, told: '', ontold: () => undefined } });
}
const button = (name: string | RegExp) => screen.getByRole('button', { name });

test('a row for each process: who it is, its pid, what it is, and what can be done', () => {
  goLive();
  show();
  const pane = document.getElementById('pane')!;
  const rows = within(pane).getAllByRole('listitem');
  expect(rows).toHaveLength(6);
  expect(rows[0]!.textContent.replace(/\s+/g, ' ')).toContain('8901 40211 master');
  expect(rows[3]!.textContent).toContain('replica of 8901');
  expect(within(rows[0]!).getByRole('button', { name: /^Freeze 8901/ })).toBeTruthy();
  expect(screen.getByText('LIVE · 6 real processes')).toBeTruthy();
  expect(screen.getByText('at the live edge, recording')).toBeTruthy();
});

test('kill sends SIGKILL, with the time after which the bridge starts it again', async () => {
  goLive();
  showPane();
  await fireEvent.click(button('Kill 8903 (SIGKILL)'));
  expect(socket.asked).toEqual({
    ...{ t: 'proc.signal', node: 3, signal: 'KILL', forMs: 30_000 },
  });
});

test('a killed process can be started, and says how long it still stays away', async () => {
  goLive();
  showPane();
  const nodes = fakeNodes(6);
  nodes[1] = { ...nodes[1]!, state: 'dead', pid: null, untilMs: 26_000 };
  socket.says({ t: 'nodes', atMs: 6_000, nodes });
  await fireEvent.click(await screen.findByRole('button', { name: 'Start 8902 again' }));
  expect(socket.asked).toEqual({ t: 'proc.start', node: 2 });
  expect(screen.getByText('killed').parentElement!.textContent).toMatch(/(19|20) s left/);
});

test('behind the live edge nothing can be done, and the page says why', async () => {
  goLive();
  show();
  run.session!.stepEvent(-1);
  expect((await screen.findAllByText(/behind the live edge/)).length).toBeGreaterThan(0);
  expect(button('Kill 8901 (SIGKILL)')).toHaveProperty('disabled', true);
  expect(screen.queryByText('LIVE · 6 real processes')).toBeNull();
  await fireEvent.click(button('Back to live'));
  expect(button('Kill 8901 (SIGKILL)')).toHaveProperty('disabled', false);
});

test('at the live edge no step leads on', () => {
  goLive();
  show();
  expect(button('Next event')).toHaveProperty('disabled', true);
  expect(button('Previous event')).toHaveProperty('disabled', false);
});

test('who watches sees everything and is told who drives; later it may take over', async () => {
  goLive({ role: 'watcher' });
  showPane();
  expect(screen.getByText(/Another page drives/)).toBeTruthy();
  expect(button('Freeze 8901 (SIGSTOP)')).toHaveProperty('disabled', true);
  socket.says({ t: 'role', role: 'driver' });
  await expect.poll(() => button('Freeze 8901 (SIGSTOP)')).toHaveProperty('disabled', false);
});

test('a fault of a link asks for how long; ten seconds are at hand', async () => {
  goLive();
  run.act({ type: 'cut', from: '8901', to: '8902', oneWay: false });
  expect(run.asked).not.toBeNull();
  render(FaultTime, { props: { run, input: run.asked!.input } });
  expect(screen.getByRole('dialog').getAttribute('aria-label')).toBe(
    '8901 – 8902 cut: for how long?',
  );
  expect(document.activeElement?.textContent).toBe('10 s');
  await fireEvent.click(button('30 s'));
  expect(socket.asked).toMatchObject({ t: 'fault.set', mode: 'cut', forMs: 30_000 });
});

test('what real processes do not offer is said in words', () => {
  goLive();
  run.act({ type: 'drop-message', message: 3 });
  expect(told[0]).toMatch(/simulated message only/);
});

test('a fault is listed with the time it has left, and heals at a press', async () => {
  goLive();
  showPane();
  const ways = [[1, 2]];
  const fault = { fault: 7, mode: 'cut', ways, types: null, ms: null, sinceMs: 0, untilMs: 16_000 };
  socket.says({ t: 'faults', atMs: 6_000, faults: [fault] });
  await fireEvent.click(await screen.findByRole('button', { name: 'Heal now: 8901 → 8902 cut' }));
  expect(socket.asked).toEqual({ t: 'fault.heal', fault: 7 });
});

test('a killed bridge leaves the recording on the stage and is tried again', async () => {
  goLive();
  show();
  socket.hangsUp();
  expect((await screen.findAllByText(/What is recorded stays/)).length).toBeGreaterThan(0);
  expect(button('Kill 8901 (SIGKILL)')).toHaveProperty('disabled', true);
  expect(screen.getByRole('region', { name: 'Timeline' })).toBeTruthy();
});

test('disconnecting asks first', async () => {
  goLive();
  render(LiveFoot, { props: { run, bench: new Bench(() => run.session!) } });
  await fireEvent.click(button('Disconnect'));
  const asks = screen.getByRole('alertdialog');
  expect(run.phase).toBe('live');
  await fireEvent.click(within(asks).getByRole('button', { name: 'Disconnect' }));
  expect(run.phase).toBe('closed');
});

test('the terminal shows what a real node answered, and what the bridge does not pass on', async () => {
  goLive();
  const bench = new Bench(() => run.session!);
  render(LiveTerminal, { props: { run, bench, firstNode: '8901' } });
  const type = async (line: string) => {
    const input = screen.getByRole('textbox');
    await fireEvent.input(input, { target: { value: line } });
    await fireEvent.submit(input.closest('form')!);
    return (JSON.parse(socket.sent.at(-1)!) as { id: number }).id;
  };
  const first = await type('GET name');
  expect(socket.asked).toEqual({ t: 'redis.cmd', node: 1, argv: ['GET', 'name'], follow: true });
  socket.says({ t: 'res', id: first, result: { text: '"redis"', isError: false, nodes: [1, 2] } });
  expect(await screen.findByText('"redis"')).toBeTruthy();
  const second = await type('CONFIG GET dir');
  socket.says({ t: 'err', id: second, code: 'refused', text: 'CONFIG is not allowed here.' });
  expect(await screen.findByText(/CONFIG is not passed on.*GET, CLUSTER/)).toBeTruthy();
});

test('a node’s card says where the process and our node beside it differ', () => {
  goLive();
  const parting = { node: '8902', about: '8901', field: 'flags', sinceMs: 0, untilMs: null };
  const source = { partings: () => [{ ...parting, ours: 'master,fail?', real: 'master' }] };
  const real = { source } as unknown as RealBench;
  render(PartingNote, { props: { real, session: run.session!, node: '8901' } });
  expect(screen.getByRole('note').textContent.replace(/\s+/g, ' ')).toContain(
    '8902 about 8901: the process says flags master; our node says master,fail?',
  );
});

test('two lines that one of them wrote in one millisecond, and the other did not, are both told', () => {
  goLive();
  const line = { node: '8901', about: null, field: 'log', sinceMs: 0, untilMs: null } as const;
  const partings = ['Failover election won', 'configEpoch set to 7'].map((real) => ({
    ...{ ...line, real, ours: 'nothing' },
  }));
  const source = { partings: () => partings } as unknown as RealSource;
  const session = run.session!;
  render(PartingNote, { props: { real: { source } as RealBench, session, node: '8901' } });
  render(PartingList, { props: { source, session, onnode: () => undefined } });
  for (const { real } of partings) expect(screen.getAllByText(`log ${real}`)).toHaveLength(2);
});

test.each([
  ['en', /is not the one of the bridge that runs now/],
  ['zh-CN', /令牌不属于现在运行的这座桥/],
] as const)('a wrong token ends in one sentence: %s', async (locale, sentence) => {
  words.locale = locale;
  render(LiveWait, { props: { run, onfile: () => undefined } });
  socket.opens();
  socket.hangsUp(4403, 'wrong token');
  expect(await screen.findByText(sentence)).toBeTruthy();
});
