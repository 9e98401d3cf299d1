/**
 * One command from one client: look it up, route it, queue it or run it.
 * Source: processCommand, rejectCommand, call, src/server.c; resetClient, src/networking.c.
 */
import { isReplica } from '../cluster-state';
import { propagatePending } from '../slots/database';
import { isConnection } from '../effects';
import { hasEnoughReplicas } from '../failover/good-replicas';
import { err, type Reply } from '../reply';
import { isSubscribed } from '../messages/pubsub';
import { redirectFor } from '../slots/routing';
import {
  editSession,
  endTransaction,
  sessionOf,
  spoilTransaction,
  type Session,
  type WaitingCommand,
} from '../sessions';
import type { Turn } from '../turn';
import { touchWatched } from '../slots/watch';
import { isBlocked, letWait, mustWait } from '../failover/write-pause';
import type { CommandSpec } from './command';
import { lookupCommand } from './command-table';

const QUEUED: Reply = { type: 'status', text: 'QUEUED' };
const READ_ONLY: Reply = {
  type: 'error',
  text: "READONLY You can't write against a read only replica.",
};
const NO_REPLICAS: Reply = {
  type: 'error',
  text: 'NOREPLICAS Not enough good replicas to write.',
};
/**
 * Simplified: MIGRATE inside a transaction is refused; redis-server runs it, and blocks.
 */
const NO_MIGRATE: Reply = {
  type: 'error',
  text: 'ERR MIGRATE inside MULTI is not simulated: found it among queued commands, run it after EXEC',
};

/**
 * The reply to `argv`, or null if it comes later; the turn holds what the command changed.
 */
export function processCommand(turn: Turn, call: WaitingCommand): Reply | null {
  // A process that migrates keys reads nothing else; this one was already read, and waits.
  if (turn.state.migration || isBlocked(turn, call.client)) return letWait(turn, call);
  const { waiting, keys } = turn.state;
  const reply = answer(turn, call);
  if (turn.state.waiting !== waiting) return null;
  touchWatched(turn, keys);
  propagatePending(turn);
  const name = call.argv[0]?.toUpperCase();
  const { asking, queued } = sessionOf(turn.state, call.client);
  // ASKING is for the next command, or for all up to EXEC.
  if (asking && queued === null && name !== 'ASKING') {
    editSession(turn, call.client, { asking: false });
  }
  return reply;
}

function answer(turn: Turn, call: WaitingCommand): Reply | null {
  const found = lookupCommand(call.argv);
  if (found.error) return reject(turn, call, found.error);
  const { spec } = found;
  const session = sessionOf(turn.state, call.client);
  const writes = spec.isWrite || queuedSpecs(session, call).some((one) => one.isWrite);
  const redirect = redirectCommand(turn, call, { spec, session, writes });
  if (redirect) {
    if (isExec(call)) endTransaction(turn, call.client);
    else spoilTransaction(turn, call.client);
    return redirect;
  }
  if (writes && !hasEnoughReplicas(turn.state)) return reject(turn, call, NO_REPLICAS);
  if (writes && isReplica(turn.me)) return reject(turn, call, READ_ONLY);
  if (isSubscribed(session) && !spec.isForSubscribers)
    return reject(turn, call, onlyPubsub(call, spec));
  if (mustWait(turn, mayReplicate(spec, session, call))) return letWait(turn, call);
  if (session.queued === null || spec.isNeverQueued) {
    const reply = spec.run(turn, { ...call, args: call.argv.slice(1) });
    propagatePending(turn);
    rememberOffset(turn, call.client);
    return reply;
  }
  if (isMigrate(call)) return reject(turn, call, NO_MIGRATE);
  if (!session.spoilt && !session.touched)
    editSession(turn, call.client, { queued: [...session.queued, call.argv] });
  return QUEUED;
}

/** What a WAIT of this client will wait for. Source: the end of processCommand. */
function rememberOffset(turn: Turn, client: string): void {
  const { offsetBytes } = turn.state.replication;
  if (isConnection(client) || sessionOf(turn.state, client).offsetBytes === offsetBytes) return;
  editSession(turn, client, { offsetBytes });
}

/** On a connection that listens to channels little else is allowed. Source: CLIENT_PUBSUB. */
function onlyPubsub({ argv }: WaitingCommand, { isContainer }: CommandSpec): Reply {
  const name = argv
    .slice(0, isContainer ? 2 : 1)
    .join('|')
    .toLowerCase();
  return err(
    `Can't execute '${name}': only (P|S)SUBSCRIBE / (P|S)UNSUBSCRIBE / PING / QUIT / RESET are ` +
      'allowed in this context',
  );
}

const isExec = ({ argv }: WaitingCommand): boolean => argv[0]?.toUpperCase() === 'EXEC';
const isMigrate = ({ argv }: WaitingCommand): boolean => argv[0]?.toUpperCase() === 'MIGRATE';

/** What an EXEC would run; nothing for any other command. */
function queuedSpecs(session: Session, call: WaitingCommand): CommandSpec[] {
  if (!isExec(call)) return [];
  return (session.queued ?? []).flatMap((argv) => {
    const found = lookupCommand(argv);
    return found.error ? [] : [found.spec];
  });
}

const mayReplicate = (spec: CommandSpec, session: Session, call: WaitingCommand): boolean =>
  [spec, ...queuedSpecs(session, call)].some((one) => one.isWrite || one.mayReplicate === true);

/** For EXEC, the keys of everything queued are looked at together. */
function redirectCommand(
  turn: Turn,
  call: WaitingCommand,
  { spec, session, writes }: { spec: CommandSpec; session: Session; writes: boolean },
): Reply | null {
  const queued = isExec(call) ? (session.queued ?? []) : [];
  return redirectFor(turn.state, {
    keys: [call.argv, ...queued].flatMap((argv) => keysOf(argv)),
    isWrite: spec.isWrite,
    writes,
    asking: session.asking || spec.needsNoAsking === true,
    readonlyClient: session.readonly,
    isShardChannel: spec.isShardChannel === true,
    isMigrate: isMigrate(call),
    nowMs: turn.nowMs,
  });
}

function keysOf(argv: readonly string[]): readonly string[] {
  const found = lookupCommand(argv);
  return found.error ? [] : found.spec.keys(argv.slice(1));
}

/** A command that is not even queued: EXEC will refuse, or has just been refused. */
function reject(turn: Turn, call: WaitingCommand, error: Reply): Reply {
  if (!isExec(call)) {
    spoilTransaction(turn, call.client);
    return error;
  }
  endTransaction(turn, call.client);
  const why = error.type === 'error' ? error.text.replace(/^ERR /, '') : '';
  return { type: 'error', text: `EXECABORT Transaction discarded because of: ${why}` };
}
