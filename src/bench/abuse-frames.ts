/** Frames that no bus should carry, the same every time. */
import fc from 'fast-check';
import { encodeFrame } from '../protocol/wire/encode-frame';
import { HEADER } from '../protocol/wire/layout';

/** A well-formed FAIL of `sender` about `about`: a node that is known would be believed. */
export function failFrame(sender: string, about: string): Buffer {
  const header = { port: 0, currentEpoch: 1, configEpoch: 0, offset: 0, myslots: [] };
  const address = { myip: '', pport: 0, cport: 0, flags: 1, state: 'ok' } as const;
  const said = { type: 'FAIL', sender, slaveof: null, mflags: [0, 0, 0], about } as const;
  return Buffer.from(encodeFrame({ ...said, ...header, ...address }));
}

function changed(frame: Buffer, change: (frame: Buffer) => void): Buffer {
  const copy = Buffer.from(frame);
  change(copy);
  return copy;
}

/** Of nobody, or nothing at all. `ids` are those of the cluster. */
export function framesOfStrangers(count: number, ids: readonly string[]): Buffer[] {
  const victim = fc.constantFrom(...ids);
  const letter = fc.constantFrom('0', '3', '9', 'b', 'e');
  const nobody = fc.string({ unit: letter, minLength: 40, maxLength: 40 });
  const forged = fc.tuple(nobody, victim).map(([sender, about]) => failFrame(sender, about));
  const ofMember = fc.tuple(victim, victim).map(([sender, about]) => failFrame(sender, about));
  const length = (min: number, max: number, of: fc.Arbitrary<Buffer>) =>
    fc
      .tuple(of, fc.integer({ min, max }))
      .map(([frame, word]) => changed(frame, (copy) => copy.writeUInt32BE(word, HEADER.totlen)));
  const signature = fc
    .tuple(ofMember, fc.integer({ min: 1, max: 255 }))
    .map(([frame, byte]) => changed(frame, (copy) => (copy[0]! ^= byte)));
  const noise = fc
    .uint8Array({ minLength: 80, maxLength: 8_000 })
    .map((bytes) => Buffer.from(bytes));
  const kinds = fc.oneof(
    ...[forged, signature, noise],
    ...[length(0, 2_255, ofMember), length(0x1000_0000, 0xffff_ffff, forged)],
  );
  return fc.sample(kinds, { numRuns: count, seed: 7 });
}

/** By a node's id, but nothing its peer may believe: another version, or another length. */
export function framesOfMember(sender: string, about: string): Buffer[] {
  const whole = failFrame(sender, about);
  return [
    changed(whole, (frame) => frame.writeUInt16BE(9, HEADER.ver)),
    // A request for votes, and longer than one.
    changed(whole, (frame) => frame.writeUInt16BE(5, HEADER.type)),
    changed(whole, (frame) => {
      frame.writeUInt16BE(0, HEADER.type); // a PING …
      frame.writeUInt16BE(60_000, HEADER.count); // … with more gossip than bytes
    }),
    changed(whole, (frame) => frame.writeUInt16BE(4_000, HEADER.type)),
    whole.subarray(0, 1_000),
  ];
}
