/** What is picked in a picture, as the page selects it: with the message that stands behind it. */
import type { Pick } from '../../drawing/picked';
import { ballotsOf, carrierOf } from '../inspector/evidence';
import type { Selection, Session } from '../session.svelte';

export default function selectionOf(
  session: Session,
  what: Exclude<Pick, { type: 'link' }>,
): Selection {
  if (what.type === 'pair') return { type: 'link', from: what.observer, to: what.subject };
  if (what.type === 'client') return what;
  if (what.type === 'report') return { ...what, message: messageOfReport(session, what) };
  return voteOf(session, what) ?? { type: 'node', node: what.voter };
}

function messageOfReport(
  { frame, notes }: Session,
  { at, by, about }: Extract<Pick, { type: 'report' }>,
): number | null {
  const keeper = frame.nodes.find(({ name }) => name === at);
  const row = keeper?.view.rows.find(({ name }) => name === about);
  const report = row?.failReports.find((one) => one.by === by);
  return report ? carrierOf(notes, at, report) : null;
}

function voteOf(
  { frame, notes, cursor }: Session,
  { candidate, voter }: Extract<Pick, { type: 'vote' }>,
): Selection | null {
  const election = frame.elections.find((one) => one.candidate === candidate);
  if (!election) return null;
  const { vote, request } = ballotsOf(notes, election, voter, cursor.step);
  const message = vote ?? request;
  return message === null ? null : { type: 'message', message };
}
