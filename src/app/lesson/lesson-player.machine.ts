/**
 * The run machine of a lesson: what one step waits for.
 * entering: its script plays. asking: the clock waits for a prediction. showing: the outcome plays.
 * shown: the verdict is on the page. doing: goals are watched. done, reading: on to the next step.
 */
import { assign, setup } from 'xstate';

export interface StepNeeds {
  readonly asks: boolean;
  readonly hasTask: boolean;
}

export type PlayerSignal = 'ENTERED' | 'ANSWER' | 'SKIP' | 'SHOWN' | 'REPLAY' | 'REACHED';
export type PlayerEvent = { type: 'GO'; index: number; needs: StepNeeds } | { type: PlayerSignal };

interface PlayerContext extends StepNeeds {
  readonly index: number;
}

export const lessonPlayerMachine = setup({
  types: { context: {} as PlayerContext, events: {} as PlayerEvent },
  guards: {
    asks: ({ context }) => context.asks,
    hasTask: ({ context }) => context.hasTask,
  },
  actions: {
    setStep: assign(({ event }) =>
      event.type === 'GO' ? { index: event.index, ...event.needs } : {},
    ),
  },
}).createMachine({
  id: 'lesson-player',
  context: { index: 0, asks: false, hasTask: false },
  initial: 'entering',
  on: { GO: { target: '.entering', actions: 'setStep' } },
  states: {
    entering: {
      on: {
        ENTERED: [
          { guard: 'asks', target: 'asking' },
          { guard: 'hasTask', target: 'doing' },
          { target: 'reading' },
        ],
      },
    },
    asking: { on: { ANSWER: 'showing', SKIP: 'showing' } },
    showing: {
      on: { SHOWN: [{ guard: 'hasTask', target: 'doing' }, { target: 'shown' }] },
    },
    shown: { on: { REPLAY: 'showing' } },
    doing: { on: { REACHED: 'done' } },
    done: {},
    reading: {},
  },
});
