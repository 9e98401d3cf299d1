import { expect, test } from 'vitest';
import { movedFrame } from '../fixtures';
import { foldedLines, labelBox } from './client-texts';
import { exchangePictures, mapArcs, newestEntry } from './client-picture';
import { activeClient, talkNeedle } from './talk';
import { distancePx } from './polar';
import { stageGeometry } from './stage-geometry';

const box = { width: 856, height: 558, insetTop: 0, hasClient: true, hasTally: false };
const frame = movedFrame();
const client = frame.clients[0]!;
const { clientBox, places } = stageGeometry(frame, null, box);
const at = (atMs: number) => exchangePictures(client, { box: clientBox!, places, atMs });

test('client: exchanges are numbered, begin when sent and fly until delivered', () => {
  expect(at(2_000)).toHaveLength(0);
  expect(at(2_019).map(({ number, isFlying }) => [number, isFlying])).toEqual([
    [1, false],
    [2, false],
    [3, true],
  ]);
  expect(at(2_019)[2]!.at).toBeCloseTo(0.5);
});

test('client: a command ends at its node’s edge, a redirect names slot and address', () => {
  const [command, reply] = at(2_019);
  const node = places.get('8903')!;
  expect(distancePx(command!.chord.to, node)).toBeCloseTo(node.radius + 5);
  expect(reply!.lines).toEqual(['MOVED 5798', '127.0.0.1:8902']);
});

test('client: the map shows one slot wide enough to be seen, and names the newest entry', () => {
  expect(mapArcs(client, 43)).toHaveLength(1);
  expect(newestEntry(client)?.node).toBe('8902');
  expect(newestEntry({ ...client, slotMap: [] })).toBeNull();
});

test('client: replicas leave its side free', () => {
  for (const place of places.values()) {
    if (!place.around) continue;
    expect(place.x).toBeGreaterThan(clientBox!.x + clientBox!.width + 40);
  }
});

test('client: replies come in one below the other, in the order of their nodes', () => {
  const answer = { ...client.exchanges[1]!, id: 4, node: '8902', redirect: null, text: '"x"' };
  const exchanges = [...client.exchanges, { ...answer, sentAtMs: 2_030, deliverAtMs: 2_034 }];
  const pictures = exchangePictures(
    { ...client, exchanges },
    { box: clientBox!, places, atMs: 2_040 },
  );
  const [upper, lower] = pictures.filter(({ direction }) => direction === 'reply');
  expect(lower!.chord.to.y - upper!.chord.to.y).toBeGreaterThan(60);
  expect(Math.abs(lower!.label.y - upper!.label.y)).toBeGreaterThan(40);
});

test('client: a long command does not begin beyond the stage', () => {
  const said = { ...client.exchanges[0]!, node: '8906', text: 'REPLICAOF 127.0.0.1 8901' };
  const [one] = exchangePictures(
    { ...client, exchanges: [said] },
    { box: clientBox!, places, atMs: 9_000 },
  );
  const leftPx = one!.label.x - 7.6 * one!.lines[0]!.length;
  expect(leftPx).toBeGreaterThanOrEqual(clientBox!.x - 23);
});

test('client: a list is one short text', () => {
  const text = '1) "message"\n2) "news"\n3) "hello"';
  const push = { ...client.exchanges[1]!, redirect: null, text };
  const one = (exchange: typeof push) =>
    exchangePictures({ ...client, exchanges: [exchange] }, { box: clientBox!, places, atMs: 9_000 })
      .map(({ lines }) => lines.join(' / '))
      .join();
  expect(one(push)).toBe('message news / hello');
  expect(one({ ...push, text: '1) "subscribe"\n2) "n"\n3) (integer) 1' })).toBe('subscribe n 1');
  expect(one({ ...push, text: `"${'x'.repeat(30)}"` })).toHaveLength(17);
});

test('client: a text that is too long goes on below and ends after a word, off the ring', () => {
  const said = (node: string, direction: 'command' | 'reply', text: string) => {
    const exchange = { ...client.exchanges[0]!, node, direction, redirect: null, text };
    return exchangePictures(
      { ...client, exchanges: [exchange] },
      { box: clientBox!, places, atMs: 9_000 },
    )[0]!;
  };
  const text = "CROSSSLOT Keys in request don't hash to the same slot";
  const reply = said('8901', 'reply', text);
  expect(reply.lines).toEqual(['CROSSSLOT Keys in', "request don't…"]);
  const { right, top } = labelBox(reply);
  expect(Math.hypot(right, top)).toBeGreaterThan(
    Math.hypot(places.get('8901')!.x, places.get('8901')!.y) + 10,
  );
  const command = said('8902', 'command', 'MIGRATE 127.0.0.1 8904 "" 0 5000 KEYS name');
  expect(command.lines).toEqual(['MIGRATE 127.0.0.1…']);
});

test('client: what flies keeps beside the disc it goes to', () => {
  const { x, radius } = places.get('8901')!;
  const long = { ...client.exchanges[0]!, node: '8901', text: 'SET name zhangsan' };
  for (const share of [0.5, 0.8, 1]) {
    const atMs = long.sentAtMs + share * (long.deliverAtMs - long.sentAtMs) - 0.01;
    const [one] = exchangePictures(
      { ...client, exchanges: [long] },
      { box: clientBox!, places, atMs },
    );
    expect(one!.pill.x + one!.pillWidth / 2).toBeLessThan(x - radius);
  }
});

