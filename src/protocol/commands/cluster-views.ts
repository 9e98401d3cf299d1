/**
 * CLUSTER subcommands that only tell what this node believes.
 * Source: clusterCommand, src/cluster.c.
 */
import { isReplica, lookupNode, replicasOf } from '../cluster-state';
import { countFailReports } from '../failover/failure-detection';
import { OK, err } from '../reply';
import { saveConfig } from '../slots/saved-config';
import { wholeEntry } from '../whole-entries';
import { clusterLinks } from './cluster-links';
import { clusterShards } from './cluster-shards';
import { clusterSlots } from './cluster-slots-reply';
import { printClusterInfo, printClusterNodes, printNodeLine } from './cluster-texts';
import { array, bulk, integer, withNode, type Subcommand, type Subcommands } from './subcommand';

const REPLICAS: Subcommand = {
  arity: 3,
  run: (turn, [id]) =>
    withNode(turn, id!, (known) => {
      const { state } = turn;
      if (isReplica(lookupNode(state, known)!)) return err('The specified node is not a master');
      const lines = replicasOf(state, known).map(({ id: replica }) =>
        printNodeLine(state, wholeEntry(state, replica)!),
      );
      return array(lines.map(bulk));
    }),
};

export const VIEW_SUBCOMMANDS: Subcommands = {
  MYID: { arity: 2, run: (turn) => bulk(turn.state.myId) },
  NODES: { arity: 2, run: (turn) => bulk(printClusterNodes(turn.state)) },
  INFO: { arity: 2, run: (turn) => bulk(printClusterInfo(turn.state)) },
  SLOTS: { arity: 2, run: (turn) => clusterSlots(turn.state) },
  SHARDS: { arity: 2, run: (turn) => clusterShards(turn.state) },
  LINKS: { arity: 2, run: (turn) => clusterLinks(turn.state) },
  REPLICAS,
  SLAVES: REPLICAS,
  'COUNT-FAILURE-REPORTS': {
    arity: 3,
    run: (turn, [id]) => withNode(turn, id!, (known) => integer(countFailReports(turn, known))),
  },
  SAVECONFIG: {
    arity: 2,
    run: (turn) => {
      saveConfig(turn);
      return OK;
    },
  },
};
