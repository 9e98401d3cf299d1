/** Running until a condition: ready-made, typed, never, and wrong. */
import { describe, expect, test } from 'vitest';
import { DEFAULT_SCENE } from '../../kernel/scene';
import { SimulatedSource } from '../../timeline/simulated-source';
import { futures } from '../../words/en/futures';
import { liveSession } from '../opening/live-session';
import { refusalOf, Search } from './search.svelte';
import type { Session } from '../session.svelte';
import { wishesAt } from './wishes';
import { withoutPage } from '../../without-page';

const inputs = [{ atMs: 10_000, input: { type: 'freeze', node: '8901' } as const }];

function sessionAt(atMs: number): Session {
  const session = liveSession(new SimulatedSource({ ...DEFAULT_SCENE, seed: 42, inputs }));
  session.seekTime(atMs);
  return session;
}

const wishesOf = (session: Session) =>
  wishesAt(
    {
      frame: session.frame,
      notes: session.notes,
      untilStep: session.cursor.step,
      viewpoint: session.viewpoint,
      subject: session.subject,
    },
    futures.until,
  );

withoutPage();

describe('ready-made wishes', () => {
  test('each is a condition that reads, and none is true at the moment it is offered', async () => {
    const session = sessionAt(17_000);
    session.viewpoint = '8904';
    const wishes = wishesOf(session);
    expect(wishes.map(({ id }) => id)).toEqual(['fail', 'promoted', 'reports', 'state', 'calm']);
    expect(wishes.map(({ label }) => label)).toContain('8904 has 1 report on 8901');
    for (const { id, condition, label } of wishes) {
      expect(refusalOf(condition), condition).toBeNull();
      session.seekTime(17_000);
      await new Search().run(session, { condition, label, limitMs: 30_000 });
      // The frozen node never answers, so there is no calm to be found.
      const type = id === 'calm' ? 'missing' : 'found';
      expect(session.news, label).toMatchObject({ type, what: label });
      if (type === 'found') expect(session.cursor.atMs).toBeGreaterThan(17_000);
    }
  });

  test('a second FAIL is waited for, not the first one again', async () => {
    const session = sessionAt(12_000);
    const next = () => wishesOf(session).find(({ id }) => id === 'fail')!;
    await new Search().run(session, { ...next(), limitMs: 30_000 });
    const first = session.cursor.atMs;
    await new Search().run(session, { ...next(), limitMs: 30_000 });
    expect(session.cursor.atMs).toBeGreaterThan(first);
    const fails = session.beats.filter(({ kind }) => kind === 'fail').map(({ atMs }) => atMs);
    expect(fails.slice(0, 2)).toEqual([first, session.cursor.atMs]);
  });
});

describe('typed conditions', () => {
  test('found: the stage stands right after the step that made it true', async () => {
    const session = sessionAt(12_000);
    const condition = 'self(8904).role == "master"';
    await new Search().run(session, { condition, label: condition, limitMs: 60_000 });
    expect(session.frame.nodes.find(({ name }) => name === '8904')!.view.role).toBe('master');
    session.stepEvent(-1);
    session.seekTime(session.source.cursor.atMs);
    expect(session.frame.nodes.find(({ name }) => name === '8904')!.view.role).toBe('replica');
  });

  test('true already, or never within the limit: the stage stays and a sentence says so', async () => {
    const session = sessionAt(12_000);
    await new Search().run(session, { condition: 'now > 0', label: 'now', limitMs: 1_000 });
    expect(session.news).toMatchObject({ type: 'already' });
    await new Search().run(session, { condition: 'now < 0', label: 'never', limitMs: 1_000 });
    expect(session.news).toEqual({ type: 'missing', what: 'never', limitMs: 1_000 });
    expect(session.cursor.atMs).toBe(12_000);
  });

  test('stopped while it looks: the stage stays', async () => {
    const session = sessionAt(12_000);
    const search = new Search();
    const run = search.run(session, { condition: 'now < 0', label: '', limitMs: 600_000 });
    search.stop();
    await run;
    expect(search.reachedMs).toBeNull();
    expect(session.cursor.atMs).toBe(12_000);
    expect(session.news).toBeNull();
  });

  test.each([
    ['self(8904).rolle == "master"', /rolle/, 'role'],
    ['seen(fial(any, 8901))', /fial/, 'fail'],
    ['1 +', /./, null],
  ])('%s: what is wrong, and the nearest name', async (condition, summary, nearest) => {
    const session = sessionAt(12_000);
    const search = new Search();
    await search.run(session, { condition, label: condition, limitMs: 1_000 });
    expect(search.refusal).toMatchObject({ nearest });
    expect((search.refusal as { summary: string }).summary).toMatch(summary);
    expect(session.cursor.atMs).toBe(12_000);
  });

  test('a number is no condition; a node that is not there is named', async () => {
    expect(refusalOf('self(8904).rank')).toBe('notYesNo');
    const session = sessionAt(12_000);
    const search = new Search();
    const sought = { condition: 'self(9999).fail', label: '', limitMs: 1_000 };
    await search.run(session, { ...sought, condition: 'self(9999).state == "ok"' });
    expect((search.refusal as { summary: string }).summary).toContain('9999');
  });
});
