/**
 * One set of names for both worlds. Processes have ports and random ids; scripts and reports say
 * 8901, whichever port that is today, and a replica is named by the master it was given.
 */
import { CLUSTER_PORT_INCR } from '../protocol/config';
import type { NodeName } from './cluster';

/** A process as its own world knows it: which of its ports say which name. */
export interface ProcessPorts {
  /** Ports that stand for the node's client port, in any text. */
  readonly client: readonly number[];
  /** Ports that stand for its bus port. */
  readonly bus: readonly number[];
}

const ID = /\b[0-9a-f]{40}\b/g;
/** Where a number in a text is a port. */
const PORT = /(?<=:|@|port |\(integer\) )\d{4,5}\b/g;

export class Names {
  private order: number[];
  private readonly ports: readonly ProcessPorts[];
  private readonly ids = new Map<string, number>();

  /** `ports`: of each process, in the order in which they were started. */
  constructor(ports: readonly ProcessPorts[]) {
    this.ports = ports;
    this.order = ports.map((_, i) => i);
  }

  /** All names, in order. */
  all(): NodeName[] {
    return this.order.map((_, i) => nameAt(i));
  }

  /** The place in the order of starting of the process that goes by this name. */
  process(name: NodeName): number {
    const process = this.order[Number(name) - FIRST_NAME];
    if (process === undefined) throw new Error(`no node is called ${name}`);
    return process;
  }

  nameOf(process: number): NodeName {
    return nameAt(this.order.indexOf(process));
  }

  /** The process that owns a client port, or null. */
  processAt(port: number): number | null {
    const process = this.ports.findIndex(({ client }) => client.includes(port));
    return process === -1 ? null : process;
  }

  learnId(id: string, process: number): void {
    this.ids.set(id, process);
  }

  processOfId(id: string): number | null {
    return this.ids.get(id) ?? null;
  }

  idOf(name: NodeName): string {
    const process = this.process(name);
    for (const [id, owner] of [...this.ids].reverse()) if (owner === process) return id;
    throw new Error(`the id of ${name} is not known yet`);
  }

  /**
   * Names replicas after masters: the first replica of 8901 becomes the first name after the
   * masters', and so on. `masterIds`: of each process, in the order in which they were started.
   */
  orderReplicas(masters: number, masterIds: readonly (string | null)[]): void {
    const first = this.order.slice(0, masters);
    const rest = this.order.slice(masters);
    const place = (process: number): number =>
      first.indexOf(this.processOfId(masterIds[process] ?? '') ?? -1);
    const byMaster = first.map((_, i) => rest.filter((process) => place(process) === i));
    const rounds = Math.max(0, ...byMaster.map(({ length }) => length));
    const sorted: number[] = [];
    for (let round = 0; round < rounds; round++) {
      for (const replicas of byMaster) {
        const process = replicas[round];
        if (process !== undefined) sorted.push(process);
      }
    }
    const others = rest.filter((process) => !sorted.includes(process));
    this.order = [...first, ...sorted, ...others];
  }

  /** A text with names for ids and ports: `<8901>` for an id, `<id>` for a stranger's. */
  say(text: string): string {
    return text
      .replace(ID, (id) => {
        const process = this.ids.get(id);
        return process === undefined ? '<id>' : `<${this.nameOf(process)}>`;
      })
      .replace(PORT, (port) => this.sayPort(Number(port)) ?? port);
  }

  /**
   * A word of a script with what this world calls things: an id for `<8901>`, a port for `port:8901`
   * and in `127.0.0.1:8901`.
   */
  unsay(word: string): string {
    const portOf = (name: NodeName): string => String(this.ports[this.process(name)]!.client[0]);
    return word
      .replace(/<(\d{4})>/g, (_, name: string) => this.idOf(name))
      .replace(/^port:(\d{4})$/, (_, name: string) => portOf(name))
      .replace(/(?<=^127\.0\.0\.1:)\d{4}$/, portOf);
  }

  private sayPort(port: number): string | null {
    for (const [process, { client, bus }] of this.ports.entries()) {
      if (client.includes(port)) return this.nameOf(process);
      if (bus.includes(port)) return String(Number(this.nameOf(process)) + CLUSTER_PORT_INCR);
    }
    return null;
  }
}

const FIRST_NAME = 8_901;
const nameAt = (place: number): NodeName => String(FIRST_NAME + place);
