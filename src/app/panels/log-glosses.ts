/**
 * Which plain sentence goes with which line of the log. The line itself is never changed.
 * Source: serverLog calls of src/cluster.c, src/replication.c, src/rdb.c and src/server.c.
 */
import type { gloss } from '../../words/en/log-gloss';

type Glosses = typeof gloss;
export type GlossKey = keyof Glosses;

/** `<id>` stands for a node id; every group becomes an argument of the sentence. */
const PATTERNS: readonly (readonly [line: string, key: GlossKey])[] = [
  ['^\\*\\*\\* NODE <id> possibly failing', 'possiblyFailing'],
  ['^Node <id> reported node <id> as not reachable', 'reportedDown'],
  ['^Node <id> reported node <id> is back online', 'reportedBack'],
  ['^Marking node <id> as failing', 'quorumReached'],
  ['^FAIL message received from <id> about <id>', 'failReceived'],
  ['^Ignoring FAIL message', 'failIgnored'],
  ['^Clear FAIL state for node <id>: is reachable again and nobody', 'clearMaster'],
  ['^Clear FAIL state for node <id>', 'clearReplica'],
  ['^Cluster state changed: fail', 'stateFail'],
  ['^Cluster state changed: ok', 'stateOk'],
  ['^Start of election delayed for 0 milliseconds', 'electionAtOnce'],
  ['^Start of election delayed for (\\d+) milliseconds \\(rank (#\\d+)', 'electionDelayed'],
  ['^Replica rank updated to (#\\d+)', 'rankUpdated'],
  ['^Starting a failover election for epoch (\\d+)', 'electionStarts'],
  ['^Failover election won', 'electionWon'],
  ['^configEpoch set to (\\d+) after successful failover', 'epochAfterFailover'],
  ['^Failover auth granted to <id> for epoch (\\d+)', 'granted'],
  ['^Failover auth denied to <id>: its master is up', 'deniedMasterUp'],
  ['^Failover auth denied to <id>: already voted for epoch (\\d+)', 'deniedVoted'],
  ['^Failover auth denied to <id>: reqEpoch', 'deniedOldEpoch'],
  ["^Failover auth denied to <id>: can't vote", 'deniedTooSoon'],
  ['^Failover auth denied to <id>: slot', 'deniedSlot'],
  ['^Failover auth denied to <id>', 'denied'],
  ['^Currently unable to failover: Disconnected from master', 'cantDataAge'],
  ['^Currently unable to failover: Waiting the delay', 'cantDelay'],
  ['^Currently unable to failover: Failover attempt expired', 'cantExpired'],
  ['^Currently unable to failover: Waiting for votes', 'cantVotes'],
  ['^Manual failover user request accepted', 'manualAccepted'],
  ['^Forced failover user request accepted', 'manualForced'],
  ['^Taking over the master', 'manualTakeover'],
  ['^Manual failover requested by replica <id>', 'manualRequested'],
  ['^Received replication offset for paused master manual failover: (\\d+)', 'manualOffset'],
  ['^All master replication stream processed', 'manualReady'],
  ['^Manual failover timed out', 'manualTimedOut'],
  ['^Migrating to orphaned master <id>', 'migrating'],
  ['^Configuration change detected.* replica of <id>', 'demoted'],
  ["^I'm a sub-replica!.* grandmaster <id>", 'subReplica'],
  ['^Node <id> has old slots configuration, .* about <id>', 'oldSlots'],
  ['^Discarding UPDATE message about myself', 'updateAboutMe'],
  ['^WARNING: configEpoch collision with node <id>', 'collision'],
  ['^New configEpoch set to (\\d+)', 'newEpoch'],
  ['^configEpoch set to (\\d+) via CLUSTER SET-CONFIG-EPOCH', 'setEpoch'],
  ['^configEpoch updated after importing slot (\\d+)', 'epochAfterImport'],
  ['^Handshake with node <id> completed', 'handshakeDone'],
  ['^Handshake: we already know node <id>', 'handshakeKnown'],
  ['^IP address for this node updated', 'ownAddress'],
  ['^Address updated for node <id>', 'addressChanged'],
  ['^Connection with Node <id> .* failed', 'refused'],
  ['^Connecting with Node <id>', 'connecting'],
  ['^Accepting cluster node connection', 'accepted'],
  ['^Renaming node .* into <id>', 'renamed'],
  ['^PONG contains mismatching sender .* About node <id>', 'mismatched'],
  ['^Replacing inbound link fd .* from node <id>', 'inboundReplaced'],
  ['^Freeing cluster link\\(to node <id>', 'linkFreed'],
  ['^Unable to connect to Cluster Node', 'notDialled'],
  ['^I/O error reading from node link', 'linkEnded'],
  ['^Received unknown extension type', 'unknownExtension'],
  ["^Node hard reset, now I'm", 'hardReset'],
  ['^configEpoch set to 0 via CLUSTER RESET HARD', 'epochReset'],
  ['^CONFIG REWRITE executed', 'configWritten'],
  ['^Pinging node <id>', 'pinging'],
  ['^Connection with master lost', 'masterLost'],
  ['^MASTER timeout', 'masterTimeout'],
  ['^Connection with replica .* lost', 'replicaLost'],
  ['^MASTER <-> REPLICA sync started', 'syncStarted'],
  ['^Replica .* asks for synchronization', 'syncAsked'],
  ['^Full resync (?:from master|requested)', 'fullSync'],
  ['^Trying a partial resynchronization \\(request \\w+:(\\d+)\\)', 'partialAsk'],
  ['^MASTER <-> REPLICA sync: Master accepted', 'partialDone'],
  ['^Partial resynchronization request .* Sending (\\d+) bytes', 'partialAccepted'],
  ['^Partial resynchronization not accepted: Replication ID mismatch', 'otherHistory'],
  ['^Partial .* second ID was (\\d+), but I can reply up to (\\d+)', 'tailUnknown'],
  ['^Unable to partial resync', 'noBacklog'],
  ['^Replication backlog created', 'firstReplica'],
  ['^Delay next BGSAVE', 'copyWaits'],
  ['^Starting BGSAVE', 'copyStarts'],
  ['^MASTER <-> REPLICA sync: Flushing old data', 'flushes'],
  ['^Before turning into a replica', 'ownHistory'],
  ['^Master replication ID changed', 'masterRenamed'],
  ['^Master is currently unable to PSYNC', 'noMasterLink'],
  ['^Disconnecting timedout replica', 'replicaSilent'],
  ['^I have keys for unassigned slot', 'unassignedKeys'],
  ['^I have keys for slot', 'foreignKeys'],
  ['^MASTER <-> REPLICA sync: Finished with success', 'syncDone'],
  ['^Error condition on socket for SYNC', 'syncRefused'],
  ['^Caching the disconnected master state', 'cachedMaster'],
  ['^Setting secondary replication', 'newHistory'],
  ['^No cluster configuration found', 'freshId'],
  ['^Node configuration loaded', 'loadedId'],
  ['^Ready to accept connections', 'ready'],
  ['^Connected with Node <id>; automatic PINGs are off', 'pingsByHand'],
  ['^Connecting to MASTER', 'masterDialled'],
  ['^Reconnecting to MASTER .* after failure', 'dialledAfterFailure'],
  ['^Reconnecting to MASTER', 'dialledAgain'],
  ['^Timeout connecting to the MASTER', 'dialTimedOut'],
  ['^Non blocking connect for SYNC', 'masterReached'],
  ['^Master replied to PING', 'masterAnswers'],
  ['^Failed to read response from the server', 'answerLost'],
  ['^Partial resynchronization not possible', 'noPlace'],
  ['^Successful partial resynchronization', 'continued'],
  ['^Discarding previously cached master state', 'placeDropped'],
  ['^Current BGSAVE has socket target', 'nextCopy'],
  ['^Background RDB transfer started by pid (\\d+)', 'childStarted'],
  ['^Fork CoW for RDB', 'childMemory'],
  ['^Background RDB transfer terminated', 'childDone'],
  ['^Diskless rdb transfer, done reading from pipe, (\\d+) replicas', 'copyPassedOn'],
  ['^Streamed RDB transfer with replica', 'copySent'],
  ['^Synchronization with replica .* succeeded', 'replicaOnline'],
  ['^I/O error reading bulk count', 'copyLost'],
  ['^MASTER <-> REPLICA sync: receiving streamed RDB .* to disk', 'copyComes'],
  ['^MASTER <-> REPLICA sync: Loading DB', 'copyLoads'],
  ['^Loading RDB produced by version ([\\d.]+)', 'copyVersion'],
  ['^RDB age (\\d+) seconds', 'copyAge'],
  ['^RDB memory usage when created ([\\d.]+) Mb', 'copyMemory'],
  ['^Done loading RDB, keys loaded: (\\d+)', 'copyLoaded'],
  ['Redis is starting', 'starts'],
  ['^Redis version=([\\d.]+)', 'version'],
  ['^Configuration loaded', 'settingsRead'],
  ['^WARNING: Changing databases number', 'oneDatabase'],
  ['^WARNING Memory overcommit', 'overcommit'],
  ['^WARNING: The TCP backlog setting', 'tcpBacklog'],
  ['^monotonic clock', 'steadyClock'],
  ['^Running mode=cluster, port=(\\d+)', 'clusterMode'],
  ['^Server initialized', 'initialized'],
  ["^The AOF directory .* doesn't exist", 'noAppendOnlyFile'],
  ['^Creating AOF (?:base|incr) file', 'appendOnlyFile'],
  ['^DB \\d+: (\\d+) keys', 'keysHeld'],
  ['^(\\d+) clients connected \\((\\d+) replicas\\)', 'connections'],
  ['^Accepted ', 'clientComes'],
  ['^Client closed connection', 'clientGoes'],
];

