import { expect, test } from 'vitest';
import { SimulatedSource } from '../timeline/simulated-source';
import { DEFAULT_SCENE } from './scene';

test('a replica’s link is down since its master was lost, however often it is dialled', () => {
  const source = new SimulatedSource(DEFAULT_SCENE);
  source.seekTime(8_000);
  source.act({ type: 'kill', node: '8901' });
  const linkAt = (atMs: number) => {
    source.seekTime(atMs);
    return source.frame.nodes.find(({ name }) => name === '8904')!.view.replication;
  };
  const lost = linkAt(8_900);
  expect(lost.link).toBe('down');
  expect(lost.sinceMs).toBeLessThan(8_100);
  expect(linkAt(12_900)).toMatchObject({ link: 'down', sinceMs: lost.sinceMs });
});
