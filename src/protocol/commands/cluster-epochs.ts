/**
 * CLUSTER subcommands about epochs.
 * Source: clusterCommand (SET-CONFIG-EPOCH, BUMPEPOCH), src/cluster.c.
 */
import { err, OK, type Reply } from '../reply';
import { bumpConfigEpoch } from '../slots/slot-claims';
import type { Turn } from '../turn';
import { NOT_AN_INTEGER, parseInteger } from './command';
import type { Subcommands } from './subcommand';

export const EPOCH_SUBCOMMANDS: Subcommands = {
  'SET-CONFIG-EPOCH': { arity: 3, run: (turn, [epoch]) => setConfigEpoch(turn, epoch!) },
  BUMPEPOCH: { arity: 2, run: bumpEpoch },
};

function setConfigEpoch(turn: Turn, text: string): Reply {
  const wanted = parseInteger(text);
  if (wanted === null) return NOT_AN_INTEGER;
  const epoch = Number(wanted);
  const { state } = turn;
  if (epoch < 0) return err(`Invalid config epoch specified: ${wanted}`);
  if (state.nodes.length > 1) {
    return err(
      'The user can assign a config epoch only when the node does not know any other node.',
    );
  }
  if (turn.me.configEpoch !== 0) return err('Node config epoch is already non-zero');
  turn.edit(state.myId).configEpoch = epoch;
  state.currentEpoch = Math.max(state.currentEpoch, epoch);
  turn.log('warning', `configEpoch set to ${epoch} via CLUSTER SET-CONFIG-EPOCH`);
  turn.doBeforeSleep({ updateState: true, saveConfig: true });
  return OK;
}

function bumpEpoch(turn: Turn): Reply {
  const bumped = bumpConfigEpoch(turn);
  return { type: 'status', text: `${bumped ? 'BUMPED' : 'STILL'} ${turn.me.configEpoch}` };
}
