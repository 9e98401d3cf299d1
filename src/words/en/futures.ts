/** Words of time travel: what if, futures side by side, searches, breakpoints. */
export const futures = {
  whatIf: {
    title: 'What if?',
    lost: 'This one had been lost',
    held: 'It had been held back',
    late: (seconds: string) => `It had come ${seconds} later`,
    twice: 'It had come twice',
    waiting: 'Computing the other future…',
    notYet: 'What if: once it has arrived, its other futures can be seen.',
    unread: (to: string) =>
      `Nobody has read it: ${to} was not running. Only what is read changes anything.`,
    lostAlready: 'It was lost: nothing came of it.',
  },

  /** What a key says where it can do nothing. */
  cannot: {
    pickMessage: 'What if asks about a message: pick one first, on the stage or in the lanes.',
    twoAlready: 'Two futures are side by side already.',
    compareLog: 'This is the log of one node: nobody else’s table is known.',
    compareDesk: 'An operator has logs and terminals, and no table of all tables.',
    typeLog: 'This is a log of the past: nobody listens at its terminals.',
  },

  /** How a sentence about the other future begins. */
  prefix: {
    lost: 'Without it',
    held: 'With it held back',
    late: 'With it late',
    twice: 'With it twice',
    other: 'In the second',
  },
  moved: (prefix: string, what: string, by: string, isLater: boolean) =>
    `${prefix}, ${what} ${by} ${isLater ? 'later' : 'earlier'}.`,
  onlyRight: (prefix: string, what: string, at: string) => `${prefix}, at ${at}: ${what}.`,
  onlyLeft: (prefix: string, what: string, until: string) =>
    `${prefix}, by ${until} this has not happened: ${what}.`,
  same: (prefix: string, until: string) => `${prefix}, nothing that matters differs by ${until}.`,

  page: 'Two futures',
  back: 'Back to one future',
  keep: 'Go on in this one',
  keepName: (name: string) => `Go on in “${name}”`,
  asItWas: 'As it was',
  otherWise: {
    lost: (message: string) => `${message}, lost`,
    held: (message: string) => `${message}, held back`,
    late: (message: string) => `${message}, late`,
    twice: (message: string) => `${message}, twice`,
  },
  fork: (at: string) => `One past until ${at}.`,
  /** What happened last, for ears. */
  inBoth: (sentence: string) => `In both: ${sentence}`,
  inOne: (name: string, sentence: string) => `${name}: ${sentence}`,
  further: 'Look further',
  left: 'first',
  right: 'second',
  differences: 'What differs',
  differencesNote: (count: number) =>
    `${count} ${count === 1 ? 'difference' : 'differences'} so far`,
  never: 'not yet',
  when: 'First',
  whenOther: 'Second',
  what: 'What happens',

  tree: {
    count: (count: number) => `Futures: ${count}`,
    title: 'Futures',
    first: 'as first seen',
    from: (at: string) => `from ${at}`,
    until: (at: string) => `to ${at}`,
    onStage: 'on the stage',
    goTo: (name: string) => `Go to the future “${name}”`,
    rename: (name: string) => `Rename “${name}”`,
    name: 'Name of this future',
    forget: (name: string) => `Forget “${name}”`,
    compare: 'Compare with the one on the stage',
    compareName: (name: string) => `Compare “${name}” with the future on the stage`,
  },

  until: {
    open: 'until…',
    title: 'Run until…',
    name: 'Run until a condition, or stop at kinds of beats',
    ready: 'Ready-made',
    fail: 'a FAIL',
    promoted: 'somebody is promoted',
    stateOk: (node: string) => `cluster_state of ${node} is ok`,
    stateFail: (node: string) => `cluster_state of ${node} is fail`,
    reports: (node: string, count: number, about: string) =>
      `${node} has ${count} ${count === 1 ? 'report' : 'reports'} on ${about}`,
    calm: 'nobody suspects anybody',
    delivery: 'the next message is read',
    typed: 'Or a condition in words',
    hint: 'self(8904).currentEpoch > 6',
    go: 'Run',
    within: 'look ahead',
    help: 'The language of the lessons: seen(…), self(…), sees(…), count(…).',
    already: (what: string) => `It is so already: ${what}.`,
    found: (at: string, what: string) => `${at}: ${what}.`,
    none: (what: string, limit: string) => `Nothing of the kind within ${limit}: ${what}.`,
    noBeat: (limit: string) => `No beat within ${limit}: nobody changes their mind.`,
    noDelivery: (limit: string) => `No message is read within ${limit}.`,
    searching: (at: string) => `Looking ahead: ${at}…`,
    stop: 'Stop looking',
    wrong: {
      name: (found: string, place: number, nearest: string | null) =>
        `Character ${place}: nothing here is called “${found}”.${nearest === null ? '' : ` The nearest name is ${nearest}.`}`,
      use: (name: string, place: number) =>
        `Character ${place}: “${name}” takes other values, or another number of them.`,
      odd: (found: string, place: number) => `Character ${place}: “${found}” does not belong here.`,
      ends: 'The condition ends too soon: a bracket, a quote or a value is missing.',
      kinds: (operator: string) => `The two sides of “${operator}” are not of one kind.`,
      costly:
        'The condition is too long, or takes too long: at most 600 characters, two loops within one another, no regular expression.',
    },
    notYesNo: 'A condition says yes or no; this one is something else.',
  },

  breakpoints: {
    title: 'Stop playing at',
    kinds: {
      process: 'freeze, kill, start',
      link: 'links',
      pfail: 'PFAIL',
      report: 'report',
      fail: 'FAIL',
      clear: 'all-clear',
      election: 'election',
      vote: 'vote',
      denial: 'denial',
      win: 'new master',
      state: 'cluster_state',
      redirect: 'MOVED, ASK',
    },
    none: 'nothing',
    reached: (kind: string) => `Stopped at: ${kind}.`,
    mark: (kinds: string) => `Playing stops at: ${kinds}`,
  },

  save: {
    menu: 'Share and save',
    file: 'Save this run as a file',
    open: 'Open a run from a file',
    drop: 'Drop the file of a run, or the files of a lesson, to open it.',
    data: 'Export the run as JSON',
    longLink: 'The link is long: a file is kinder to those who get it.',
    wrongFile: (name: string) => `“${name}” is not a run of Slotscope`,
    because: (reason: string) => `: ${reason}`,
    kinds: { number: 'a number', texts: 'a list of texts' },
    notJson:
      'it is no JSON. What opens here: a run saved as .slotscope.json, the files of a lesson, a recording of real processes.',
    tooLarge: (mostMb: number) => `it is larger than ${mostMb} MB, more than any run needs.`,
    noRun: 'it has no field “slotscope” with a version.',
    newer: (found: number, known: number) =>
      `it was saved by a newer page (version ${found}; this one knows ${known}).`,
    missing: (field: string, expected: string) => `the field “${field}” should be ${expected}.`,
    skipped: (count: number, first: string) =>
      `${count === 1 ? 'One deed' : `${count} deeds`} could not be read and ${count === 1 ? 'was' : 'were'} left out, the first: ${first}`,
    skippedView: (what: string) => `This page does not know a part of the link: ${what}.`,
    otherRun:
      'This link was made by another version of the page: the same deeds lead to another moment here.',
    cut: 'The link is cut off or changed: its packed part cannot be read.',
  },
};
