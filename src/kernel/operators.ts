/**
 * Runs of redis-cli in cluster mode: how one begins, and which one a typed line is for.
 */
import { clientOfRun } from '../redis-cli/cli-turn';
import type { CliSnapshot } from '../redis-cli/cli-state';
import { cliStepper, newCli } from '../redis-cli/redis-cli.machine';
import { PEER_IP } from '../protocol/ip-address';
import { networkOf } from './dial';
import { createdNames, type Scene } from './scene';
import type { World } from './world';

/** Every run so far, by the name its connections go by. */
export type Operators = Readonly<Record<string, CliSnapshot>>;

/** The command line that makes a scene's cluster at 0 s. */
export function createArgv(scene: Scene): string[] {
  const ips = networkOf(scene)?.containerIps;
  const nodes = createdNames(scene).map((name) => `${ips?.[name] ?? PEER_IP}:${name}`);
  const replicas = String(scene.replicasPerMaster);
  return ['--cluster', 'create', ...nodes, '--cluster-replicas', replicas, '--cluster-yes'];
}

/** The runs with one more, which has not begun yet. */
export function withRun(
  operators: Operators,
  start: {
    readonly seed: number;
    readonly argv: readonly string[];
    readonly answers: readonly string[];
  },
): { readonly operators: Operators; readonly client: string } {
  const run = Object.keys(operators).length + 1;
  const client = clientOfRun(run);
  const snapshot = cliStepper.start(newCli({ run, ...start }));
  return { operators: { ...operators, [client]: snapshot }, client };
}

/** `@8901` as the id of that node, at the beginning of a word or after a comma. */
export function withNodeIds({ nodes }: World, argv: readonly string[]): string[] {
  return argv.map((word) =>
    word.replace(/(^|,)@(\d+)/g, (text, comma: string, name: string) => {
      const node = nodes.get(name);
      return node ? comma + node.context.myId : text;
    }),
  );
}

/** What a person has typed at a client: in a CLUSTER command `@8901` is the id of that node. */
export function typedWords(world: World, argv: readonly string[]): readonly string[] {
  return argv[0]?.toUpperCase() === 'CLUSTER' ? withNodeIds(world, argv) : argv;
}

/** The run that a typed line is for: the newest that asks, else the newest that has not ended. */
export function runToAnswer(world: World): string | null {
  const running = runningOf(world);
  const asking = running.filter((client) => world.operators[client]!.value === 'asking');
  return asking.at(-1) ?? running.at(-1) ?? null;
}

/** The newest run that has not ended. */
export const newestRun = (world: World): string | null => runningOf(world).at(-1) ?? null;

/** The runs that have not ended, oldest first. */
export const runningOf = ({ operators }: World): string[] =>
  Object.keys(operators).filter((client) => operators[client]!.value !== 'exited');