const NODE_ID = '([a-z0-9]{40})';
const RULES = PATTERNS.map(([line, key]) => ({
  pattern: new RegExp(line.replaceAll('<id>', `${NODE_ID}(?: \\(.*?\\))?`)),
  key,
}));

/** Which sentence a line has, and the ids and numbers it is about; null if it is not known. */
export function glossKeyOf(
  text: string,
): { readonly key: GlossKey; readonly about: readonly string[] } | null {
  for (const { pattern, key } of RULES) {
    const match = pattern.exec(text);
    if (match) return { key, about: match.slice(1) };
  }
  return null;
}

/** The sentence for a line, with node names in place of ids; null if the line is not known. */
export function glossOf(
  text: string,
  glosses: Glosses,
  nameOf: (id: string) => string,
): string | null {
  const known = glossKeyOf(text);
  if (known === null) return null;
  const [a = '', b = ''] = known.about.map((part) => nameOf(part));
  const sentence: (a: string, b: string) => string = glosses[known.key];
  return sentence(a, b);
}

/** The line cut at node ids, so that each can be shown short and read in full. */
export function piecesOf(text: string): { readonly text: string; readonly id: string | null }[] {
  return text
    .split(/\b([a-z0-9]{40})\b/)
    .map((part, i) =>
      i % 2 === 1 ? { text: `${part.slice(0, 8)}…`, id: part } : { text: part, id: null },
    )
    .filter((piece) => piece.text !== '');
}
