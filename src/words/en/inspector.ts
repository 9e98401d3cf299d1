/** Words of the inspector: node card, table, log, message and events, in English. */
import { gloss } from './log-gloss';

const lostKeys = (keys: readonly string[], more: number): string =>
  `${keys.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;

export const inspector = {
  tabs: {
    table: 'Table',
    message: 'Message',
    terminal: 'Terminal',
    log: 'Log',
    machine: 'Machine',
  },
  tabsName: 'About this node',
  listSeparator: ', ',
  seconds: (amount: string) => `${amount}\u00a0s`,

  card: {
    master: (slots: string) => `master of ${slots} slots`,
    masterNoSlots: 'master without slots',
    replicaOf: 'replica of',
    replicaOfNobody: 'replica of no one it knows',
    candidate: (epoch: number) => `candidate in epoch ${epoch}`,
    waiting: 'waiting to ask for votes',
    handover: {
      asking: 'asking its master to pause',
      'catching-up': 'catching up with its paused master',
      paused: 'paused, writes wait',
    },
    frozen: (time: string) => `frozen ${time}`,
    killed: (time: string) => `killed ${time}`,
    itsMasters: 'its master’s',
    replication: 'replication',
    link: {
      none: 'none',
      connecting: 'connecting',
      syncing: 'syncing',
      up: 'up',
      down: 'down',
    },
    lastSync: { full: 'full copy', partial: 'continued' },
    linkFor: (link: string, time: string) => `${link} ${time}`,
    flags: 'flags',
    offset: 'offset',
    unheard: 'not heard yet',
    rank: 'rank',
    slots: 'slots served',
    clusterState: 'cluster_state',
  },

  table: {
    caption: (node: string) => `What ${node} has in its table`,
    node: 'Node',
    slots: 'Slots',
    epoch: 'Epoch',
    ping: 'Ping',
    pong: 'Pong',
    link: 'Link',
    epochTitle: 'configEpoch: the newest claim to these slots',
    pingTitle: 'ping_sent: how long a PING has been waiting for its PONG',
    pongTitle: 'pong_received: how long ago the last PONG came in',
    linkTitle: 'link_state: whether this node has a connection to that one',
    connected: 'up',
    disconnected: 'down',
    none: '–',
    replicaOf: 'of',
    reports: 'fail_reports',
    reportLeft: (by: string, time: string) => `${by}, ${time} left`,
    changed: (before: string) => `changed, was ${before}`,
    gone: 'nothing',
    lastTable: 'Its last table: the process is not running.',
  },

  log: {
    level: 'From level',
    levels: {
      debug: '. debug',
      verbose: '- verbose',
      notice: '* notice',
      warning: '# warning',
    },
    empty: 'Nothing logged yet at this level.',
    earlier: (count: number) => `${count} earlier lines`,
    goTo: (time: string) => `Go to ${time}`,
    taught: (title: string, step: number) =>
      `Where it is taught: “${title}”, step ${step} (in a new tab)`,
    gloss,
  },

  message: {
    quoted: (gist: string) => `“${gist}”`,
    none: 'Click a line between two lanes, or a glyph on the stage, to see what the message says.',
    sent: (time: string) => `sent ${time}`,
    due: (time: string) => `due ${time}`,
    heldAt: (time: string) => `to be held back at ${time}`,
    arrived: (time: string) => `arrived ${time}`,
    wouldHaveArrived: (time: string) => `lost; would have arrived ${time}`,
    held: 'held back on the link',
    unread: (time: string) => `arrived ${time}, waits unread`,
    epoch: 'currentEpoch',
    about: 'about',
    gossip: 'gossip',
    noSuspicion: 'no suspicion',
    says: {
      PING: 'Are you there?',
      pingWithRumour: (about: string) => `Are you there? I cannot reach ${about}.`,
      PONG: 'I am here.',
      pongWithRumour: (about: string) => `I am here. I cannot reach ${about}.`,
      pingWithVerdict: (about: string) => `Are you there? To me, ${about} has failed.`,
      pongWithVerdict: (about: string) => `I am here. To me, ${about} has failed.`,
      MEET: 'Take me into your table, and I take you into mine.',
      FAIL: (about: string) => `${about} is down. Take it as settled.`,
      PUBLISH: 'Hand this to your subscribers.',
      FAILOVER_AUTH_REQUEST: (epoch: number) => `May I take my master’s place in epoch ${epoch}?`,
      FAILOVER_AUTH_ACK: (epoch: number) => `You have my vote in epoch ${epoch}.`,
      UPDATE: (about: string) => `Your map is old. These slots belong to ${about}.`,
      MFSTART: 'Stop taking writes. I am about to take over.',
      PUBLISHSHARD: 'For our shard: hand this to your subscribers.',
      MODULE: 'A message between two copies of one module.',
      someone: 'someone',
    },
    note: {
      PING: 'Every heartbeat carries the sender’s slots, epochs, and what it says of a few others.',
      PONG: 'The answer to a PING, with the same contents.',
      MEET: 'A PING that the receiver accepts from a stranger.',
      FAIL: 'A 40-byte name is all a FAIL says. It carries no reports and no proof.',
      PUBLISH: 'Carries a channel and a message of PUBLISH to every node.',
      FAILOVER_AUTH_REQUEST:
        'Goes to every node; only masters with slots may answer. The header claims the slots ' +
        'and the configEpoch of its master.',
      FAILOVER_AUTH_ACK:
        'One master, one vote an epoch. The epoch was on disk before this message left.',
      UPDATE: 'Sent to a node that claims slots which another owns with a newer configEpoch.',
      MFSTART: 'From a replica to its master: a manual failover begins.',
      PUBLISHSHARD: 'Carries a channel and a message of SPUBLISH to the nodes of one shard.',
      MODULE: 'Carries what a module sends; no module is simulated here.',
    },
  },

  events: {
    show: 'Show',
    kinds: {
      beliefs: 'Beliefs',
      elections: 'Elections',
      slots: 'Slots',
      copies: 'Copies',
      faults: 'Faults',
      clients: 'Clients',
      tool: 'redis-cli',
      messages: 'Messages',
      logs: 'Logs',
    },
    empty: 'No such events.',
    count: (shown: string, all: string) => `${shown} of ${all}`,
    note: {
      flagSet: (at: string, about: string, flag: string) => `${at} marks ${about} ${flag}`,
      flagClear: (at: string, about: string, flag: string) => `${at} clears ${flag} of ${about}`,
      reportAdd: (at: string, by: string, about: string) =>
        `${at} files ${by}’s report on ${about}`,
      reportExpire: (at: string, by: string, about: string) =>
        `${at} drops ${by}’s report on ${about}`,
      electionStart: (node: string, epoch: number) =>
        `${node} opens epoch ${epoch}, asks for votes`,
      electionExpire: (node: string, epoch: number) => `${node}’s election ${epoch} expires`,
      voteGrant: (by: string, to: string, epoch: number) =>
        `${by} votes for ${to} in epoch ${epoch}`,
      voteDeny: (by: string, to: string, reason: string) => `${by} denies ${to}: ${reason}`,
      manualAsk: {
        agreed: (node: string, master: string) =>
          `${node} is told to take over from ${master}, and asks it to pause`,
        forced: (node: string, master: string) =>
          `${node} is told to take over from ${master} (FORCE)`,
        takeover: (node: string, master: string) =>
          `${node} is told to take over from ${master} (TAKEOVER)`,
      },
      manualPause: (node: string, replica: string) => `${node} pauses writes for ${replica}`,
      manualResume: (node: string, waiting: number) =>
        `${node} ends its pause${waiting > 0 ? `, ${waiting} waiting` : ''}`,
      manualReady: (node: string, offset: number) =>
        `${node} has all of its master’s data, offset ${offset}`,
      manualExpire: (node: string) => `${node}’s manual failover times out`,
      migrate: (node: string, from: string, to: string) => `${node} moves from ${from} to ${to}`,
      sync: {
        full: (node: string) => `${node} has copied everything from its master`,
        partial: (node: string) => `${node} goes on in its master’s stream where it was`,
      },
      tailRefused: (node: string, replica: string, bytes: number) =>
        `${node} does not know the last ${bytes} bytes of ${replica}’s stream`,
      writesLost: (node: string, master: string, keys: readonly string[], more: number) =>
        `${node} loses what it had under ${keys.join(', ')}${more > 0 ? ` and ${more} more` : ''}: not in the copy of ${master}`,
      acknowledgedLost: {
        'not-replicated': (by: string, owner: string, keys: readonly string[], more: number) =>
          `Lost though ${by} said OK: ${lostKeys(keys, more)}. ${owner} takes over and never had it`,
        'moved-away': (by: string, owner: string, keys: readonly string[], more: number) =>
          `Lost though ${by} said OK: ${lostKeys(keys, more)}. Moved on since, and ${owner} takes over without knowing`,
        'replaced-master': (by: string, owner: string, keys: readonly string[], more: number) =>
          `Lost though ${by} said OK: ${lostKeys(keys, more)}. ${owner} has owned its slot for a while`,
        'epoch-without-vote': (by: string, owner: string, keys: readonly string[], more: number) =>
          `Lost though ${by} said OK: ${lostKeys(keys, more)}. ${owner} took the slot by an epoch without a vote`,
      },
      slotOpen: {
        migrating: (node: string, slot: number, peer: string) =>
          `${node} opens slot ${slot}: migrating to ${peer}`,
        importing: (node: string, slot: number, peer: string) =>
          `${node} opens slot ${slot}: importing from ${peer}`,
      },
      slotClose: (node: string, slot: number) => `${node} closes slot ${slot}`,
      slotOwner: (node: string, slots: string, owner: string, epoch: number) =>
        `${node}: ${owner} owns ${slots}, configEpoch ${epoch}`,
      keyMove: (node: string, to: string, key: string, slot: number) =>
        `${key} moves from ${node} to ${to} (slot ${slot})`,
      promote: (node: string, epoch: number) => `${node} is master, configEpoch ${epoch}`,
      demote: (node: string, master: string) => `${node} becomes replica of ${master}`,
      state: (node: string, state: string) => `${node}: cluster_state ${state}`,
      sent: (type: string, from: string, to: string) => `${type} ${from} → ${to} sent`,
      received: (type: string, from: string, to: string) => `${type} ${from} → ${to} received`,
      lost: (type: string, from: string, to: string) => `${type} ${from} → ${to} lost`,
      command: (client: string, node: string, text: string) => `${client} to ${node}: ${text}`,
      reply: (client: string, node: string, text: string) => `${node} to ${client}: ${text}`,
      delivered: (channel: string, at: string) => `${at} delivers on ${channel}`,
      push: (client: string, node: string, text: string) => `${client} hears from ${node}: ${text}`,
      log: (node: string, text: string) => `${node} ${text}`,
      cli: (text: string) => text,
      cliStart: (text: string) => `$ ${text}`,
      cliExit: (code: number) =>
        code === 0 ? 'redis-cli is done' : `redis-cli ends with exit code ${code}`,
      process: {
        running: (node: string) => `${node} runs`,
        frozen: (node: string) => `${node} is frozen`,
        killed: (node: string) => `${node} is killed`,
      },
      link: {
        cut: (pair: string) => `link ${pair} is cut`,
        healed: (pair: string) => `link ${pair} is healed`,
        held: (pair: string) => `link ${pair} holds messages back`,
        released: (pair: string) => `link ${pair} lets messages go`,
        slow: (pair: string) => `link ${pair} is slow`,
      },
      end: (hash: string) => `end, hash ${hash}`,
    },
  },
};
