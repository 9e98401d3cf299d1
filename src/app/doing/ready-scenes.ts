/**
 * The ready scenes of the sandbox: each is an address like any other. What they show is tested;
 * what is worth trying in them stands among the words.
 */
import { BARE_SANDBOX, type SandboxPlace } from '../links/place';

const SLOW_LINKS = ['8902', '8903', '8904', '8905', '8906'];
/** Replicas first, as it is done. */
const RESTARTS = ['8904', '8905', '8906', '8901', '8902', '8903'];

/** By name; what is left out is as in the plainest sandbox. */
export const READY_SCENES = {
  pairs: scene({}),
  three: scene({ replicas: 0 }),
  five: scene({ masters: 5 }),
  twoReplicas: scene({ replicas: 2 }),
  thirty: scene({ masters: 15 }),
  crowd: scene({ masters: 60 }),
  split: scene({
    deeds: ['at 9s write 5/s for 60s', 'at 12s partition 8901,8905,8906 | rest'],
    atMs: 13_000,
  }),
  halfMoved: scene({
    deeds: [
      'at 7s cli 8902 SET {name}:first zhang',
      'at 7.5s cli 8902 SET {name}:last san',
      'at 8s cli 8903 CLUSTER SETSLOT 5798 IMPORTING @8902',
      'at 8.5s cli 8902 CLUSTER SETSLOT 5798 MIGRATING @8903',
      'at 9s cli 8902 MIGRATE 127.0.0.1 8903 {name}:first 0 5000',
    ],
    atMs: 10_000,
  }),
  rolling: scene({
    deeds: RESTARTS.flatMap((node, i) => [
      `at ${10 + 6 * i}s kill ${node}`,
      `at ${12 + 6 * i}s restart ${node}`,
    ]),
    atMs: 29_000,
  }),
  slowHost: scene({
    deeds: SLOW_LINKS.map((node) => `at 8s delay 8901-${node} 1000ms`),
    atMs: 20_000,
  }),
} as const satisfies Readonly<Record<string, SandboxPlace>>;

export type ReadyScene = keyof typeof READY_SCENES;
export const READY_SCENE_IDS = Object.keys(READY_SCENES) as readonly ReadyScene[];

function scene(of: Partial<SandboxPlace>): SandboxPlace {
  return { ...BARE_SANDBOX, ...of };
}

/** The ready scene a place began as, whatever was done in it since; null for any other cluster. */
export function readySceneAt(place: SandboxPlace): ReadyScene | null {
  const began = READY_SCENE_IDS.filter((id) => isSameCluster(READY_SCENES[id], place));
  return began.toSorted((a, b) => deedsOf(b).length - deedsOf(a).length)[0] ?? null;
}

const deedsOf = (id: ReadyScene) => READY_SCENES[id].deeds;

function isSameCluster(ready: SandboxPlace, place: SandboxPlace): boolean {
  const knobs = ['masters', 'replicas', 'timeoutMs', 'seed'] as const;
  const isPlain = !place.spare && place.switches === undefined && place.scene === undefined;
  return (
    isPlain &&
    knobs.every((knob) => ready[knob] === place[knob]) &&
    ready.deeds.every((deed, i) => place.deeds[i] === deed)
  );
}
