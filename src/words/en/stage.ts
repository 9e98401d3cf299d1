/** Words of the stage, in English. */
export const stage = {
  name: 'The cluster, drawn as a ring of slots',

  seconds: (amount: string) => `${amount}\u00a0s`,
  milliseconds: (amount: string) => `${amount}\u00a0ms`,

  slowBy: (time: string) => `+${time}`,
  messageLabel: (type: string, from: string, to: string) => `${type} from ${from} to ${to}`,
  carries: (about: string) => `carries a suspicion of ${about}`,

  master: 'master',
  replicaOf: (master: string) => `replica of ${master}`,
  replica: 'replica',
  slotRange: (first: number, last: number) =>
    first === last ? `slot ${first}` : `slots ${first} to ${last}`,
  noSlots: 'no slots',
  saysSince: (observer: string, flag: string, time: string) =>
    `${observer} says ${flag} since ${time}.`,
  says: (observer: string, flag: string) => `${observer} says ${flag}.`,
  mostSay: (flag: string) => `Most nodes say ${flag}.`,
  processFrozen: 'Process frozen.',
  processKilled: 'Process killed.',
  handshake: 'Handshake, not yet a member.',
  unknownTo: (observer: string) => `${observer} does not know it.`,
  isViewpoint: 'Seen by this node.',
  comma: ', ',
  stop: '. ',
};
