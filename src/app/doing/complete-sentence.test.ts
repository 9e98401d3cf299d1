import { describe, expect, test } from 'vitest';
import { completeSentence } from './complete-sentence';

const nodes = ['8901', '8902', '8903'];
const offered = (text: string) => completeSentence(text, { nodes, allow: null }).options;

describe('Tab in the line one writes deeds in', () => {
  test('offers the verbs that fit, and only those that are allowed', () => {
    expect(offered('fre')).toEqual(['freeze']);
    expect(offered('re')).toEqual(['restart', 'release', 'redis-cli']);
    expect(completeSentence('re', { nodes, allow: ['release'] }).options).toEqual(['release']);
  });

  test('offers a node once where one is meant', () => {
    expect(offered('freeze ')).toEqual(nodes);
    expect(offered('at 12s kill 890')).toEqual(nodes);
    expect(offered('freeze 8901 ')).toEqual([]);
  });

  test('offers the other end of a link, both ways or one', () => {
    expect(offered('cut 8901')).toEqual(['8901-8902', '8901-8903', '8901>8902', '8901>8903']);
    expect(offered('drop 8901>')).toEqual(['8901>8902', '8901>8903']);
  });

  test('offers what Redis takes after a node', () => {
    const { at, options } = completeSentence('8901 clus', { nodes, allow: null });
    expect(options).toContain('cluster');
    expect(at).toBe(5);
    expect(offered('8901 CLUSTER NOD')).toEqual(['NODES']);
    expect(offered('redis-cli --cluster che')).toEqual(['check']);
  });
});
