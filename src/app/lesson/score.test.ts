import { expect, test } from 'vitest';
import type { Player } from '../player';
import { scoreOf } from './score';

const command = { input: { type: 'command', client: 'c1' } };
const answer = { input: { type: 'answer', text: 'yes' } };

function player(isOperators: boolean): Player {
  return {
    session: { isOperators, deeds: [command, command, answer] },
    step: { id: 'repair' },
    lesson: { ways: { repair: [{ type: 'input' }, { type: 'run-for', durationMs: 1 }] } },
  } as unknown as Player;
}

test('commands are counted, answers to them are not, and waiting costs nothing', () => {
  expect(scoreOf(player(true))).toEqual({ commands: 2, shortest: 1 });
});

test('only an operator’s commands are counted', () => {
  expect(scoreOf(player(false))).toBeNull();
});
