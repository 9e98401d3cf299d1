/**
 * Steps that many subcommands share: a command whose reply only has to be fine, printing, the exit.
 * Source: clusterManagerCheckRedisReply, confirmWithYes, src/redis-cli.c.
 */
import type { NodeRef } from './cli-state';
import type { CliTurn } from './cli-turn';
import type { Task, Tasks } from './task-list';

export interface CommandTasks {
  /** An error is printed; `must`: and is the end of what is being done. */
  command: { readonly node: NodeRef; readonly argv: readonly string[]; readonly must: boolean };
  'command-answered': { readonly node: NodeRef; readonly must: boolean };
  say: { readonly text: string };
  /** Exit code 0 when all was well, else 1. */
  'exit-as-it-went': object;
  exit: { readonly code: number };
  nothing: object;
  'all-of': { readonly tasks: readonly Task[] };
  fail: object;
  confirmed: { readonly yes: Task; readonly no: Task };
}

export const COMMAND_TASKS: Tasks<CommandTasks> = {
  command: (turn, { node, argv, must }) =>
    turn.send(node, argv, { do: 'command-answered', node, must }),
  'command-answered': (turn, { node, must }) => {
    if (!turn.isFine(node) && must) turn.fail();
  },
  say: (turn, { text }) => turn.say(text),
  'exit-as-it-went': (turn) => turn.exit(turn.state.ok ? 0 : 1),
  exit: (turn, { code }) => turn.exit(code),
  nothing: () => undefined,
  'all-of': (turn, { tasks }) => turn.do(...tasks),
  fail: (turn) => turn.fail(),
  confirmed: (turn, { yes, no }) => turn.do(saysYes(turn.state.answer) ? yes : no),
};

/** Asks a yes/no question; `--cluster-yes` answers it unless the tool insists on asking. */
export function confirm(
  turn: CliTurn,
  question: string,
  { insist, yes, no }: { readonly insist: boolean; readonly yes: Task; readonly no: Task },
): void {
  if (!insist && turn.has('--cluster-yes')) return turn.do(yes);
  turn.ask(`${question} (type 'yes' to accept): `, { do: 'confirmed', yes, no });
}

/** The tool reads three letters and looks no further. */
export const saysYes = (answer: string): boolean => answer.startsWith('yes');
