/**
 * The run machine of the transport: when the clock runs, when it stands. How far it moves is
 * playback.ts. paused: the clock stands. playing: it runs. toBeat: it runs to the next beat and
 * stops. seeking: one step is being shown; another press completes it at once and shows the next.
 */
import { assign, setup } from 'xstate';

export interface PlaybackContext {
  /** Virtual time over real time, 1/8 to 64. */
  readonly speed: number;
  /** The user chose the speed, so beats no longer slow it down. */
  readonly speedIsFixed: boolean;
  /** Play means “to the next beat”. */
  readonly byBeat: boolean;
}

export type PlaybackEvent =
  | { type: 'PLAY' | 'PAUSE' | 'TOGGLE' | 'STEP' | 'ARRIVED' | 'BEAT_REACHED' | 'BLOCKED' }
  | { type: 'SET_SPEED'; speed: number }
  | { type: 'SET_BY_BEAT' }
  | { type: 'RESET' };

const AT_FIRST: PlaybackContext = { speed: 1, speedIsFixed: false, byBeat: false };

export const playbackMachine = setup({
  types: { context: {} as PlaybackContext, events: {} as PlaybackEvent },
  guards: { playsByBeat: ({ context }) => context.byBeat },
  actions: {
    setSpeed: assign(({ event }) =>
      event.type === 'SET_SPEED' ? { speed: event.speed, speedIsFixed: true, byBeat: false } : {},
    ),
    setByBeat: assign({ byBeat: true }),
    reset: assign(AT_FIRST),
  },
}).createMachine({
  id: 'playback',
  context: AT_FIRST,
  initial: 'paused',
  on: {
    SET_SPEED: { actions: 'setSpeed' },
    SET_BY_BEAT: { actions: 'setByBeat' },
    RESET: { target: '.paused', actions: 'reset' },
  },
  states: {
    paused: {
      on: {
        PLAY: [{ guard: 'playsByBeat', target: 'toBeat' }, { target: 'playing' }],
        TOGGLE: [{ guard: 'playsByBeat', target: 'toBeat' }, { target: 'playing' }],
        STEP: 'seeking',
      },
    },
    playing: {
      on: {
        PAUSE: 'paused',
        TOGGLE: 'paused',
        BLOCKED: 'paused',
        STEP: 'seeking',
        SET_BY_BEAT: { target: 'toBeat', actions: 'setByBeat' },
      },
    },
    toBeat: {
      on: {
        PAUSE: 'paused',
        TOGGLE: 'paused',
        BLOCKED: 'paused',
        BEAT_REACHED: 'paused',
        STEP: 'seeking',
        SET_SPEED: { target: 'playing', actions: 'setSpeed' },
      },
    },
    seeking: {
      on: {
        ARRIVED: 'paused',
        PAUSE: 'paused',
        BLOCKED: 'paused',
        STEP: { target: 'seeking', reenter: true },
        PLAY: [{ guard: 'playsByBeat', target: 'toBeat' }, { target: 'playing' }],
        TOGGLE: [{ guard: 'playsByBeat', target: 'toBeat' }, { target: 'playing' }],
      },
    },
  },
});
