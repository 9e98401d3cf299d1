import { expect, test } from 'vitest';
import { whatIsAllowed } from './allowed';

const COMMANDS = ['GET', 'SET', 'CLUSTER NODES', 'CLUSTER INFO'];

test('a command nobody passes on: the others, each once', () => {
  expect(whatIsAllowed(['config', 'GET', 'dir'], COMMANDS)).toEqual({
    said: 'CONFIG',
    allowed: ['GET', 'SET', 'CLUSTER'],
  });
});

test('a subcommand nobody passes on: its neighbours', () => {
  expect(whatIsAllowed(['cluster', 'flushslots'], COMMANDS)).toEqual({
    said: 'CLUSTER FLUSHSLOTS',
    allowed: ['CLUSTER NODES', 'CLUSTER INFO'],
  });
});
