/**
 * What a script stands on: it acts on a cluster and writes down what the cluster says. Every line
 * it keeps goes into the transcript that is compared.
 */
import {
  command,
  until,
  type Cluster,
  type CommandOptions,
  type NodeName,
  type PendingReply,
} from './cluster';
import { canonicalLog } from './log-rules';
import type { LogLine } from './log-lines';
import { keyEvents } from '../beside/key-events';
import { comparableInfo, parseTable, printRow, sharedView, type TableRow } from './tables';
import type { Transcript } from './transcript';

export class Stage {
  readonly cluster: Cluster;
  private readonly lists = new Map<string, string[]>();
  private readonly silent = new Set<NodeName>();

  constructor(cluster: Cluster) {
    this.cluster = cluster;
  }

  get timeoutMs(): number {
    return this.cluster.shape.nodeTimeoutMs;
  }

  /** Forgets what was logged so far: the script proper begins here. */
  begin(): void {
    this.cluster.forgetLog();
  }

  /** Types a command and keeps its reply. Words are separated by blanks. */
  async run(node: NodeName, text: string, options: CommandOptions = {}): Promise<string> {
    const reply = await command(this.cluster, node, text.split(' '), options);
    this.keepReply(node, text, options, reply);
    return reply;
  }

  /** Types a command whose reply is looked at later, or never. */
  send(node: NodeName, text: string, options: CommandOptions = {}): PendingReply {
    const pending = this.cluster.begin(node, text.split(' '), options);
    return {
      reply: async () => {
        const reply = await pending.reply();
        this.keepReply(node, text, options, reply);
        return reply;
      },
    };
  }

  /** A command whose reply is not compared. */
  ask(node: NodeName, text: string, options: CommandOptions = {}): Promise<string> {
    return command(this.cluster, node, text.split(' '), options);
  }

  private keepReply(node: NodeName, text: string, options: CommandOptions, reply: string): void {
    const flag = options.follow ? ' -c' : '';
    this.keep('replies', `${node}${flag}> ${text}`, ...reply.split('\n'));
  }

  /** Adds lines to a list of the transcript. */
  keep(list: string, ...lines: readonly string[]): void {
    this.lists.set(list, [...(this.lists.get(list) ?? []), ...lines]);
  }

  async kill(node: NodeName): Promise<void> {
    this.silent.add(node);
    await this.cluster.kill(node);
  }

  async stop(node: NodeName): Promise<void> {
    this.silent.add(node);
    await this.cluster.stop(node);
  }

  async restart(node: NodeName): Promise<void> {
    await this.cluster.restart(node);
    this.silent.delete(node);
  }

  async cont(node: NodeName): Promise<void> {
    await this.cluster.cont(node);
    this.silent.delete(node);
  }

  /** The nodes that can answer. */
  running(): NodeName[] {
    return this.cluster.names.all().filter((name) => !this.silent.has(name));
  }

  async table(node: NodeName): Promise<TableRow[]> {
    return parseTable(await this.cluster.nodesText(node), this.cluster.names);
  }

  /** Keeps the table and the CLUSTER INFO of every running node. */
  async keepTables(when: string): Promise<void> {
    for (const node of this.running()) {
      this.keep(`table of ${node}, ${when}`, ...(await this.table(node)).map(printRow));
      const info = comparableInfo(await this.cluster.infoText(node));
      this.keep(`CLUSTER INFO of ${node}, ${when}`, ...info);
    }
  }

  /** Waits until every running node has the same table, without suspicion, and says ok. */
  async settle(alsoHolds: () => Promise<boolean> = () => Promise.resolve(true)): Promise<void> {
    const holds = async (): Promise<boolean> => (await this.agree()) && alsoHolds();
    await until(this.cluster, 'agreement of all nodes', holds);
  }

  private async agree(): Promise<boolean> {
    const views = new Set<string>();
    for (const node of this.running()) {
      const rows = await this.table(node);
      const isClear = rows.every(
        ({ flags, link }) =>
          !flags.includes('handshake') &&
          !flags.includes('fail?') &&
          (flags.includes('fail') || link === 'connected'),
      );
      const info = await this.cluster.infoText(node);
      if (!isClear || !info.startsWith('cluster_state:ok')) return false;
      views.add(sharedView(rows));
    }
    return views.size === 1;
  }

  /** Waits until `node` (or anyone, for null) has logged a line that matches, since `begin`. */
  async untilLogged(node: NodeName | null, pattern: RegExp, times = 1): Promise<void> {
    const has = (): boolean =>
      this.log().filter((line) => (node === null || line.node === node) && pattern.test(line.text))
        .length >= times;
    await until(this.cluster, `${node ?? 'a node'} logs ${pattern.source}`, has);
  }

  /** Waits until a command answers what it should. */
  async untilReply(node: NodeName, text: string, fits: RegExp): Promise<void> {
    const answers = async (): Promise<boolean> => fits.test(await this.ask(node, text));
    await until(this.cluster, `${node} answers ${text}`, answers);
  }

  log(): readonly LogLine[] {
    return this.cluster.logLines();
  }

  /** Everything that was kept, and the logs since `begin`. */
  transcript(): Transcript {
    const lists = new Map<string, readonly string[]>(this.lists);
    const log = this.log();
    for (const node of this.cluster.names.all()) {
      lists.set(`log of ${node}`, canonicalLog(log.filter((line) => line.node === node)));
    }
    lists.set('order of events', keyEvents(log));
    return lists;
  }
}
