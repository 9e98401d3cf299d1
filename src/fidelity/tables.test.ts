import { describe, expect, test } from 'vitest';
import { Names } from './names';
import { comparableInfo, ownMasterId, parseTable, printRow, sharedView } from './tables';

const A = 'a'.repeat(40);
const B = 'b'.repeat(40);
const TEXT = [
  `${B} 127.0.0.1:8902@18902 slave ${A} 0 1795339072829 2 connected`,
  `${A} 127.0.0.1:8901@18901 myself,master - 0 1795339071000 2 connected 0-5460 [7->-${B}]`,
  '',
].join('\n');

function names(): Names {
  const two = new Names([8_901, 8_902].map((port) => ({ client: [port], bus: [port + 10_000] })));
  two.learnId(A, 0);
  two.learnId(B, 1);
  return two;
}

describe('tables: CLUSTER NODES of two worlds', () => {
  test('rows are sorted by address and say names; ping and pong times are gone', () => {
    expect(parseTable(TEXT, names()).map(printRow)).toEqual([
      '<8901> 127.0.0.1:8901@18901 myself,master - 2 connected 0-5460 [7->-<8902>]',
      '<8902> 127.0.0.1:8902@18902 slave <8901> 2 connected',
    ]);
  });

  test('the link of a failing node is luck', () => {
    const failing = TEXT.replace('slave', 'slave,fail').replace('connected\n', 'disconnected\n');
    expect(printRow(parseTable(failing, names())[1]!)).toContain('slave,fail <8901> 2 -');
  });

  test('what all nodes agree on does not say who speaks, nor what is open', () => {
    const other = TEXT.replace('myself,', '').replace(` [7->-${B}]`, '');
    const view = (text: string): string => sharedView(parseTable(text, names()));
    expect(view(TEXT)).toBe(view(other));
    expect(view(TEXT)).not.toBe(view(TEXT.replace('0-5460', '0-5459')));
  });

  test('whom a node follows', () => {
    expect(ownMasterId(TEXT)).toBeNull();
    expect(ownMasterId(TEXT.replace('myself,', '').replace('slave', 'myself,slave'))).toBe(A);
  });

  test('CLUSTER INFO without its counts', () => {
    const info = 'cluster_state:ok\r\ncluster_stats_messages_sent:7\r\ncluster_size:3\r\n';
    expect(comparableInfo(info)).toEqual(['cluster_state:ok', 'cluster_size:3']);
  });
});
