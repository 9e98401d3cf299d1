/** Words of the caption, in English: one sentence a beat, a node is the subject. */
const COUNTS = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];
const inWords = (count: number): string => COUNTS[count] ?? String(count);
const startWith = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);
const reports = (count: number): string =>
  `${inWords(count)} ${count === 1 ? 'report' : 'reports'}`;

export const caption = {
  start: (nodes: number) => `${nodes} nodes are running. Each keeps its own table of the others.`,
  inferred: 'Inferred: nobody saw it, and no log says it.',
  calm: (nodes: number) =>
    `${nodes} nodes agree: every slot is served, and nobody suspects anybody.`,
  meeting: (nodes: number) => `${nodes} nodes are running, and not all know each other yet.`,
  freezes: (node: string) => `${node} freezes. Its process keeps everything and answers nobody.`,
  wakes: (node: string) => `${node} wakes, with the table it fell asleep with.`,
  starts: (node: string) => `${node} starts. It knows nobody yet.`,
  dies: (node: string) => `${node} is killed. Its connections close at once.`,
  restarts: (node: string) => `${node} starts again from its nodes.conf.`,
  severalFreeze: (nodes: string, count: number) =>
    `${startWith(inWords(count))} nodes freeze: ${nodes}.`,
  severalDie: (nodes: string, count: number) =>
    `${startWith(inWords(count))} nodes are killed: ${nodes}.`,
  cut: (a: string, b: string) => `The link between ${a} and ${b} is cut.`,
  cuts: (count: number) => `The network is cut: ${inWords(count)} links lose every message.`,
  healed: (a: string, b: string) => `The link between ${a} and ${b} is whole again.`,
  healedAll: 'Every link is whole again.',
  held: (a: string, b: string) => `Messages between ${a} and ${b} are kept back.`,
  released: (a: string, b: string) => `What ${a} and ${b} sent each other is let through.`,
  slow: (a: string, b: string) => `The link between ${a} and ${b} becomes slow.`,
  oneWay: {
    cut: (a: string, b: string) => `No message from ${a} reaches ${b}. The other way they pass.`,
    healed: (a: string, b: string) => `The way from ${a} to ${b} is whole again.`,
    held: (a: string, b: string) => `Messages from ${a} to ${b} are kept back.`,
    released: (a: string, b: string) => `What ${a} sent to ${b} is let through.`,
    slow: (a: string, b: string) => `Messages from ${a} to ${b} become slow.`,
  },
  suspects: (at: string, about: string, timeout: string) =>
    `${at} has waited ${timeout} for ${about}. In its own table it writes PFAIL.`,
  files: (at: string, by: string, about: string, count: number) =>
    `${by}’s suspicion of ${about} reaches ${at}, which now has ${reports(count)} on file.`,
  expires: (at: string, by: string, about: string) =>
    `${by}’s report on ${about}, kept by ${at}, is too old to count.`,
  verdict: (at: string, about: string, count: number) =>
    `${at} has ${reports(count)} on file. It marks ${about} FAIL and tells everyone.`,
  verdictWithOwn: (at: string, about: string, count: number) =>
    `${at} has ${reports(count)} and its own suspicion. It marks ${about} FAIL and tells everyone.`,
  verdictOfMajority: (at: string, about: string) =>
    `A majority of the masters suspects ${about}. ${at} marks it FAIL and tells everyone.`,
  hearsVerdict: (at: string, about: string) => `${at} hears the verdict and marks ${about} FAIL.`,
  trusts: (at: string, about: string) => `${at} hears from ${about} and drops its suspicion.`,
  clears: (at: string, about: string) => `${at} hears from ${about} and takes FAIL back.`,
  stands: (node: string, epoch: number) =>
    `${node} asks every master for its vote in epoch ${epoch}.`,
  standsCaughtUp: (node: string, epoch: number) =>
    `${node} has every write of its master, and asks all for their votes in epoch ${epoch}.`,
  electionExpires: (node: string, epoch: number) =>
    `${node} finds no majority in epoch ${epoch}. Its election expires.`,
  votes: (by: string, to: string, epoch: number) =>
    `${by} gives ${to} its only vote of epoch ${epoch}.`,
  denies: (by: string, to: string, reason: string) =>
    `${by} gives ${to} no vote and no answer: ${reason}.`,
  manual: {
    agreed: (node: string, master: string) =>
      `${node} is told to take over. It asks ${master} to pause its clients’ writes.`,
    forced: (node: string, master: string) =>
      `${node} is told to take over without a word to ${master}. It still needs a majority.`,
    takeover: (node: string, master: string) =>
      `${node} is told to take over from ${master}, and asks nobody.`,
  },
  pauses: (node: string, replica: string) =>
    `${node} lets writes wait, so that ${replica} can catch up. Reads go on.`,
  resumes: (node: string) => `${node} ends its pause. Nobody was waiting.`,
  resumesWith: (node: string, waiting: number) =>
    `${node} ends its pause and takes up ${waiting === 1 ? 'the command' : `the ${inWords(waiting)} commands`} that waited.`,
  catchesUp: (node: string, offset: number) =>
    `${node} has read everything its master wrote, up to offset ${offset}. It may stand.`,
  givesUp: (node: string) => `Five seconds are over: ${node} gives the manual failover up.`,
  migrates: (node: string, from: string, to: string) =>
    `${to} has no replica left. ${node} moves there, for ${from} has others.`,
  refusesTail: (node: string, replica: string, bytes: number) =>
    `${replica}’s stream goes ${bytes} bytes beyond what ${node} ever received. That part is not in the history that goes on: ${replica} has to copy everything.`,
  losesKeys: (node: string, master: string, keys: readonly string[], more: number) =>
    `${node} throws its own data away for the copy of ${master}. What clients wrote here under ${keys.join(', ')}${more > 0 ? ` and ${more} more` : ''} is lost, though ${node} had said OK.`,
  takesOver: (node: string, epoch: number) =>
    `${node} gives itself epoch ${epoch} and takes its master’s slots. Nobody has voted.`,
  slotOpens: {
    migrating: (node: string, slot: number, peer: string) =>
      `${node} begins to give slot ${slot} to ${peer}. It sends clients there for keys it no longer has.`,
    importing: (node: string, slot: number, peer: string) =>
      `${node} makes ready to take slot ${slot} from ${peer}. It serves only those who say ASKING.`,
  },
  slotCloses: (node: string, slot: number) => `${node} closes slot ${slot}.`,
  slotMoves: (node: string, slots: string, owner: string, epoch: number) =>
    node === owner
      ? `${node} takes slot ${slots} under epoch ${epoch} and tells everyone.`
      : `${node} hears that slot ${slots} belongs to ${owner}, under epoch ${epoch}.`,
  keyMoves: (node: string, to: string, key: string) =>
    `${to} has said OK to key ${key}. ${node} deletes its own.`,
  wins: (node: string, epoch: number) =>
    `${node} has a majority in epoch ${epoch}. It takes over its master’s slots.`,
  demotes: (node: string, master: string) =>
    `${node} learns that its slots have a newer owner. It becomes a replica of ${master}.`,
  replicates: (node: string, master: string) => `${node} becomes a replica of ${master}.`,
  stops: (node: string) => `${node} can no longer serve the cluster: cluster_state is fail.`,
  serves: (node: string) => `${node} serves the cluster: cluster_state is ok.`,
  toolDone: (task: string) => `redis-cli --cluster ${task} is done.`,
  toolGivesUp: (task: string, code: number) =>
    `redis-cli --cluster ${task} ends with exit code ${code}.`,
  delivers: (node: string, channel: string) =>
    `${node} hands the message on ${channel} to its own subscribers.`,
  moved: (node: string, slot: string, owner: string) =>
    `${node} does not serve slot ${slot}. It names the node that does: ${owner}.`,
  ask: (node: string, slot: string, owner: string) =>
    `${node} has begun to give slot ${slot} away. For this once, ask ${owner}.`,
  redirects: (node: string, text: string) => `${node} answers: ${text}`,

  noMajorityTitle: 'No majority',
  noMajority: (size: number, needed: number, able: string, count: number) =>
    count === 0
      ? `${size} masters hold slots, so ${needed} must agree. None is left that can.`
      : `${size} masters hold slots, so ${needed} must agree. Only ${able} still can.`,
  noMajoritySoWhat: 'As long as that lasts, no further FAIL is decided and no replica is elected.',
  lossTitle: (count: number) =>
    count === 1 ? 'One acknowledged write is lost' : `${count} acknowledged writes are lost`,
  loss: {
    'not-replicated': (by: string, owner: string) =>
      `${by} had said OK. ${owner} took over before they got there.`,
    'moved-away': (by: string, owner: string) =>
      `${by} had said OK. What was written had moved on, and ${owner} took over without knowing.`,
    'replaced-master': (by: string, owner: string) =>
      `${by} said OK, but the slots already were ${owner}’s.`,
    'epoch-without-vote': (by: string, owner: string) =>
      `${by} had said OK. ${owner} took the slots by an epoch nobody voted for.`,
  },
  lossKeys: (keys: readonly string[], more: number) =>
    `${keys.join(', ')}${more > 0 ? ` and ${more} more` : ''}.`,
  minorityTitle: 'The smaller side stops',
  minority: (nodes: string, size: number, needed: number, count: number) =>
    `On the side of ${nodes}, ${count} of ${size} masters can be heard; ${needed} are needed.`,
  minoritySoWhat: 'It can neither mark FAIL nor elect, and soon refuses queries.',
};
