import { cleanup, fireEvent, render, screen, within } from '@testing-library/svelte';
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { DEFAULT_SCENE, type Scene } from '../../kernel/scene';
import type { Actor } from '../../kernel/step-record';
import { words } from '../../words/words.svelte';
import { SimulatedSource } from '../../timeline/simulated-source';
import { Session } from '../session.svelte';
import { liveSession } from '../opening/live-session';
import { TerminalMemory } from '../doing/terminal-memory.svelte';
import TableTab from '../panels/TableTab.svelte';
import MachineTab from './MachineTab.svelte';
import MessageDetails from './MessageDetails.svelte';
import TerminalPrompt from './TerminalPrompt.svelte';
import TerminalTab from './TerminalTab.svelte';

const failing: Scene = {
  ...DEFAULT_SCENE,
  inputs: [{ atMs: 8_000, input: { type: 'kill', node: '8901' } }],
};
let source: SimulatedSource;
beforeAll(() => {
  source = new SimulatedSource(failing);
  source.seekTime(24_000);
});
afterEach(() => {
  cleanup();
  words.locale = 'en';
});

const stepOf = (event: string) => source.notes().find((note) => note.event === event)!.step;
function sessionAt(step: number): Session {
  source.seekStep(step);
  return liveSession(source);
}
const nodeIn = (session: Session, name: string) =>
  session.frame.nodes.find((node) => node.name === name)!;

describe('a message byte for byte', () => {
  function open(type: string, where: (rumours: number) => boolean = () => true) {
    const shown = source
      .messages(8_000, 24_000)
      .find((one) => one.type === type && one.fate === 'delivered' && where(one.rumours.length))!;
    const account = source.accountOf(shown.id)!;
    const onjump = vi.fn();
    const { nodes } = source.frame;
    const props = { shown, account, nodes, cursorStep: 1e9, note: 'NOTE', onjump };
    render(MessageDetails, { props });
    return { account, onjump };
  }
  const row = (field: string) => screen.getByText(field, { selector: 'th span' }).closest('tr')!;

  test('a FAIL: its name stands where the header ends, and it changes a table', () => {
    open('FAIL');
    expect(row('about').textContent).toMatch(/^08d0/);
    expect(screen.getByRole('img', { name: /2\s048 bytes \(89 %\)/ })).toBeTruthy();
    expect(screen.getByText('master,fail')).toBeTruthy();
  });

  test('a rumour: the suspected node comes last, with the reason why', async () => {
    open('PING', (rumours) => rumours === 1);
    await fireEvent.click(screen.getByText('Why these?'));
    expect(screen.getByText(/always rides along: 8901/)).toBeTruthy();
    expect(screen.getByText('master,fail?', { selector: 'summary code' })).toBeTruthy();
  });

  test('one can go to when it was sent and to when it was read', async () => {
    const { account, onjump } = open('FAIL');
    await fireEvent.click(screen.getByText('Go to when it was read'));
    expect(onjump).toHaveBeenCalledWith(account.receivedStep);
  });
});

describe('the statechart of a node', () => {
  test('a candidate: where it stands, how it came there, and what leads on', async () => {
    const session = sessionAt(stepOf('election.start'));
    const candidate = session.frame.elections.at(-1)!.candidate;
    const onjump = vi.fn();
    render(MachineTab, {
      props: {
        node: nodeIn(session, candidate),
        clients: [],
        placeOf: source.placeOf.bind(source),
        nodeTimeoutMs: 5_000,
        onjump,
      },
    });
    expect(screen.getByRole('img', { name: /collecting/ })).toBeTruthy();
    await fireEvent.click(screen.getByText(/^waiting → collecting at/));
    expect(onjump).toHaveBeenCalledWith(session.cursor.step);
    const next = screen.getByRole('row', { name: /^master/ });
    expect(within(next).getByText('a majority has voted for it')).toBeTruthy();
    await fireEvent.click(screen.getByRole('button', { name: 'Fold replica' }));
    expect(screen.getByRole('button', { name: /Unfold replica, 6 states/ })).toBeTruthy();
  });

  test('the network has one too', async () => {
    const session = sessionAt(stepOf('election.start'));
    const props = {
      ...{ node: session.frame.nodes[0]!, clients: ['c1'], nodeTimeoutMs: 5_000 },
      ...{ placeOf: source.placeOf.bind(source), onjump: vi.fn() },
    };
    render(MachineTab, { props });
    await fireEvent.click(screen.getByRole('button', { name: 'network' }));
    expect(screen.getByRole('img', { name: 'The statechart. Active now: calm.' })).toBeTruthy();
    expect(screen.getByRole('row', { name: /disturbed.*a link is cut/ })).toBeTruthy();
    cleanup();
    const ofNodes = (actor: Actor) => (actor.kind === 'bus' ? null : source.placeOf(actor));
    render(MachineTab, { props: { ...props, placeOf: ofNodes } });
    expect(screen.queryByRole('button', { name: 'network' })).toBeNull();
  });
});

