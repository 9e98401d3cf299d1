/**
 * Live mode: the bridge, what it says about its processes, and the run on the stage that grows with
 * it. Facts of the processes are those of now, wherever the playhead stands.
 */
import type { Hello, ConnectionPhase, Refusal } from '../../bridge/browser/connection.machine';
import { phaseOf, waitMs, type ConnectionSnapshot } from '../../bridge/browser/connection.machine';
import { BridgeLink, Denied, type Answer, type Asked } from '../../bridge/browser/bridge-link';
import type { SocketInput, Told } from '../../bridge/browser/socket';
import type { Role, WireFault, WireNode } from '../../bridge/wire';
import type { Input } from '../../kernel/inputs';
import { liveWords } from '../../words/live.svelte';
import { BridgeTime } from './bridge-time.svelte';
import { liveDeed, resetOf, type LiveDeed } from './live-deeds';
import { LiveSession } from './live-session.svelte';
import type { GrowingSource } from './live-source';
import { LiveTalk } from './live-talk.svelte';

/** Why nothing can be done now. */
export type Lock = 'past' | 'watching' | 'away' | 'notOwn' | 'noProxy';

/** A deed that waits for its duration. */
export interface AskedDeed {
  readonly input: Input;
}

/** While the playhead stands, the lanes grow a few times a second. */
const LOOK_MS = 250;

type Setting = Pick<SocketInput, 'address' | 'token' | 'newSocket' | 'saysItIsFull'> & {
  readonly newSource: (hello: Hello) => GrowingSource;
  /** Something to tell the reader in one line. */
  readonly ontell: (sentence: string) => void;
  readonly onlive: () => void;
};

export class LiveRun {
  readonly address: string;
  readonly #setting: Setting;
  readonly #link: BridgeLink;
  #source: GrowingSource | null = null;
  #lookTimer: ReturnType<typeof setTimeout> | undefined;

  phase = $state<ConnectionPhase>('idle');
  refusal = $state.raw<Refusal | null>(null);
  hello = $state.raw<Hello | null>(null);
  role = $state<Role>('watcher');
  nodes = $state.raw<readonly WireNode[]>([]);
  faults = $state.raw<readonly WireFault[]>([]);
  session = $state.raw<LiveSession | null>(null);
  isAtEdge = $state(true);
  /** Frames that were never told, because this page could not keep up. */
  missed = $state(0);
  /** A deed that asks for how long. */
  asked = $state.raw<AskedDeed | null>(null);
  /** When the next try comes, by the page's clock. */
  nextTryAtMs = $state(0);
  /** After so long the bridge brings a stopped or killed process back. */
  backAfterMs = $state(30_000);
  /** What the bridge said when it ended. */
  lastWords = $state('');
  readonly time = new BridgeTime();
  readonly talk = new LiveTalk(this);

  /** Whether more is still to come. */
  isGrowing = $derived(this.phase === 'live' || this.phase === 'told');
  lock = $derived<Lock | null>(this.#lockOf());

  constructor(setting: Setting) {
    this.address = setting.address;
    this.#setting = setting;
    this.#link = new BridgeLink({ ...setting, ontold: (told) => this.#hear(told) });
  }

  start(): void {
    this.#link.start((snapshot) => this.#follow(snapshot));
  }

  retry(): void {
    this.#link.retry();
  }

  connect(): void {
    this.#link.connect();
  }

  disconnect(): void {
    this.#link.disconnect();
  }

  close(): void {
    clearTimeout(this.#lookTimer);
    this.#link.close();
    this.time.stop();
    this.session?.close();
  }

  get source(): GrowingSource | null {
    return this.#source;
  }

  /** What the reader does to the picture; a fault asks first for how long. */
  act = (input: Input): void => {
    const deed = liveDeed(input, this, this.backAfterMs);
    if (deed === null) this.#setting.ontell(liveWords.live.faults.notReal);
    else if (deed.isLasting) this.asked = { input };
    else this.#do(deed);
  };

  /** The deed that waited, for `forMs`. */
  actFor(forMs: number): void {
    const { asked } = this;
    this.asked = null;
    if (asked) this.#do(liveDeed(asked.input, this, forMs));
  }

  reset(from: string, to: string): void {
    void this.ask(resetOf(from, to, this.nodes));
  }

  heal(fault: number | null): void {
    void this.ask({ t: 'fault.heal', ...(fault === null ? {} : { fault }) });
  }

  /** Asks the bridge; what it denies is told. Null: denied. */
  async ask(asked: Asked): Promise<Answer | null> {
    try {
      return await this.#link.ask(asked);
    } catch (error) {
      if (error instanceof Denied && error.code !== 'away') this.#setting.ontell(error.message);
      return null;
    }
  }

  /** The same, for whoever tells a denial himself. */
  question = (asked: Asked): Promise<Answer> => this.#link.ask(asked);

  #do(deed: LiveDeed | null): void {
    for (const asked of deed?.asked ?? []) void this.ask(asked);
  }

  #lockOf(): Lock | null {
    if (this.phase !== 'live') return 'away';
    if (this.role === 'watcher') return 'watching';
    return this.isAtEdge ? null : 'past';
  }

