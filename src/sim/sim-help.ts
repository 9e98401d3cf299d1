/** What `npm run sim -- --help` prints. */
export const SIM_HELP = `npm run -s sim -- [options]

Runs a simulated Redis Cluster and prints one JSON object a line for each event.
Nodes are named by port: masters 8901, 8902, …, replicas, spare ones. atMs is virtual time.
The cluster is made at 0 s the way redis-cli --cluster create makes it.

  --masters N       masters with slots, at least 3 (3)
  --replicas N      replicas of each master (1)
  --spare N         processes more, which know nobody: for add-node (0)
  --timeout MS      cluster-node-timeout (5000)
  --seed N          same seed, same run (1)
  --switch RULE     a rule that this cluster does without, for teaching; not real Redis:
                    no-fail-broadcast, ignore-epochs, no-automatic-pings; may be repeated
  --do SENTENCE     something to do, may be repeated; see below
  --for TIME        how long to run: 40s, 1500ms, 2m (30s)
  --quiet KINDS     kinds of event to leave out, joined by commas; all leaves only end
  --loglevel LEVEL  least level of log events: debug, verbose, notice, warning (notice)
  --help            this text

Sentences, each after "at TIME" (else at 0 s):
  freeze 8901 · wake 8901 · kill 8901 · restart 8901
  cut 8901-8902 (both ways) · cut 8901>8902 (one way) · heal 8901-8902 · heal all
  hold 8901>8902 · release 8901>8902 · delay 8901-8902 500ms · drop 8901>8902 2 PING
  drop message 1234 · hold message 1234 · release message 1234 · delay message 1234 500ms ·
    duplicate message 1234 (one message on its way, by the number that "sent" says)
  partition 8901,8904 | rest · partition 8901 | 8902,8903 | rest (no link between the sides)
  ping 8901 8902 (by hand, with the switch no-automatic-pings)
  start 8907 (a process that knows nobody) · write 5/s for 20s (a client w1 sets keys, one after
    the other) · write 5/s for 20s from c2
  cli 8901 SET name value · cli -c GET name · cli -c as c2 8903 GET name
  cli 8902 CLUSTER SETSLOT 866 IMPORTING @8901 (@8901 is the id of that node)
  redis-cli --cluster check 127.0.0.1:8901 (or info, fix, reshard, rebalance, add-node, del-node,
    call, set-timeout, help; @8901 is the id of that node; words after < are typed ahead)
  answer yes (what redis-cli asks) · interrupt (Ctrl-C)

Events and their fields, besides event and atMs:
  flag.set, flag.clear      at (whose table), about, flag (pfail, fail)
  report.add, report.expire at, about, by
  election.start            node, epoch, rank, delayMs
  election.expire           node, epoch
  vote.grant, vote.deny     by, to, epoch; a denial has reason, in redis-server's words
  manual.ask                node, master, mode (agreed, forced, takeover): CLUSTER FAILOVER
  manual.pause              node, replica: a master lets writes wait
  manual.resume             node, waiting: how many commands waited
  manual.ready              node, offsetBytes: a replica has all of its paused master's data
  manual.expire             node; after five seconds
  migrate                   node, from, to: a replica moves to a master that has none
  slot.open, slot.close     node, slot, mark (migrating, importing), peer: CLUSTER SETSLOT
  slot.owner                node, slots, owner, epoch, by (order, claim)
  key.move                  node, to, key, slot: MIGRATE
  sync                      node, how (full, partial): a replica has its master's data
  tail.refused              node, replica, bytes: what that one wrote on alone is not taken
  writes.lost               node, master, keys: a former master's, gone with the copy
  acknowledged.lost         keys, by (who said OK), owner (who has the slots now), why
  promote, demote           node, epoch; node, master
  state                     node, state (ok, fail)
  sent, received, lost      type, from, to, message (its number)
  command, reply            client, node, text; a reply has kind
  delivered                 channel, at (a node with subscribers)
  push                      client, node, text: what a subscriber hears
  log                       node, level, text
  cli.start                 run, text: redis-cli --cluster is called; the first makes the cluster
  cli                       run, text, ends: a line it prints; more of it follows unless it ends
  cli.exit                  run, code
  process, link             node, process; from, to, link
  end                       hash of the whole world after its last event

Examples:
  npm run -s sim -- --seed 7 --do "at 10s kill 8901" --for 40s --quiet sent,received
  npm run -s sim -- --do "at 10s redis-cli --cluster reshard 127.0.0.1:8901 --cluster-from @8901
    --cluster-to @8902 --cluster-slots 10 --cluster-yes" --quiet sent,received,command,log
`;
