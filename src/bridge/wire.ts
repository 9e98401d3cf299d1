/**
 * The language of the bridge and its pages: JSON texts with `t`, their kind, and batches of frames
 * as bytes. Both ends read with these schemas; what does not fit ends in one sentence.
 */
import * as v from 'valibot';
import { nearestWord } from '../lesson/nearest-word';
import { CLIENT_MESSAGES, type ClientMessage } from './wire/client-messages';
import { SERVER_MESSAGES, type ServerMessage } from './wire/server-messages';

export * from './wire/client-messages';
export * from './wire/cut-frame';
export * from './wire/frame-batch';
export * from './wire/server-messages';
export { WIRE_VERSION, MESSAGE_TYPES, LONGEST_DELAY_MS, type FaultMode } from './wire/values';

/**
 * While the bridge takes no more pages, it serves its own with this header. A page whose WebSocket
 * was refused before it opened tells by it that there is no room from a bridge that is not ready.
 */
export const FULL_HEADER = 'x-slotscope-bridge-full';

export type Parsed<T> =
  | { readonly ok: true; readonly message: T }
  /** What was found, where, and what was expected; `id` is that of the request, if it has one. */
  | { readonly ok: false; readonly id: number | null; readonly sentence: string };

/** What a page said, read by the bridge. */
export function parseClientMessage(text: string): Parsed<ClientMessage> {
  return parse(CLIENT_MESSAGES, text) as Parsed<ClientMessage>;
}

/** What the bridge said, read by a page. */
export function parseServerMessage(text: string): Parsed<ServerMessage> {
  return parse(SERVER_MESSAGES, text) as Parsed<ServerMessage>;
}

type Schemas = Readonly<Record<string, v.GenericSchema>>;

function parse(schemas: Schemas, text: string): Parsed<unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return wrong(null, `this is not JSON: ${(error as Error).message}`);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return wrong(null, `found ${show(value)}; expected one JSON object, a message`);
  }
  const { t, id } = value as { t?: unknown; id?: unknown };
  const requestId = typeof id === 'number' && Number.isSafeInteger(id) && id >= 0 ? id : null;
  const schema = typeof t === 'string' && Object.hasOwn(schemas, t) ? schemas[t] : undefined;
  if (!schema) return wrong(requestId, kindSentence(t, Object.keys(schemas)));
  const result = v.safeParse(schema, value, { abortEarly: true });
  if (result.success) return { ok: true, message: result.output };
  return wrong(requestId, `${String(t)}: ${issueSentence(result.issues[0])}`);
}

const wrong = (id: number | null, sentence: string): Parsed<never> => ({ ok: false, id, sentence });

function kindSentence(t: unknown, known: readonly string[]): string {
  const nearest = typeof t === 'string' ? nearestWord(t.slice(0, MOST_SHOWN), known) : null;
  const hint = nearest === null ? '' : ` Did you mean "${nearest}"?`;
  return `t is ${show(t)}; expected one of ${known.join(', ')}.${hint}`;
}

function issueSentence(issue: v.BaseIssue<unknown>): string {
  const name = issue.path?.map(({ key }) => String(key).slice(0, MOST_SHOWN)).join('.') ?? 'it';
  if (issue.expected === 'never') return `${name} is no field of this message`;
  if (issue.input === undefined) return `${name} is missing`;
  return `${name} is ${show(issue.input)}; expected ${issue.message}`;
}

const MOST_SHOWN = 80;
function show(value: unknown): string {
  const text = (JSON.stringify(value) as string | undefined) ?? 'missing';
  return text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN)}…` : text;
}