describe('what a node believes, and why', () => {
  test('a report is a button that picks it, with the message that carried it', async () => {
    const session = sessionAt(stepOf('report.add'));
    const note = source.notes().find(({ event }) => event === 'report.add')!;
    if (note.event !== 'report.add') throw new Error('not a report');
    const onpick = vi.fn();
    const node = nodeIn(session, note.at);
    render(TableTab, { props: { session, node, onnode: vi.fn(), onpick } });
    await fireEvent.click(screen.getByTitle(`Open the message in which ${note.by} said so`));
    const [picked] = onpick.mock.calls[0] as [{ message: number }];
    expect(picked).toMatchObject({ type: 'report', at: note.at, by: note.by, about: '8901' });
    const { message } = source.accountOf(picked.message)!;
    expect(source.frame.nodes.find(({ id }) => id === message.sender)!.name).toBe(note.by);
  });

  test('every vote with its answer', () => {
    const session = sessionAt(stepOf('promote'));
    const { candidate } = session.frame.elections.at(-1)!;
    const node = nodeIn(session, candidate);
    render(TableTab, { props: { session, node, onnode: vi.fn(), onpick: vi.fn() } });
    expect(screen.getAllByText('votes for it')).toHaveLength(2);
    expect(screen.getByText('2 of 2 needed, won')).toBeTruthy();
  });

  test('in a large cluster those in good standing are folded', async () => {
    const large = new SimulatedSource({ ...DEFAULT_SCENE, masters: 9, replicasPerMaster: 1 });
    large.seekTime(16_000);
    const session = liveSession(large);
    const node = session.frame.nodes[0]!;
    render(TableTab, { props: { session, node, onnode: vi.fn(), onpick: vi.fn() } });
    expect(screen.getAllByRole('row')).toHaveLength(2);
    await fireEvent.click(screen.getByText('17 nodes in good standing, folded'));
    expect(screen.getAllByRole('row')).toHaveLength(19);
  });
});

test('a terminal that waits for a frozen node says why, and what becomes of the next command', () => {
  const frozen = new SimulatedSource(DEFAULT_SCENE);
  frozen.seekTime(8_000);
  frozen.act({ type: 'freeze', node: '8901' });
  frozen.act({ type: 'command', client: 'c1', node: '8901', argv: ['PING'], follow: false });
  frozen.seekTime(9_000);
  render(TerminalTab, {
    ...{
      notes: frozen.notes(),
      cursorStep: frozen.cursor.step,
      atMs: 9_000,
      inputs: frozen.inputs,
    },
    ...{ nodes: frozen.frame.nodes, client: frozen.frame.clients[0]!, firstNode: '8901' },
    ...{ isPast: false, addressOf: (_: string, node: string) => `127.0.0.1:${node}` },
    ...{ memory: new TerminalMemory(), onseek: () => undefined },
  });
  expect(screen.getByText('waiting for 8901 …')).toBeTruthy();
  expect(screen.getByText(/^8901 is frozen: it answers once it wakes\./)).toBeTruthy();
});

describe('the line of the terminal', () => {
  function show() {
    const memory = new TerminalMemory();
    const online = vi.fn((line: string) => memory.keep(line));
    render(TerminalPrompt, {
      props: {
        ...{ prompt: '127.0.0.1:8901>', memory, nodes: ['8901', '8902'], keys: ['name'] },
        ...{ problem: null, online, onedit: vi.fn(), oninterrupt: vi.fn() },
      },
    });
    const line = screen.getByRole<HTMLInputElement>('textbox', { name: /127\.0\.0\.1:8901>/ });
    const type = (value: string) => fireEvent.input(line, { target: { value } });
    const key = (key: string) => fireEvent.keyDown(line, { key });
    return { line, online, type, key };
  }

  test('Tab completes what is unique, and lists what is not', async () => {
    const { line, type, key } = show();
    await type('CLUSTER KEYSL');
    await key('Tab');
    expect(line.value).toBe('CLUSTER KEYSLOT ');
    await type('CLUSTER S');
    await key('Tab');
    expect(
      within(screen.getByRole('list', { name: 'Completions' })).getByText('SLOTS'),
    ).toBeTruthy();
    expect(line.value).toBe('CLUSTER S');
    await key('Tab');
    expect(line.value).toBe('CLUSTER SLOTS');
  });

  test('after Escape, Tab leaves the line', async () => {
    const { type, key } = show();
    await type('CLUSTER KEYSL');
    await key('Escape');
    expect(await key('Tab')).toBe(true);
  });

  test('the arrows bring back what was typed', async () => {
    const { line, online, type, key } = show();
    for (const text of ['PING', 'GET name']) {
      await type(text);
      await fireEvent.submit(line.form!);
    }
    expect(online).toHaveBeenCalledTimes(2);
    expect(line.value).toBe('');
    await key('ArrowUp');
    await key('ArrowUp');
    expect(line.value).toBe('PING');
    await key('ArrowDown');
    expect(line.value).toBe('GET name');
  });
});
