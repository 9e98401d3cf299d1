/**
 * CLUSTER subcommands that only tell what this node believes.
 * Simplified: SHARDS, LINKS, REPLICAS and HELP are not there yet.
 * Source: clusterCommand, src/cluster.c.
 */
import { countFailReports } from '../failure-detection';
import { printClusterInfo, printClusterNodes, clusterSlots } from './cluster-texts';
import { integer, withNode, type Subcommands } from './subcommand';

export const VIEW_SUBCOMMANDS: Subcommands = {
  MYID: { arity: 2, run: (turn) => ({ type: 'bulk', text: turn.state.myId }) },
  NODES: { arity: 2, run: (turn) => ({ type: 'bulk', text: printClusterNodes(turn.state) }) },
  INFO: { arity: 2, run: (turn) => ({ type: 'bulk', text: printClusterInfo(turn.state) }) },
  SLOTS: { arity: 2, run: (turn) => clusterSlots(turn.state) },
  'COUNT-FAILURE-REPORTS': {
    arity: 3,
    run: (turn, [id]) => withNode(turn, id!, (known) => integer(countFailReports(turn, known))),
  },
};
