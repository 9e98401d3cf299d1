/** What was typed at real nodes and what they answered, with the times of the recording. */
import { Denied } from '../../bridge/browser/bridge-link';
import { liveWords } from '../../words/live.svelte';
import { whatIsAllowed } from './allowed';
import type { LiveRun } from './live-run.svelte';

export interface Said {
  readonly key: number;
  readonly atMs: number;
  readonly node: string;
  readonly line: string;
  /** As redis-cli prints it; null while it is awaited. */
  readonly reply: string | null;
  /** The node refused it, or the bridge did. */
  readonly isError: boolean;
}

const MOST_SAID = 200;

export class LiveTalk {
  readonly #run: LiveRun;
  #nextKey = 1;
  said = $state.raw<readonly Said[]>([]);
  /** Where the last answer came from, once redirects were followed. */
  lastNode = $state<string | null>(null);

  constructor(run: LiveRun) {
    this.#run = run;
  }

  /** Sends a command to a node and keeps what it answers. */
  async say(node: string, argv: readonly string[], follow: boolean): Promise<void> {
    const run = this.#run;
    const key = this.#nextKey++;
    const atMs = run.session?.computedUntilMs ?? 0;
    const line = argv.join(' ');
    this.#keep({ key, atMs, node, line, reply: null, isError: false });
    try {
      const number = run.nodes.find(({ port }) => String(port) === node)?.number ?? 0;
      const answer = await run.question({ t: 'redis.cmd', node: number, argv: [...argv], follow });
      const last = run.nodes.find((one) => one.number === answer.nodes?.at(-1));
      if (follow && last) this.lastNode = String(last.port);
      this.#answer(key, answer.text ?? '', answer.isError ?? false);
    } catch (error) {
      if (!(error instanceof Denied)) throw error;
      this.#answer(key, this.#denial(error, argv), true);
    }
  }

  /** What stood there at a moment; what was awaited then is awaited. */
  until(atMs: number): readonly Said[] {
    return this.said.filter((one) => one.atMs <= atMs);
  }

  #denial({ code, message }: Denied, argv: readonly string[]): string {
    const text = liveWords.live.terminal;
    if (code === 'refused') {
      const { said, allowed } = whatIsAllowed(argv, this.#run.hello?.commands ?? []);
      return text.refused(said, allowed.join(', '));
    }
    return code === 'away' ? liveWords.live.locked.away : message;
  }

  #keep(one: Said): void {
    this.said = [...this.said, one].slice(-MOST_SAID);
  }

  #answer(key: number, reply: string, isError: boolean): void {
    this.said = this.said.map((one) => (one.key === key ? { ...one, reply, isError } : one));
  }
}
