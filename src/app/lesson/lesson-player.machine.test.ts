import { expect, test } from 'vitest';
import { createActor } from 'xstate';
import { lessonPlayerMachine, type PlayerEvent, type StepNeeds } from './lesson-player.machine';

const plain: StepNeeds = { asks: false, hasTask: false };
const asks: StepNeeds = { asks: true, hasTask: false };
const task: StepNeeds = { asks: false, hasTask: true };
const both: StepNeeds = { asks: true, hasTask: true };

test.each([
  ['a step to read', plain, ['ENTERED'], 'reading'],
  ['a question waits', asks, ['ENTERED'], 'asking'],
  ['nothing but an answer leads on', asks, ['ENTERED', 'SHOWN', 'REACHED', 'ENTERED'], 'asking'],
  ['the outcome plays', asks, ['ENTERED', 'ANSWER'], 'showing'],
  ['also without an answer', asks, ['ENTERED', 'SKIP'], 'showing'],
  ['the verdict', asks, ['ENTERED', 'ANSWER', 'SHOWN'], 'shown'],
  ['an answer is given once', asks, ['ENTERED', 'ANSWER', 'SHOWN', 'ANSWER'], 'shown'],
  ['a task', task, ['ENTERED'], 'doing'],
  ['a task reached', task, ['ENTERED', 'REACHED'], 'done'],
  ['a question, then a task', both, ['ENTERED', 'ANSWER', 'SHOWN'], 'doing'],
] as [string, StepNeeds, Exclude<PlayerEvent['type'], 'GO'>[], string][])(
  'lesson player: %s',
  (_name, needs, types, phase) => {
    const actor = createActor(lessonPlayerMachine).start();
    actor.send({ type: 'GO', index: 3, needs });
    for (const type of types) actor.send({ type });
    expect(actor.getSnapshot().value).toBe(phase);
    expect(actor.getSnapshot().context.index).toBe(3);
    actor.send({ type: 'GO', index: 4, needs: plain });
    expect(actor.getSnapshot().value).toBe('entering');
  },
);
