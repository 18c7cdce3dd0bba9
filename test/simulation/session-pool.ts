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

  constructor(world: World) {
    this.#world = world;
  }

  /** Throws what the login throws. */
  open(user: string): Connection {
    const account = this.#world.account(user);
    const { epoch } = this.#world.cluster.faults.plan;
    if (epoch !== this.#epoch) this.#free.clear();
    this.#epoch = epoch;
    return this.#free.get(user)?.pop() ?? account.open();
  }

  /** Its line broke: it is nobody's any more. */
  breakDown(session: Connection): void {
    this.#broken.add(session);
  }

  giveBack(user: string, session: Connection): void {
    if (this.#broken.has(session)) return session.close();
    session.reset();
    const free = this.#free.get(user) ?? [];
    this.#free.set(user, [...free, session]);
  }
}