  #follow(snapshot: ConnectionSnapshot): void {
    const phase = phaseOf(snapshot);
    if (phase === 'lost' && this.phase !== 'lost') {
      this.nextTryAtMs = performance.now() + waitMs(snapshot.context.tries);
    }
    this.phase = phase;
    if (phase === 'live') this.#goLive();
    this.refusal = snapshot.context.refusal;
  }

  #goLive(): void {
    this.#setting.onlive();
    const source = this.#source;
    if (source === null || this.session?.source === source) return;
    source.seekTime(source.computedUntilMs);
    // Before the table of a node has been seen there is nothing to look at.
    if (source.frame.nodes.length === 0) return;
    const old = this.session;
    const edge = {
      onedge: (isAtEdge: boolean) => (this.isAtEdge = isAtEdge),
      isGrowing: () => this.isGrowing,
    };
    const session = new LiveSession(source, edge, this.act);
    if (old) {
      session.viewpoint = old.viewpoint;
      session.selected = old.selected?.type === 'node' ? old.selected : null;
      session.filter = old.filter;
      old.close();
    }
    this.session = session;
    session.follow();
  }

  #hear(told: Told): void {
    if (told.t === 'hello') this.#meet(told);
    this.#source?.take(told);
    switch (told.t) {
      case 'pulse':
        this.time.hear(told.atMs);
        break;
      case 'role':
        this.role = told.role;
        break;
      case 'nodes':
        this.nodes = told.nodes;
        break;
      case 'faults':
        this.faults = told.faults;
        break;
      case 'frames':
        this.missed += told.gap;
        break;
      case 'notice':
        this.lastWords = told.ends ? told.text : '';
        this.#setting.ontell(told.text);
        break;
      default:
    }
    if (this.phase === 'live' && this.session?.source !== this.#source) this.#goLive();
    this.#look();
  }

  #meet(hello: Hello): void {
    const goesOn = this.#source?.resume?.(hello) ?? false;
    const isSameRun = this.hello?.epochMs === hello.epochMs;
    this.hello = hello;
    this.role = hello.role;
    this.nodes = hello.nodes;
    this.faults = hello.faults;
    this.time.hear(hello.nowMs);
    if (goesOn) return;
    this.missed = 0;
    // Nothing is missed by whoever has not seen anything yet.
    if (isSameRun && this.session !== null) this.#setting.ontell(liveWords.live.state.missing);
    this.#source = this.#setting.newSource(hello);
  }

  /** While the playhead stands behind the edge, what grows is shown now and then. */
  #look(): void {
    if (this.isAtEdge || this.#lookTimer !== undefined) return;
    this.#lookTimer = setTimeout(() => {
      this.#lookTimer = undefined;
      if (this.session?.settled && !this.isAtEdge) this.session.refresh();
    }, LOOK_MS);
  }
}
