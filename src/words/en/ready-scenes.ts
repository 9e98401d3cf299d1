/** Words of the sandbox’s ready scenes: a name, and what is worth trying. */
export const readyScenes = {
  title: 'Ready scenes',
  lead: 'Each opens another cluster at the moment named. What you do to it is yours.',
  /** The cluster on the stage, beside the fold that builds another. */
  numbers: (masters: number, replicas: number) =>
    `${masters} ${masters === 1 ? 'master' : 'masters'}, ${replicas === 0 ? 'no replicas' : `${replicas} ${replicas === 1 ? 'replica' : 'replicas'} each`}`,
  scenes: {
    pairs: {
      name: 'Three masters, a replica each',
      look: 'Freeze a master: PFAIL, reports, FAIL, an election, within about 7 s.',
    },
    three: {
      name: 'Three masters and nobody behind them',
      look: 'Freeze a master: it is marked FAIL, nobody takes over, and CLUSTERDOWN follows everywhere.',
    },
    five: {
      name: 'Five masters, a replica each',
      look: 'Freeze two masters at once: three of five still decide. A third one, and nobody does.',
    },
    twoReplicas: {
      name: 'Two replicas a master',
      look: 'Kill 8901 and look through both of its replicas: rank 0 asks for votes first.',
    },
    thirty: {
      name: '30 nodes',
      look: 'Fifteen masters, so a verdict takes eight opinions. Freeze 8901 and watch the reports come in.',
    },
    crowd: {
      name: '120 nodes',
      look: 'It is seen growing, then runs. Freeze a master: 31 of 60 have to agree.',
    },
    split: {
      name: 'A partition 3 | 3, while a client writes',
      look: 'Run on: both sides take writes for a while. Heal every link at 30 s and count what is lost.',
    },
    halfMoved: {
      name: 'A slot half moved',
      look: 'Two keys of slot 5798, one on each side. cli 8902 GET {name}:first is answered with ASK; {name}:last is not.',
    },
    rolling: {
      name: 'A rolling restart',
      look: 'Replicas are done, masters are next, each down for 2 s. Run on: nobody is marked FAIL, and no replica takes over.',
    },
    slowHost: {
      name: 'One slow host',
      look: 'An answer from 8901 takes 2 s: slow, and nobody suspects it. Now delay 8901-8902 2600ms: those two suspect each other, and nobody agrees.',
    },
  },
};
