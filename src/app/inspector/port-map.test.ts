import { expect, test } from 'vitest';
import { DEFAULT_SCENE, type Scene } from '../../kernel/scene';
import { SimulatedSource } from '../../timeline/simulated-source';
import type { TimedInput } from '../../kernel/inputs';
import { portMapOf } from './port-map';

const containers: Scene = {
  ...DEFAULT_SCENE,
  replicasPerMaster: 0,
  network: {
    hostIp: '203.0.113.10',
    bridgeIp: '172.17.0.1',
    firstContainerIp: '172.17.0.5',
    publishedPorts: [8901, 8902, 8903],
    outside: ['c2'],
  },
};
const open: TimedInput = { atMs: 9_000, input: { type: 'open', first: 18_902, last: 18_902 } };
const announce: TimedInput = {
  atMs: 10_000,
  input: {
    ...{ type: 'command', node: '8902', client: 'c1', follow: false },
    argv: ['CONFIG', 'SET', 'cluster-announce-ip', '203.0.113.10'],
  },
};

function rowAt(atMs: number, inputs: readonly TimedInput[] = []) {
  const source = new SimulatedSource({ ...containers, inputs });
  source.seekTime(atMs);
  const { frame } = source;
  return portMapOf(source.scene, frame, inputs, frame.nodes[0]!)!.rows[1];
}

test('a plain scene has no map of ports', () => {
  const { frame } = new SimulatedSource(DEFAULT_SCENE);
  expect(portMapOf(DEFAULT_SCENE, frame, [], frame.nodes[0]!)).toBeNull();
});

test('peers reach each other on the bridge; a client elsewhere hears nothing from there', () => {
  expect(rowAt(8_000)).toEqual({
    node: '8902',
    container: '172.17.0.6',
    data: { port: 8902, isPublished: true },
    bus: { port: 18_902, isPublished: false },
    told: '172.17.0.6:8902@18902',
    peerWay: 'reaches',
    clientWay: 'silence',
  });
});

test('announced at the host with the bus port shut: the client gets there, peers are refused', () => {
  expect(rowAt(14_000, [announce])).toMatchObject({
    told: '203.0.113.10:8902@18902',
    peerWay: 'refused',
    clientWay: 'reaches',
  });
});

test('and once the port is published, both', () => {
  expect(rowAt(14_000, [open, announce])).toMatchObject({
    bus: { isPublished: true },
    peerWay: 'reaches',
    clientWay: 'reaches',
  });
});
