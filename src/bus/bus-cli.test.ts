/** The commands as people run them. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const CAPTURE = 'src/bus/captures/publish.bin.gz';

function bus(args: readonly string[], input: string | Uint8Array = '') {
  const { stdout, stderr, status } = spawnSync('node', ['scripts/bus.mjs', ...args], {
    cwd: ROOT,
    input,
    maxBuffer: 100_000_000,
  });
  return { stdout, stderr: stderr.toString(), status };
}

test('decode, then encode: the same bytes', () => {
  const lines = bus(['decode', CAPTURE]);
  expect(lines.status).toBe(0);
  expect(lines.stdout.toString().split('\n')).toHaveLength(26);
  const bytes = bus(['encode'], lines.stdout);
  expect(bytes.status).toBe(0);
  expect(bytes.stdout.equals(gunzipSync(readFileSync(ROOT + CAPTURE)))).toBe(true);
});

test('what is refused goes to stderr, and shows in the exit code', () => {
  const { stdout, stderr, status } = bus(['encode', '-'], '\n{"type":"PINK"}\n');
  expect(stdout).toHaveLength(0);
  expect(stderr).toContain('line 2: type is "PINK"; expected one of PING');
  expect(stderr).toContain('Did you mean "PING"?\nnothing was written');
  expect(status).toBe(1);
});
