import { beforeAll, describe, expect, test } from 'vitest';
import { DEFAULT_SCENE, type Scene } from '../../kernel/scene';
import type { RecordedNote } from '../../protocol/notes';
import { SimulatedSource } from '../../timeline/simulated-source';
import { ballotsOf, carrierOf, originOf } from './evidence';

const failing: Scene = {
  ...DEFAULT_SCENE,
  inputs: [{ atMs: 8_000, input: { type: 'kill', node: '8901' } }],
};
let source: SimulatedSource;
beforeAll(() => {
  source = new SimulatedSource(failing);
  source.seekTime(24_000);
});

type Note<E extends RecordedNote['event']> = RecordedNote & { event: E };
function noteOf<E extends RecordedNote['event']>(event: E, flag = ''): Note<E> {
  const found = source
    .notes()
    .find(
      (note) => note.event === event && (flag === '' || ('flag' in note && note.flag === flag)),
    );
  return found as Note<E>;
}
const typeOf = (id: number | null) =>
  source.messages(0, 24_000).find((message) => message.id === id)!.type;

describe('a verdict and where it comes from', () => {
  test('PFAIL is the node’s own: nothing was read', () => {
    const { at, about, step, atMs } = noteOf('flag.set', 'pfail');
    expect(originOf(source.notes(), at, about, step)).toEqual({
      ...{ flag: 'pfail', step, atMs, read: null },
    });
  });

  test('FAIL by hearsay names the FAIL message and its sender', () => {
    const first = noteOf('flag.set', 'fail');
    const told = source
      .notes()
      .find((note) => note.event === 'flag.set' && note.flag === 'fail' && note.at !== first.at);
    if (told?.event !== 'flag.set') throw new Error('nobody was told');
    const origin = originOf(source.notes(), told.at, told.about, told.step);
    expect(origin).toMatchObject({ read: { type: 'FAIL', from: first.at } });
  });

  test('before it there was nothing', () => {
    const { at, about, step } = noteOf('flag.set', 'pfail');
    expect(originOf(source.notes(), at, about, step - 1)).toBeNull();
  });
});

test('a report: the heartbeat that carried it, with the rumour in it', () => {
  const { at, by, about, step } = noteOf('report.add');
  source.seekStep(step);
  const keeper = source.frame.nodes.find(({ name }) => name === at)!;
  const [report] = keeper.view.rows.find(({ name }) => name === about)!.failReports;
  const id = carrierOf(source.notes(), at, report!);
  const message = source.messages(0, 24_000).find((one) => one.id === id)!;
  expect(message).toMatchObject({ from: by, to: at });
  expect(message.rumours).toContainEqual({ about, flag: 'pfail' });
});

test('a vote: the request it answers, and the vote itself', () => {
  const { by, to, step } = noteOf('vote.grant');
  // The vote may wait a moment for the connection: by the end it has left.
  const end = noteOf('promote').step;
  source.seekStep(end);
  const election = source.frame.elections.find(({ candidate }) => candidate === to)!;
  const ballots = ballotsOf(source.notes(), election, by, end);
  expect(ballots.step).toBe(step);
  expect(typeOf(ballots.request)).toBe('FAILOVER_AUTH_REQUEST');
  expect(typeOf(ballots.vote)).toBe('FAILOVER_AUTH_ACK');
});
