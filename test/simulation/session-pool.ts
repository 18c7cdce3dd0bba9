import type { Connection } from "../../sandbox/engine.ts";
import type { World } from "./world.ts";

/**
 * Sessions of the sandbox that were closed and are opened again: each login is checked and counted as ever, and a session
 * comes back as it was after its login. It spares the seconds that opening a thousand of them costs in a long soak.
 */
export class SessionPool {
  readonly #world: World;
  readonly #free = new Map<string, Connection[]>();
  /** The sandbox drops every line when its servers are restarted: what was opened before is of no use. */
  #epoch = 0;
  readonly #broken = new WeakSet<Connection>();
  readonly #lent = new Map<Connection, string>();
  readonly #awaited = new Set<Connection>();

  constructor(world: World) {
    this.#world = world;
  }

  /** Throws what the login throws. */
  open(user: string): Connection {
    const account = this.#world.account(user);
    const { epoch } = this.#world.cluster.faults.plan;
    if (epoch !== this.#epoch) this.#free.clear();
    this.#epoch = epoch;
    const session = this.#free.get(user)?.pop() ?? account.open();
    this.#lent.set(session, user);
    return session;
  }

  /** Its line broke: it is nobody's any more. */
  breakDown(session: Connection): void {
    this.#broken.add(session);
  }

  /** A statement is on its way to it: whoever sent it may be dead before it arrives. */
  async during<T>(session: Connection, wait: () => Promise<T>): Promise<T> {
    this.#awaited.add(session);
    const answer = await wait();
    this.#awaited.delete(session);
    return answer;
  }

  /** Of a process that was killed: what nothing is on its way to. */
  reclaim(): void {
    for (const session of this.#lent.keys()) if (!this.#awaited.has(session)) this.giveBack(session);
  }

  giveBack(session: Connection): void {
    const user = this.#lent.get(session);
    if (user === undefined) return;
    this.#lent.delete(session);
    if (this.#broken.has(session)) return session.close();
    session.reset();
    const free = this.#free.get(user) ?? [];
    this.#free.set(user, [...free, session]);
  }
}