test('client: what sets out keeps off the figure it comes from', () => {
  const { y: top, height } = clientBox!;
  for (const node of ['8903', '8902']) {
    const said = { ...client.exchanges[0]!, node, text: 'SET name zhangsan' };
    const atMs = said.sentAtMs + 0.1 * (said.deliverAtMs - said.sentAtMs);
    const [one] = exchangePictures(
      { ...client, exchanges: [said] },
      { box: clientBox!, places, atMs },
    );
    const isOff = one!.pill.y + 12 < top || one!.pill.y - 12 > top + height;
    expect(isOff).toBe(true);
  }
});

test('client: a long address of a redirect goes on below, off the ring', () => {
  const moved = { ...client.exchanges[1]!, node: '8901', text: 'MOVED 5798 203.0.113.110:18902' };
  const [one] = exchangePictures(
    { ...client, exchanges: [moved] },
    { box: clientBox!, places, atMs: 9_000 },
  );
  expect(one!.lines).toEqual(['MOVED 5798', '203.0.113.110', ':18902']);
});

test('client: two texts in one place are one text, the newer', () => {
  const again = (number: number) => ({
    ...client.exchanges[0]!,
    id: 20 + number,
    text: `GET ${number}`,
  });
  const pictures = exchangePictures(
    { ...client, exchanges: [again(1), again(2)] },
    { box: clientBox!, places, atMs: 9_000 },
  );
  expect(pictures.map(({ lines }) => lines.length)).toEqual([0, 1]);
});

test('client: of several, the one that spoke last is drawn', () => {
  const silent = { ...client, name: 'c2', exchanges: [] };
  const later = client.exchanges.map((e) => ({ ...e, sentAtMs: e.sentAtMs + 50 }));
  const eager = { ...client, name: 'c3', exchanges: later };
  expect(activeClient([silent, client, eager], 2_019)?.name).toBe('client');
  expect(activeClient([silent, client, eager], 2_100)?.name).toBe('c3');
  expect(activeClient([silent], 2_100)?.name).toBe('c2');
});

test('client: a conversation pales when nothing more is said, and is put away', () => {
  const strengths = [2_021, 4_500, 7_000].map((atMs) => at(atMs)[0]!.strength);
  expect(strengths[0]).toBe(1);
  expect(strengths[1]).toBeLessThan(1);
  expect(strengths[2]).toBeCloseTo(0.4);
  expect(at(15_000)).toEqual([]);
});

test('client: the needle points at the slot it was just redirected for, and no longer', () => {
  expect(talkNeedle(frame.clients, 2_006)).toBeNull();
  expect(talkNeedle(frame.clients, 2_019)).toEqual({ slot: 5798, label: 'name' });
  expect(talkNeedle(frame.clients, 9_000)).toBeNull();
});

test('client: where a note of the stage stands, no text is written; its arrow and number stay', () => {
  const note = labelBox(at(2_019)[0]!);
  const shown = exchangePictures(client, {
    ...{ box: clientBox!, places, atMs: 2_019, notes: [note] },
  });
  expect(shown.map(({ lines }) => lines.length > 0)).toEqual([false, true, true]);
});

test('client: on a phone a long command is folded between words', () => {
  const fold = (text: string) => foldedLines({ number: 12, lines: [text] });
  expect(fold('GET name')).toEqual(['12  GET name']);
  expect(fold('CLUSTER BUMPEPOCH now')).toEqual(['12  CLUSTER', 'BUMPEPOCH now']);
});

test('client: on a phone no number lies on another or on a disc, whichever nodes it talks to', () => {
  const phone = stageGeometry(frame, null, { ...box, width: 390, height: 346 });
  const words = (nodes: string[]) =>
    nodes.flatMap((node, i) =>
      (['command', 'reply'] as const).map((direction, j) => ({
        ...{ ...client.exchanges[0]!, id: 30 + 2 * i + j, node, direction, redirect: null },
        ...{ sentAtMs: 2_030 + 2 * i + j, deliverAtMs: 2_031 + 2 * i + j },
      })),
    );
  const drawn = (nodes: string[]) =>
    exchangePictures(
      { ...client, exchanges: words(nodes) },
      { box: phone.clientBox!, places: phone.places, atMs: 2_040 },
    );
  const close = [...places.keys()].flatMap((a) =>
    [...places.keys()].filter((b) => {
      const badges = drawn([a, b]).map(({ badge }) => badge);
      return badges.some((one, i) => badges.slice(0, i).some((two) => distancePx(one, two) < 23));
    }),
  );
  expect(close).toEqual([]);
  const discs = [...phone.places.values()];
  for (const { badge } of [...places.keys()].flatMap((name) => drawn([name]))) {
    expect(Math.min(...discs.map((disc) => distancePx(badge, disc) - disc.radius))).toBeGreaterThan(
      10,
    );
  }
  expect(drawn(['8902', '8902']).map(({ number }) => number)).toEqual([3, 4]);
});

test('client: a second answer from below comes in above the first, which stays where it was', () => {
  const answer = (id: number) => ({
    ...client.exchanges[1]!,
    ...{ id, node: '8902', redirect: null, text: 'OK', sentAtMs: 2_030 + id },
    deliverAtMs: 2_031 + id,
  });
  const drawn = (ids: number[]) =>
    exchangePictures(
      { ...client, exchanges: ids.map(answer) },
      { box: clientBox!, places, atMs: 2_060 },
    );
  const [alone] = drawn([4]);
  const [older, newer] = drawn([4, 5]);
  expect(older!.chord.to).toEqual(alone!.chord.to);
  expect(newer!.chord.to.y).toBeLessThan(older!.chord.to.y - 60);
});
