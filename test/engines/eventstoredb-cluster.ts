import { EventStoreDbLog } from './eventstoredb-log.js';
import { type ClusterMember } from './eventstoredb-messages.js';
import { EventStoreDbServer } from './eventstoredb-server.js';

const NODES = 3;

/**
 * Three nodes over one log, of which one leads: what a client sees of a cluster of which a majority lives. Who leads when
 * is for the test to say, so that a change of leader takes as long as it wants to look at it.
 */
export class EventStoreDbCluster {
  readonly log = new EventStoreDbLog();
  readonly nodes: EventStoreDbServer[] = [];
  /** Null while none is elected. */
  #leader: EventStoreDbServer | null = null;

  static async start(): Promise<EventStoreDbCluster> {
    const cluster = new EventStoreDbCluster();
    for (let node = 0; node < NODES; node += 1) {
      const { log } = cluster;
      cluster.nodes.push(await EventStoreDbServer.start({ log, members: () => cluster.#members() }));
    }
    cluster.elect(cluster.node(0));
    return cluster;
  }

  get url(): string {
    const hosts = this.nodes.map(({ port }) => `127.0.0.1:${port}`).join(',');
    return `esdb://${hosts}?tls=false&nodePreference=leader`;
  }

  /** Appends that its nodes held so far. */
  get heldAppends(): number {
    return this.nodes.reduce((sum, { heldAppends }) => sum + heldAppends, 0);
  }

  node(index: number): EventStoreDbServer {
    const node = this.nodes[index];
    if (!node) throw new RangeError(`there is no node ${index}`);
    return node;
  }

  /** The leader goes, connections and all, and is returned. The others hold appends until one of them is elected. */
  killLeader(): EventStoreDbServer {
    const former = this.#leader;
    if (!former) throw new Error('no node leads');
    this.#leader = null;
    for (const node of this.nodes) if (node !== former) node.faults.appends = 'held';
    former.stop();
    return former;
  }

  /** This node leads from now on. A former leader that still runs says so, with the new one's address. */
  elect(leader: EventStoreDbServer): void {
    const former = this.#leader;
    this.#leader = leader;
    for (const node of this.nodes) {
      node.faults.appends = node === former && node !== leader ? 'not-leader' : 'served';
      node.faults.leaderPort = leader.port;
    }
  }

  stop(): void {
    for (const node of this.nodes) node.stop();
  }

  #members(): ClusterMember[] {
    return this.nodes.map((node) => ({
      port: node.port,
      isAlive: node.isRunning,
      isLeader: node === this.#leader,
    }));
  }
}
