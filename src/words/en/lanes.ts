/** Words of the lanes and the short labels of beats, in English. */

export const lanes = {
  lanes: 'Timeline',
  overview: 'Visible part of the timeline',
  mapUpdated: 'slot map updated',
  notComputed: 'not computed yet',
  foldedReplicas: (count: number) => `+${count} replicas`,
  foldedNodes: (count: number) => `+${count} nodes`,
  suspicionSpreads: 'suspicion spreads',
  nobodySuspected: 'nobody is suspected',
  nodesFromTo: (from: number, to: number) => `${from} to ${to} nodes`,
  part: {
    subject: 'suspected',
    failed: 'FAIL',
    stopped: 'stopped',
    first: 'first FAIL',
    viewpoint: 'seen by',
    candidate: 'candidate',
    replica: 'replica',
    master: 'master',
  },
  timelineValue: (seconds: string, step: number, known: number) =>
    `${seconds} seconds, event ${step} of ${known}`,
  windowValue: (from: string, to: string) => `${from} to ${to} seconds`,
  beats: 'Beats',
  stopsAt: (beat: string) => `${beat}; playing stops here`,
  beatAt: (seconds: string, label: string) => `${seconds} seconds: ${label}`,

  flag: {
    frozen: (node: string) => `${node} frozen`,
    killed: (node: string) => `${node} killed`,
    running: (node: string) => `${node} runs`,
    link: {
      cut: (pair: string) => `${pair} cut`,
      healed: (pair: string) => `${pair} healed`,
      held: (pair: string) => `${pair} held`,
      released: (pair: string) => `${pair} released`,
      slow: (pair: string) => `${pair} slow`,
    },
    links: {
      cut: (count: number) => `${count} links cut`,
      healed: (count: number) => `${count} links healed`,
      held: (count: number) => `${count} links held`,
      released: (count: number) => `${count} links released`,
      slow: (count: number) => `${count} links slow`,
    },
    suspects: (at: string) => `${at} suspects`,
    suspectsOther: (at: string, about: string) => `${at} suspects ${about}`,
    at: (node: string, text: string) => `${node}: ${text}`,
    report: (count: number) => `${ordinal(count)} report`,
    reportAndFail: (count: number) => `${ordinal(count)} report → FAIL`,
    fail: (at: string) => `${at}: FAIL`,
    failOther: (at: string, about: string) => `${at}: ${about} FAIL`,
    clears: (at: string, flag: string) => `${at} clears ${flag}`,
    reportGone: (at: string) => `${at} drops a report`,
    election: (epoch: number) => `epoch ${epoch} opens`,
    electionOver: (epoch: number) => `epoch ${epoch} expires`,
    vote: (count: number) => `${ordinal(count)} vote`,
    denies: (by: string) => `${by} denies`,
    manual: {
      agreed: (node: string) => `${node} asks its master`,
      forced: (node: string) => `${node} is forced`,
      takeover: (node: string) => `${node} takes over`,
    },
    pauses: (node: string) => `${node} pauses`,
    resumes: (node: string) => `${node} goes on`,
    caughtUp: (node: string) => `${node} has it all`,
    givesUp: (node: string) => `${node} gives up`,
    migrates: (node: string, to: string) => `${node} moves to ${to}`,
    wins: (node: string) => `${node} is master`,
    refusesTail: (bytes: number) => `${bytes} bytes refused`,
    losesKeys: (node: string, count: number) =>
      `${node} loses ${count} ${count === 1 ? 'key' : 'keys'}`,
    slotOpens: {
      migrating: (slot: number) => `${slot} migrating`,
      importing: (slot: number) => `${slot} importing`,
    },
    slotMoves: (slots: string, owner: string) => `${slots} to ${owner}`,
    keyMoves: (key: string, to: string) => `${key} to ${to}`,
    tool: (isFine: boolean): string => (isFine ? 'redis-cli is done' : 'redis-cli ends in error'),
    delivers: (node: string) => `${node} delivers`,
    demoted: (node: string) => `${node} is replica`,
    state: (node: string, state: 'ok' | 'fail') => `${node}: cluster ${state}`,
    redirect: (kind: string) => kind,
  },
};

function ordinal(count: number): string {
  const tens = count % 100;
  const suffix = tens > 10 && tens < 14 ? 'th' : (['th', 'st', 'nd', 'rd'][count % 10] ?? 'th');
  return `${count}${suffix}`;
}
