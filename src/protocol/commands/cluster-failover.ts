/**
 * CLUSTER FAILOVER [FORCE|TAKEOVER]: a replica is told to take its master's place.
 * Source: clusterCommand (FAILOVER), src/cluster.c.
 */
import { hasFailed, isMaster } from '../cluster-state';
import { replaceMaster } from '../failover/election';
import { beginManualFailover } from '../failover/manual-failover';
import type { ManualMode } from '../notes';
import { OK, err, type Reply } from '../reply';
import { sendManualStart } from '../messages/send';
import { bumpConfigEpoch } from '../slots/slot-claims';
import type { Turn } from '../turn';
import type { Subcommands } from './subcommand';

export const FAILOVER_SUBCOMMANDS: Subcommands = {
  FAILOVER: { arity: -2, most: 3, run: (turn, [word]) => failover(turn, word) },
};

const MODES: Readonly<Record<string, ManualMode>> = { FORCE: 'forced', TAKEOVER: 'takeover' };

/** OK means that it has begun; only TAKEOVER is over by then. */
function failover(turn: Turn, word: string | undefined): Reply {
  const mode = word === undefined ? 'agreed' : MODES[word.toUpperCase()];
  if (mode === undefined) return err('syntax error');
  const { me } = turn;
  if (isMaster(me)) return err('You should send CLUSTER FAILOVER to a replica');
  const master = me.masterId ? turn.node(me.masterId) : null;
  if (!master) return err("I'm a replica but my master is unknown to me");
  if (mode === 'agreed' && (hasFailed(master) || !master.link)) {
    return err('Master is down or failed, please use CLUSTER FAILOVER FORCE');
  }
  const node = turn.state.name;
  turn.note({ event: 'manual.ask', node, master: turn.nameOf(master.id), mode });
  beginManualFailover(turn, mode === 'forced');
  if (mode === 'takeover') {
    turn.log('warning', 'Taking over the master (user request).');
    bumpConfigEpoch(turn);
    replaceMaster(turn);
  } else if (mode === 'forced') {
    turn.log('warning', 'Forced failover user request accepted.');
  } else {
    turn.log('warning', 'Manual failover user request accepted.');
    sendManualStart(turn, master.id);
  }
  return OK;
}
