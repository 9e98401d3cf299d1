/** Words of the dock: transport, lanes and the short labels of beats. */
export const dock = {
  dock: 'Time',
  virtual: 'virtual',
  beatBack: 'Previous beat',
  eventBack: 'Previous event',
  play: 'Play',
  pause: 'Pause',
  eventOn: 'Next event',
  beatOn: 'Next beat',
  speed: 'Speed',
  speedTimes: (times: string) => `${times}×`,
  speedName: (times: string) => `${times} times virtual time`,
  otherSpeeds: 'Other speeds',
  toNextBeat: 'beat',
  toNextBeatName: 'Play to the next beat and stop',
  show: 'Show',
  key: 'Key',
  all: 'All',
  keyName: 'Stress the messages that decide something',
  allName: 'Show every message alike',
  event: (step: string) => `event ${step}`,
  hash: (start: string) => `hash ${start}`,
  hashName: (hash: string) => `World hash ${hash}. Equal worlds have equal hashes. Click to copy.`,
  copied: 'copied',

  lanes: 'Timeline',
  overview: 'Visible part of the timeline',
  notComputed: 'not computed yet',
  foldedReplicas: (count: number) => `+${count} replicas`,
  foldedNodes: (count: number) => `+${count} nodes`,
  timelineValue: (seconds: string, step: number, known: number) =>
    `${seconds} seconds, event ${step} of ${known}`,
  windowValue: (from: string, to: string) => `${from} to ${to} seconds`,
  beats: 'Beats',
  beatAt: (seconds: string, label: string) => `${seconds} seconds: ${label}`,

  flag: {
    frozen: (node: string) => `${node} frozen`,
    killed: (node: string) => `${node} killed`,
    running: (node: string) => `${node} runs again`,
    link: {
      cut: (pair: string) => `${pair} cut`,
      healed: (pair: string) => `${pair} healed`,
      held: (pair: string) => `${pair} held`,
      released: (pair: string) => `${pair} released`,
      slow: (pair: string) => `${pair} slow`,
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
    wins: (node: string) => `${node} is master`,
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
