/** Runs as files: out and in again, and every way in which a file can be wrong. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { futures } from '../../words/en/futures';
import { Bench } from '../bench.svelte';
import { openSandbox } from '../opening/open-sandbox';
import { exportedRunOf, fileProblemText, readRunFile, runFileOf } from './run-file';
import { Session } from '../session.svelte';
import { lookedAtPlaceOf } from './share';
import { showView } from './show-view';
import { BARE_SANDBOX, type SandboxPlace } from './place';
import { withoutPage } from '../../without-page';

withoutPage();

function open(place: SandboxPlace): { session: Session; bench: Bench } {
  const session = openSandbox(place, 'en');
  if (!(session instanceof Session)) throw new Error(JSON.stringify(session));
  const bench = new Bench(() => session);
  return { session, bench };
}

const FROZEN: SandboxPlace = { ...BARE_SANDBOX, deeds: ['at 10s freeze 8901'], atMs: 17_230 };

describe('round trip', () => {
  const { session, bench } = open(FROZEN);
  session.act({ type: 'cut', from: '8902', to: '8903', oneWay: true });
  session.seekTime(19_000);
  session.stepEvent(-1);
  session.seekStep(session.source.cursor.step);
  session.viewpoint = '8904';
  bench.select({ type: 'node', node: '8902' });
  bench.tab = 'log';
  const file = runFileOf(session, bench);

  test('the same run at the same step, looked at the same way', () => {
    const place = readRunFile(JSON.stringify(file)) as SandboxPlace;
    const again = open(place);
    const trouble = showView(place, again.session, again.bench);
    expect(trouble).toEqual({ unknown: [], isOtherRun: false });
    expect(again.session.source.hash()).toBe(session.source.hash());
    expect(again.session.cursor.step).toBe(session.cursor.step);
    expect(again.session.viewpoint).toBe('8904');
    expect(again.session.selected).toEqual({ type: 'node', node: '8902' });
    expect(again.bench.tab).toBe('log');
    expect(lookedAtPlaceOf(again.session, again.bench)).toEqual(lookedAtPlaceOf(session, bench));
  });

  test('exported data opens as a run, and tells what happened', () => {
    const data = exportedRunOf(session, bench);
    const place = readRunFile(JSON.stringify(data));
    expect(place).toEqual(readRunFile(JSON.stringify(file)));
    expect(data.inputs.map(({ input }) => input.type)).toEqual(['freeze', 'cut']);
    expect(data.messages.length).toBe(data.notes.filter(({ event }) => event === 'sent').length);
    expect(data.beats.map(({ kind }) => kind)).toContain('pfail');
  });

  test('every field is documented, and nothing else', () => {
    const page = readFileSync('docs/run-file.md', 'utf8');
    const documented = [...page.matchAll(/^\| `(\w+)`/gm)].map(([, name]) => name);
    expect(documented).toEqual(Object.keys(exportedRunOf(session, bench)));
  });
});

describe('a link of another version', () => {
  test('a hash that is not that of the world here is told', () => {
    const place = { ...FROZEN, hash: '000000' };
    const { session, bench } = open(place);
    expect(showView(place, session, bench).isOtherRun).toBe(true);
  });

  test('what is not in this cluster is named, the rest is shown', () => {
    const place: SandboxPlace = {
      ...FROZEN,
      view: { as: '8999', open: { type: 'message', message: 99_999_999 }, tab: 'log' },
    };
    const { session, bench } = open(place);
    expect(showView(place, session, bench).unknown).toEqual(['as=8999', 'open']);
    expect(session.viewpoint).toBeNull();
    expect(bench.tab).toBe('log');
  });
});

describe('wrong files', () => {
  const good = { slotscope: 1, masters: 3, replicas: 1, timeoutMs: 5_000, seed: 1, deeds: [] };

  test.each([
    ['', 'it is no JSON.'],
    ['[1, 2', 'it is no JSON.'],
    ['7', 'it is no JSON.'],
    [JSON.stringify({ a: 1 }), 'it has no field “slotscope” with a version.'],
    [JSON.stringify({ ...good, slotscope: 9 }), 'version 9; this one knows 1'],
    [JSON.stringify({ ...good, seed: 'x' }), 'the field “seed” should be a number.'],
    [JSON.stringify({ ...good, deeds: 'freeze' }), 'the field “deeds” should be a list of texts.'],
  ])('%s: %s', (text, says) => {
    const read = readRunFile(text);
    if (!('kind' in read) || read.kind === 'place') throw new Error('it was read');
    const sentence = fileProblemText(read, 'a.json', futures.save);
    expect(sentence).toContain('“a.json” is not a run of Slotscope');
    expect(sentence).toContain(says);
  });

  test('numbers a link would refuse are refused here', () => {
    expect(readRunFile(JSON.stringify({ ...good, masters: 2 }))).toMatchObject({
      kind: 'place',
      problem: { kind: 'few-masters' },
    });
    expect(readRunFile(JSON.stringify({ ...good, seed: -1 }))).toMatchObject({
      kind: 'place',
      problem: { kind: 'number', name: 'seed' },
    });
  });
});
