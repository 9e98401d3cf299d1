/** Words of live mode: real processes, the bridge to them, and recordings of them. */
const NUMBERS = ['No', 'One', 'Two', 'Three', 'Four', 'Five', 'Six', 'Seven', 'Eight', 'Nine'];
const processes = (count: number): string =>
  `${count} real ${count === 1 ? 'process' : 'processes'}`;

export const live = {
  title: 'Live',
  way: {
    name: 'The same on real processes',
    needs: 'needs redis-server 7 and a terminal on this machine',
  },
  badge: (count: number) => `LIVE · ${processes(count)}`,
  badgePast: (count: number) => `Recorded · ${processes(count)}`,
  badgeFile: 'Recording',
  bridge: (address: string) => `Live bridge · ${address}`,
  heading: (count: number) =>
    `${NUMBERS[count] ?? count} real ${count === 1 ? 'process' : 'processes'}`,
  lead: 'This stage is drawn from real `redis-server` processes on your machine: the traffic on their bus, their logs, their `CLUSTER NODES`.',
  skip: 'Skip to the processes',
  tab: 'Processes',

  role: {
    master: 'master',
    noSlots: 'master, no slots',
    replica: (of: string) => `replica of ${of}`,
    orphan: 'replica',
  },
  process: { running: 'runs', frozen: 'frozen', killed: 'killed' },
  pid: (pid: number) => `pid ${pid}`,
  noPid: 'no process',
  freeze: (node: string) => `Freeze ${node} (SIGSTOP)`,
  wake: (node: string) => `Wake ${node} (SIGCONT)`,
  kill: (node: string) => `Kill ${node} (SIGKILL)`,
  start: (node: string) => `Start ${node} again`,
  open: (node: string) => `Inspect ${node}`,
  signals:
    'Freeze sends SIGSTOP, ✕ sends SIGKILL. On the stage, a right click or a long press on a node or a link offers more.',
  back: {
    label: 'Frozen or killed',
    after: (time: string) => `back after ${time}`,
    hour: '1 hour',
  },
  rewinds:
    'You can rewind the recording, not the cluster. Behind the live edge these buttons lock.',

  locked: {
    past: 'You are behind the live edge: this happened already. Go back to live to act.',
    watching: 'Another page drives this cluster; this one watches.',
    away: 'The bridge is not there: nothing can be done until it answers.',
    notOwn: 'The bridge did not start these processes, so it sends them no signals.',
    noProxy: 'The bus of this cluster does not run through the bridge, so no link can be cut.',
  },
  watching: 'You watch. Another page drives; when it leaves, you can take over.',

  faults: {
    title: 'Faults now',
    none: 'No link is disturbed.',
    left: (seconds: number) => `${seconds} s left`,
    heal: 'Heal now',
    healAll: 'Heal every link',
    healOne: (what: string) => `Heal now: ${what}`,
    ask: 'For how long?',
    askFor: (what: string) => `${what}: for how long?`,
    heals: 'Then the bridge heals it, whether this page is open or not.',
    seconds: (count: number) => `${count} s`,
    minutes: (count: number) => `${count} min`,
    cancel: 'Not now',
    reset: 'Reset the connections',
    name: {
      cut: (a: string, b: string) => `${a} – ${b} cut`,
      'cut-to': (a: string, b: string) => `${a} → ${b} cut`,
      hold: (a: string, b: string) => `${a} – ${b} held`,
      'hold-to': (a: string, b: string) => `${a} → ${b} held`,
      delay: (a: string, b: string, ms: number) => `${a} – ${b} slower by ${ms} ms`,
      'delay-to': (a: string, b: string, ms: number) => `${a} → ${b} slower by ${ms} ms`,
      reset: (a: string, b: string) => `${a} – ${b} reset`,
      partition: (sides: string) => `${sides} parted`,
    },
    notReal:
      'That can be done to a simulated message only: on this machine a message is read within a millisecond. Hold or cut the link instead.',
  },

  edge: {
    live: 'at the live edge, recording',
    behind: (seconds: string) => `${seconds} s behind`,
    back: 'Back to live',
    notYet: 'has not happened',
    stopped: 'the recording ends here',
    gap: (count: number) => `${count} messages were not recorded: this page could not keep up.`,
    keeps: (seconds: number) => `The recording reaches ${seconds} s back.`,
  },

  lessons: {
    title: (count: number) => `Lessons on these processes · ${count}`,
    lead: 'Each begins with a cluster as the bridge makes it. You act, the lesson watches.',
    crumb: 'On your own processes',
    close: 'Close the lesson',
    unfit: {
      shape:
        'This lesson needs three masters with a replica each. Start the bridge without --masters and --replicas.',
      timeout:
        'This lesson needs a cluster-node-timeout of 5 s. Start the bridge without --timeout.',
      history:
        'This cluster has a history: its epochs are beyond 6. Stop the bridge and start it again for a fresh one.',
      unwell: 'Wait until every process runs and every cluster_state is ok, and choose again.',
    },
  },

  zone: 'The clock shows the local time that stands in redis.log.',
  save: 'Save recording',
  saved: (name: string) => `Saved as ${name}.`,
  handedOver: (name: string) =>
    `The browser saves it as ${name}. If it is not among your downloads, they are blocked or the disk is full.`,
  saveFailed: 'The recording could not be saved',
  saveReason: {
    full: 'the disk is full. Make room, or choose another place.',
    refused: 'the browser was not allowed to write there. Choose another place.',
  },
  disconnect: 'Disconnect',
  disconnectAsk: 'Disconnect this page?',
  disconnectLead:
    'The processes go on until the bridge is stopped in its terminal. What is recorded here is lost unless you save it.',
  disconnectYes: 'Disconnect',
  stay: 'Stay',

  state: {
    connecting: (address: string) => `Connecting to ${address} …`,
    greeting: 'The bridge answers. Reading the tables of the cluster …',
    lost: (seconds: number) =>
      `The bridge does not answer. What is recorded stays; trying again in ${seconds} s.`,
    retrying: 'The bridge does not answer. What is recorded stays; trying now …',
    back: 'The bridge is back.',
    missing:
      'The bridge no longer knew where this page left off: a piece is missing, so the recording begins again.',
    anew: 'The bridge was started anew: this is another cluster, and a new recording.',
    tryNow: 'Try now',
    ended: 'You disconnected. The recording up to then is still here.',
  },

  refused: {
    title: 'The bridge refuses this page',
    token:
      'The token in this link is not the one of the bridge that runs now. Each start makes a new one: open the link that is printed in its terminal.',
    clients: (most: number) =>
      `${most} pages are connected already, and the bridge takes no more. Close one of them.`,
    version: (theirs: string, ours: string) =>
      `The bridge speaks version ${theirs} of the protocol, this page speaks ${ours}. Start the bridge of this very page: npm run bridge.`,
    rate: 'This page asked for too much in one second, and the bridge hung up. It may connect again.',
    message: (why: string) => `The bridge hung up: ${why}`,
    broken: (why: string) => `The bridge said something this page cannot read: ${why}`,
  },
  none: {
    title: 'No bridge answers',
    lead: (address: string) => `Nothing answers at ${address}. Is the bridge still running?`,
    again: (seconds: number) => `Trying again in ${seconds} s.`,
  },
  again: 'Try again',
  toLessons: 'Go to the lessons',

  begin: {
    title: 'Real processes',
    lead: 'The same stage, drawn from redis-server processes on your own machine: every message on their bus, every line of their logs, every table. You can freeze and kill them, and cut the links between them.',
    needs: 'What it needs',
    steps: [
      'redis-server 7.0 or newer. On Debian or Ubuntu: `sudo apt install redis-server`; on macOS: `brew install redis`.',
      'A terminal in the folder of Slotscope, where you type',
      'The link that it prints. It opens this page, with the key to that one cluster.',
    ],
    command: 'npm run bridge',
    safe: 'The bridge listens on 127.0.0.1 alone, starts processes of its own in a folder of its own, and ends them when it ends. Nothing leaves your machine.',
    link: 'The link it printed',
    linkWrong:
      'This is no link of the bridge. Expected: http://127.0.0.1:PORT/#/live?token=… with 32 characters from 0 to f.',
    connect: 'Connect',
    file: 'Or look at a recording',
    fileLead: 'A recording opens without a bridge: drop its file anywhere, or choose it.',
    choose: 'Open a recording …',
    examples: 'Or one of these',
  },

  recording: {
    crumb: 'Recording',
    title: (name: string) => `Recording of ${name}`,
    lead: (count: number, seconds: string, version: string) =>
      `${processes(count)} of redis-server ${version}, ${seconds} s. It can be wound back and forth and looked at through any node’s eyes; nothing can be done to it.`,
    other: 'Open another',
    reopen: 'This page no longer holds the recording.',
    reopenLead:
      'A recording stays on your disk, and a reloaded page forgets it. Open the file again.',
    opening: (name: string) => `Reading ${name} …`,
    far: 'How much is read',
    bad: (name: string, why: string) => `${name} cannot be opened: ${why}`,
    problem: {
      cut: 'it ends in the middle. Perhaps it was not saved or downloaded to its end.',
      damaged: 'it is damaged and cannot be unpacked.',
      notGzip: 'its name ends in .gz, and what is in it is not gzip.',
      foreign: 'it is a file of something else. A recording says "format": "slotscope capture".',
      notJson: 'what is in it is not JSON.',
      parts:
        'it is no recording. Expected NAME.capture.json.gz, or NAME.index.json and NAME.bin together.',
      huge: (mostMb: number) =>
        `it would be larger than ${mostMb} MB unpacked, more than a page can hold.`,
      version: (found: string, ours: number) =>
        `it is of version ${found}, and this page reads version ${ours}. Open it with the Slotscope that saved it.`,
      missing: (expected: string) =>
        `${expected} is missing: the messages are in it. Choose both files at once.`,
    },
  },

  divergence: {
    title: 'Model and reality part',
    none: 'Our node beside each real one agrees with it.',
    lead: 'Beside each process runs the node of the simulation, fed with what the process received. Where the two say different things:',
    at: (node: string, about: string) => `${node} about ${about}`,
    own: (node: string) => `${node} about itself`,
    real: 'the process says',
    ours: 'our node says',
    since: (clock: string) => `since ${clock}`,
    over: (from: string, to: string) => `${from} to ${to}`,
    lasts: (time: string) => `for ${time}`,
    ago: (time: string) => `set right ${time} ago`,
    whole: (whom: string, field: string, real: string, ours: string, time: string) =>
      `${whom}, ${field}: the process says ${real}, our node says ${ours}; ${time}.`,
    mark: (count: number) => (count === 1 ? '1 difference' : `${count} differences`),
  },

  beside: 'Model beside reality',
  inferred: 'dashed: inferred from what followed, not seen',

  terminal: {
    lead: (node: string) => `redis-cli at ${node}, a real process`,
    refused: (command: string, allowed: string) =>
      `${command} is not passed on. The bridge passes on: ${allowed}.`,
    empty: 'Type a command, for example CLUSTER NODES.',
    noAt: 'Real time cannot be arranged ahead. Leave out the time, and it is done at once.',
    noAnswer: 'No answer: the process is frozen, killed, or cut off.',
    waiting: (node: string) => `waiting for ${node} …`,
  },
};
