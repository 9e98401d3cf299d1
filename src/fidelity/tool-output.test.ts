import { expect, test } from 'vitest';
import { canonicalToolOutput } from './tool-output';

test('redis-cli: nodes by address, no dots, no blank lines, nobody’s name in an offer', () => {
  const printed = [
    'Adding replica 127.0.0.1:8905 to 127.0.0.1:8901',
    'Waiting for the cluster to join',
    '..',
    '>>> Performing Cluster Check (using node 127.0.0.1:8901)',
    'S: <8904> 127.0.0.1:8904',
    '   slots: (0 slots) slave',
    '   replicates <8901>',
    'M: <8901> 127.0.0.1:8901',
    '   slots:[0-5460] (5461 slots) master',
    '[OK] All nodes agree about slots configuration.',
    '',
  ];
  expect(canonicalToolOutput(printed)).toEqual([
    'Adding replica <one> to 127.0.0.1:8901',
    'Waiting for the cluster to join',
    '>>> Performing Cluster Check (using node 127.0.0.1:8901)',
    'M: <8901> 127.0.0.1:8901',
    '   slots:[0-5460] (5461 slots) master',
    'S: <8904> 127.0.0.1:8904',
    '   slots: (0 slots) slave',
    '   replicates <8901>',
    '[OK] All nodes agree about slots configuration.',
  ]);
});
