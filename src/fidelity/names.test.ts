import { describe, expect, test } from 'vitest';
import { Names } from './names';

const ID = (digit: string): string => digit.repeat(40);

/** Three processes on ports 10100 and up, announced fifty above. */
function threeNodes(): Names {
  const names = new Names(
    [0, 1, 2].map((i) => ({ client: [10_150 + i, 10_100 + i], bus: [20_150 + i, 20_100 + i] })),
  );
  for (const i of [0, 1, 2]) names.learnId(ID('abc'[i]!), i);
  return names;
}

describe('names: texts of a cluster in the words of a script', () => {
  test.each([
    [`MOVED 866 127.0.0.1:10151`, 'MOVED 866 127.0.0.1:8902'],
    [`${ID('a')} 127.0.0.1:10150@20150 master`, '<8901> 127.0.0.1:8901@18901 master'],
    [`FAIL about ${ID('d')}`, 'FAIL about <id>'],
    ['(integer) 10102', '(integer) 8903'],
    ['offset 10102', 'offset 10102'],
    ['SET key 10102', 'SET key 10102'],
  ])('%s', (text, said) => {
    expect(threeNodes().say(text)).toBe(said);
  });

  test.each([
    ['<8902>', ID('b')],
    ['127.0.0.1:8903', '127.0.0.1:10152'],
    ['port:8901', '10150'],
    ['8901', '8901'],
  ])('and back: %s', (word, unsaid) => {
    expect(threeNodes().unsay(word)).toBe(unsaid);
  });

  test('a node nobody started has no name', () => {
    expect(() => threeNodes().process('8904')).toThrow('no node is called 8904');
  });
});

describe('names: replicas are named after their masters', () => {
  test('whichever process redis-cli gave to which master', () => {
    const names = new Names(
      Array.from({ length: 6 }, (_, i) => ({ client: [7_000 + i], bus: [17_000 + i] })),
    );
    for (const i of [0, 1, 2]) names.learnId(ID('abc'[i]!), i);
    names.orderReplicas(3, [null, null, null, ID('c'), ID('a'), ID('b')]);
    expect([0, 1, 2, 3, 4, 5].map((process) => names.nameOf(process))).toEqual([
      '8901',
      '8902',
      '8903',
      '8906',
      '8904',
      '8905',
    ]);
    expect(names.say('127.0.0.1:7004')).toBe('127.0.0.1:8904');
  });
});
