/** What happened to one real node, in order: what it heard, its ticks, what was done to it. */
import type { Capture, CaptureFrame, CaptureLink, CaptureNode, Deed } from './capture';
import { inferredDeeds } from './inferred-deeds';
import type { Reading } from './guess';
import { lateReadings } from './reading-times';
import { tickPlan, type Life, type Tick } from './tick-plan';

export type Input = { readonly atMs: number } & (
  | { readonly type: 'deed'; readonly deed: Deed }
  | { readonly type: 'link'; readonly link: CaptureLink }
  | { readonly type: 'refused'; readonly busPort: number }
  | { readonly type: 'heard'; readonly frame: CaptureFrame }
  | { readonly type: 'said'; readonly frame: CaptureFrame }
  | { readonly type: 'tick'; readonly tick: Tick; readonly life: number }
);

const REFUSED = /^Connection with Node \S{40} at \S+:(\d+) failed: Connection refused$/;
/** The log has whole milliseconds, rounded down. */
const HALF_A_MS = 0.5;

/** At one moment: what was done comes first, a tick last. */
const ORDER: readonly Input['type'][] = ['deed', 'link', 'refused', 'heard', 'said', 'tick'];

/** Everything that happened to `node`, in order of time. */
export function inputsOf(capture: Capture, node: CaptureNode, reading: Reading): Input[] {
  const { number } = node;
  const deeds = capture.deeds.filter((deed) => deed.node === number);
  const lives = livesOf(deeds, capture);
  const late = lateReadings(capture, node, reading);
  const inputs: Input[] = [
    ...[...startsAtFirstSign(capture, node, deeds), ...inferredDeeds(capture, node)].map(
      (deed): Input => ({ type: 'deed', atMs: deed.atMs, deed }),
    ),
    ...capture.links
      .filter(
        ({ dialer, acceptor, accepted }) => dialer === number || (acceptor === number && accepted),
      )
      .map((link): Input => ({ type: 'link', atMs: link.atMs, link })),
    ...capture.frames.flatMap((frame): Input[] => [
      ...(frame.to === number && frame.received
        ? [{ type: 'heard', atMs: late.get(frame) ?? frame.deliveredMs, frame } as const]
        : []),
      ...(frame.from === number && frame.sent
        ? [{ type: 'said', atMs: frame.atMs, frame } as const]
        : []),
    ]),
    ...refusals(capture, number).map(({ atMs, busPort }): Input => ({
      type: 'refused',
      atMs: atMs + HALF_A_MS,
      busPort,
    })),
    ...lives.flatMap((life, index) =>
      tickPlan(capture, node, life).map((tick): Input => ({
        type: 'tick',
        atMs: tick.atMs,
        tick,
        life: index,
      })),
    ),
  ];
  return inputs.sort((a, b) => a.atMs - b.atMs || ORDER.indexOf(a.type) - ORDER.indexOf(b.type));
}

/** Dials that the log of `number` says were refused: the bus port dialled, and when. */
export function refusals(
  { log }: Capture,
  number: number,
): { readonly atMs: number; readonly busPort: number }[] {
  return log.flatMap(({ node, atMs, text }) => {
    const port = node === number ? REFUSED.exec(text)?.[1] : undefined;
    return port === undefined ? [] : [{ atMs, busPort: Number(port) }];
  });
}

/** The spans in which the process of these deeds ran; a stopped process has no ticks. */
export function livesOf(deeds: readonly Deed[], { durationMs }: { durationMs: number }): Life[] {
  const lives: Life[] = [];
  let from: Omit<Life, 'toMs'> | null = { fromMs: 0, began: 'before' };
  for (const { type, atMs } of deeds) {
    if ((type === 'kill' || type === 'stop') && from) {
      lives.push({ ...from, toMs: atMs });
      from = null;
    } else if ((type === 'start' || type === 'continue') && !from) {
      from = { fromMs: atMs, began: type === 'start' ? 'started' : 'woken' };
    }
  }
  if (from) lives.push({ ...from, toMs: durationMs });
  return lives;
}

/** A process is up some time after somebody starts it: when its log, or a connection, says so. */
function startsAtFirstSign(
  capture: Capture,
  { number }: CaptureNode,
  deeds: readonly Deed[],
): Deed[] {
  return deeds.map((deed) => {
    if (deed.type !== 'start') return deed;
    const ready = capture.log.find(
      (line) =>
        line.node === number &&
        line.atMs >= deed.atMs &&
        line.text.startsWith('Node configuration loaded'),
    );
    const dial = capture.links.find(
      (link) => link.dialer === number && link.event === 'open' && link.atMs >= deed.atMs,
    );
    const signMs = ready?.atMs ?? (dial ? dial.atMs - 2 : deed.atMs);
    return { ...deed, atMs: Math.max(deed.atMs, signMs) };
  });
}
