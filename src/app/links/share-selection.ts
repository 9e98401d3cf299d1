/** Ties the pictures to the session's selection. Call while a component is being made. */
import { sharePicked, type Pick, type Picked } from '../../drawing/picked';
import type { Bench } from '../bench.svelte';
import { ballotsOf, carrierOf } from '../inspector/evidence';
import type { Selection, Session } from '../session.svelte';

export function shareSelection(session: () => Session, bench: () => Bench): void {
  sharePicked({
    now: () => pickedOf(session()),
    pick: (what) => {
      if (what.type === 'link') session().selected = what;
      else bench().select(selectionOf(session(), what));
    },
  });
}

function pickedOf({ selected, pickedNodes, pickedMessage }: Session): Picked {
  return {
    nodes: pickedNodes,
    message: pickedMessage,
    pair:
      selected?.type === 'link'
        ? { observer: selected.from, subject: selected.to }
        : selected?.type === 'report'
          ? { observer: selected.at, subject: selected.about }
          : null,
    reporter: selected?.type === 'report' ? selected.by : null,
    client: selected?.type === 'client' ? selected.client : null,
  };
}

function selectionOf(session: Session, what: Exclude<Pick, { type: 'link' }>): Selection {
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
