import { beforeEach, expect, test } from 'vitest';
import { PresenterEnd, WallEnd, type Line, type WallDeed, type WallState } from './wall';

/** Lines on which everybody hears everybody else, at once. */
let lines: Line[] = [];
function newLine(): Line {
  const line: Line = {
    onmessage: null,
    postMessage: (data) => {
      for (const other of lines) if (other !== line) other.onmessage?.({ data } as MessageEvent);
    },
    close: () => (lines = lines.filter((one) => one !== line)),
  };
  lines.push(line);
  return line;
}

const asking: WallState = { slug: 'slots', step: 'guess', phase: 'asking', isBlank: false };
let deeds: WallDeed[];
let heard: (WallState | null)[];
beforeEach(() => {
  lines = [];
  deeds = [];
  heard = [];
});
const wall = () => new WallEnd(newLine(), 'slots', (deed) => deeds.push(deed));
const presenter = (slug = 'slots') =>
  new PresenterEnd(newLine(), slug, (state) => heard.push(state));

test('a presenter who comes later is told where the wall stands', () => {
  wall().tell(asking);
  presenter();
  expect(heard).toMatchObject([asking]);
});

test('it is told every change, and that the wall has gone', () => {
  presenter();
  const end = wall();
  end.tell(asking);
  end.tell({ ...asking, phase: 'shown' });
  end.close();
  expect(heard.map((state) => state?.phase ?? null)).toEqual(['asking', 'shown', null]);
});

test('what it asks for is done on the wall, and only that', () => {
  wall();
  const end = presenter();
  end.ask('next');
  end.ask('blank');
  newLine().postMessage({ type: 'do', slug: 'slots', deed: 'close' });
  expect(deeds).toEqual(['next', 'blank']);
});

test('a wall with another lesson is another matter', () => {
  wall().tell(asking);
  presenter('moved').ask('next');
  expect([heard, deeds]).toEqual([[], []]);
});
