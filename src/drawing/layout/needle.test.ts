import { expect, test } from 'vitest';
import { needlePicture } from './needle';
import { distancePx } from './polar';
import { ringSize } from './ring-size';

const WIDTH_PX = 390;
const size = ringSize({
  ...{ width: WIDTH_PX, height: 380, insetTop: 0 },
  ...{ masterCount: 3, moonCount: 1, hasClient: false },
});

test('needle: its pin is on the band at the middle of the slot', () => {
  const { pin } = needlePicture({ slot: 4095 }, size, [], {
    widthPx: WIDTH_PX,
    heightPx: 700,
    textPx: 80,
  });
  expect(pin.x).toBeCloseTo(size.radius);
  expect(pin.y).toBeCloseTo(0, 1);
});

test.each([80, 180])(
  'needle: a read-out %i pixels wide stays on the stage (any slot)',
  (textPx) => {
    const shareLeft = { start: 0, middle: 0.5, end: 1 };
    for (let slot = 0; slot < 16384; slot += 97) {
      const { label, anchor } = needlePicture({ slot }, size, [], {
        widthPx: WIDTH_PX,
        heightPx: 700,
        textPx,
      });
      const leftPx = size.centreX + label.x - textPx * shareLeft[anchor];
      expect(leftPx).toBeGreaterThanOrEqual(0);
      expect(leftPx + textPx).toBeLessThanOrEqual(WIDTH_PX);
    }
  },
);

test('needle: a disc in the way moves the read-out outwards', () => {
  const room = { widthPx: 1_600, heightPx: 700, textPx: 80 };
  const wide = { ...size, centreX: 800 };
  const free = needlePicture({ slot: 4095 }, wide, [], room).label;
  const disc = { x: free.x, y: free.y, radius: 12 };
  const moved = needlePicture({ slot: 4095 }, wide, [disc], room).label;
  expect(moved.x).toBeGreaterThan(free.x);
  expect(distancePx(moved, disc)).toBeGreaterThan(12);
});

test('needle: where it stood before, thin lines that pale with age', () => {
  const earlier = [
    { slot: 3432, label: 'n' },
    { slot: 5282, label: 'na' },
    { slot: 1402, label: 'nam' },
  ];
  const picture = needlePicture({ slot: 5798, earlier }, size, [], {
    widthPx: 390,
    heightPx: 700,
    textPx: 80,
  });
  expect(picture.earlier.map(({ text }) => text)).toEqual(['n', 'na', 'nam']);
  const opacities = picture.earlier.map(({ opacity }) => opacity);
  expect(opacities).toEqual(opacities.toSorted((a, b) => a - b));
  for (const { at } of picture.earlier) expect(Math.hypot(at.x, at.y)).toBeLessThan(size.radius);
});

test('needle: a read-out pushed inside the stage does not lie on a disc', () => {
  for (let slot = 0; slot < 16384; slot += 97) {
    const room = { widthPx: WIDTH_PX, heightPx: 700, textPx: 120 };
    const { label, anchor } = needlePicture({ slot }, size, [], room);
    const disc = { x: label.x, y: label.y, radius: 14 };
    const moved = needlePicture({ slot }, size, [disc], room);
    const left = moved.label.x - 120 * { start: 0, middle: 0.5, end: 1 }[anchor];
    const x = Math.max(left, Math.min(disc.x, left + 120));
    expect(distancePx({ x, y: moved.label.y }, disc)).toBeGreaterThan(14);
  }
});

test('needle: a read-out pushed inside the stage keeps off the band where there is room', () => {
  const [textPx, half] = [80, size.band / 2];
  const room = { widthPx: 2 * size.centreX - 10, heightPx: 900, textPx };
  const tall = { ...size, centreY: 450 };
  for (let slot = 3_000; slot < 5_200; slot += 97) {
    const { label, anchor } = needlePicture({ slot }, tall, [], room);
    expect(anchor).toBe('start');
    const nearest = Math.min(...[-10, 10, 30].map((by) => Math.hypot(label.x, label.y + by)));
    expect(nearest).toBeGreaterThan(size.radius + half);
  }
});

test('needle: a read-out gives way to what a client reads, and the needle stays', () => {
  const room = { widthPx: 800, heightPx: 700, textPx: 80 };
  const free = needlePicture({ slot: 12182 }, size, [], room);
  const covered = [0, 20, 40].map((x) => ({ x: free.label.x - x, y: free.label.y }));
  const moved = needlePicture({ slot: 12182 }, size, [], { ...room, covered });
  expect(moved.blade).toBe(free.blade);
  expect(moved.label.x).toBe(free.label.x);
  expect(Math.abs(moved.label.y - free.label.y)).toBeGreaterThan(18);
});

test('needle: where a disc would push both lines of a read-out off the stage, it stands beside', () => {
  const room = { widthPx: WIDTH_PX, heightPx: 380, textPx: 80 };
  const disc = { x: 40, y: size.radius + 44, radius: 16 };
  const { label, anchor } = needlePicture({ slot: 7430 }, size, [disc], room);
  expect(size.centreY + label.y + 24).toBeLessThanOrEqual(380);
  expect(anchor).toBe('start');
  expect(label.x).toBeGreaterThan(disc.x + disc.radius);
});
