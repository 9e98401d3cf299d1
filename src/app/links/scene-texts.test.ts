/** A scene of any kind survives a link: its ports, its network, its beginning. */
import { describe, expect, test } from 'vitest';
import { DEFAULT_SCENE, type Scene } from '../../kernel/scene';
import { sandboxSource } from '../opening/sandbox-source';
import { SimulatedSource } from '../../timeline/simulated-source';
import { rangesOf, sceneOfTexts, textsOfScene } from './scene-texts';
import { BARE_SANDBOX, type SandboxPlace } from './place';
import { hashOf, placeOf } from './url';

const CONTAINERS: Scene = {
  ...DEFAULT_SCENE,
  start: 'empty',
  latencyMs: { min: 20, max: 30 },
  ports: [8900, 8903, 8901, 8904, 8902, 8905],
  copies: { 8905: '8904' },
  network: {
    hostIp: '203.0.113.10',
    bridgeIp: '172.17.0.1',
    firstContainerIp: '172.17.0.5',
    publishedPorts: [8900, 8901, 8902, 18_900],
    outside: ['c2'],
  },
};

const placed = (scene: Scene): SandboxPlace => ({
  ...BARE_SANDBOX,
  ...textsOfScene(scene),
  atMs: 0,
});

test('a plain scene says nothing more', () => {
  expect(textsOfScene(DEFAULT_SCENE)).toEqual({});
});

describe('containers behind one host, with ports of their own, which know nobody', () => {
  const hash = hashOf({ page: 'sandbox', ...placed(CONTAINERS) });

  test('the address can be read', () => {
    expect(decodeURIComponent(hash)).toContain(
      '&start=empty&latency=20-30&ports=8900,8903,8901,8904,8902,8905&copies=8905:8904' +
        '&host=203.0.113.10,172.17.0.1,172.17.0.5&published=8900-8902,18900&outside=c2',
    );
  });

  test('and leads back to the same scene', () => {
    const place = placeOf(hash, []);
    expect(place).toEqual({ page: 'sandbox', ...placed(CONTAINERS) });
    const source = sandboxSource(place as SandboxPlace, 'en');
    if (!(source instanceof SimulatedSource)) throw new Error(JSON.stringify(source));
    expect(source.scene).toEqual({ ...CONTAINERS, seed: BARE_SANDBOX.seed });
  });
});

test('ports in a row are told as a range', () => {
  expect(rangesOf([18_901, 8903, 8901, 8902])).toEqual(['8901-8903', '18901']);
});

test.each([
  [{ start: 'later' }, ['start']],
  [{ latency: '9-3' }, ['latency']],
  [{ ports: '8901,8901' }, ['ports']],
  [{ ports: '8901,8902' }, ['ports']],
  [{ copies: '8906' }, ['copies']],
  [{ host: '203.0.113.10' }, ['host']],
  [{ published: '8901' }, ['published']],
  [{ host: '1.2.3.4,1.2.3.5,1.2.3.6', published: 'all' }, ['host', 'published']],
])('%j: what says nothing is named', (scene, unread) => {
  expect(sceneOfTexts({ masters: 3, replicas: 1, scene })).toEqual({ scene: {}, unread });
});
