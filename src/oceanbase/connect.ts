import type { Cluster } from "../domain/cluster.ts";
import { Problem } from "../domain/problem.ts";
import { readVersion } from "../domain/version.ts";
import { askAll, inventoryOf } from "./inventory.ts";
import type { ClusterAddress, OceanBase, StatementTexts } from "./oceanbase.ts";
import { type Row, textOf } from "./row.ts";
import { PATIENCE, type Patience, Session } from "./session.ts";
import { ASK_TENANT, changeTenant, v4 } from "./v4.ts";
import {
  answersAll,
  columnsQuestion,
  interruptionsQuestion,
  type KnownColumns,
  knownColumns,
  selectText,
  WHO_IS_THERE,
} from "./v4-views.ts";
import { type OpenWire, tcpWire } from "./wire.ts";

const DEFAULTS: DoorOptions = { patience: PATIENCE, observedNow: () => Date.now() * 1000, openWire: tcpWire };

/** A session that has learned whom it talks to. */
interface Observer {
  readonly session: Session;
  readonly cluster: Omit<Cluster, "name">;
  readonly known: KnownColumns;
  /** When which tenant's archiving was interrupted, as far as the cluster still told when the session began. */
  readonly interruptions: readonly Row[];
}

/**
 * Opens nothing yet: the first question connects, and a question after a broken line connects anew. `observedNow` is
 * our clock, in microseconds.
 */
export function openOceanBase(address: ClusterAddress, options: Partial<DoorOptions> = {}): OceanBase {
  return new Door(address, { ...DEFAULTS, ...options });
}

export interface DoorOptions {
  readonly patience: Patience;
  readonly observedNow: () => number;
  readonly openWire: OpenWire;
}

/**
 * Questions share one connection, one after the other. Every request has a connection of its own, closed when it is
 * done: so a password set for a backup cannot meet the next one, and a RESTORE that takes minutes holds nothing up.
 */
class Door implements OceanBase {
  readonly #address: ClusterAddress;
  readonly #options: DoorOptions;
  #observer: Observer | undefined;
  /** The tail of the queue of questions: one session answers one at a time. */
  #questions: Promise<unknown> = Promise.resolve();
  #isClosed = false;

  constructor(address: ClusterAddress, options: DoorOptions) {
    this.#address = address;
    this.#options = options;
  }

  identify(): Promise<Omit<Cluster, "name">> {
    return this.#ask(async ({ session }) => identity(session));
  }

  takeInventory() {
    return this.#ask(async ({ session, cluster, known, interruptions }) => {
      const answers = await askAll((question) => session.run(selectText(question, known)));
      return inventoryOf(answers, { cluster, interruptions, observedAt: this.#options.observedNow() });
    });
  }

  setDestinations(...request: Parameters<StatementTexts["setDestinations"]>) {
    return this.#request(v4.setDestinations(...request));
  }

  startArchive(tenant: string) {
    return this.#request(v4.startArchive(tenant));
  }

  stopArchive(tenant: string) {
    return this.#request(v4.stopArchive(tenant));
  }

  startBackup(...request: Parameters<StatementTexts["startBackup"]>) {
    return this.#request(v4.startBackup(...request));
  }

  cancelBackup(tenant: string) {
    return this.#request(v4.cancelBackup(tenant));
  }

  createUnit(...request: Parameters<StatementTexts["createUnit"]>) {
    return this.#request(v4.createUnit(...request));
  }

  createPool(...request: Parameters<StatementTexts["createPool"]>) {
    return this.#request(v4.createPool(...request));
  }

  startRestore(...request: Parameters<StatementTexts["startRestore"]>) {
    return this.#request(v4.startRestore(...request));
  }

  cancelRestore(targetTenant: string) {
    return this.#request(v4.cancelRestore(targetTenant));
  }

  activateStandby(tenant: string) {
    return this.#request(v4.activateStandby(tenant));
  }

  dropTenant(tenant: string) {
    return this.#request(v4.dropTenant(tenant));
  }

  dropPool(pool: string) {
    return this.#request(v4.dropPool(pool));
  }

  dropUnit(unit: string) {
    return this.#request(v4.dropUnit(unit));
  }

  /**
   * By CHANGE TENANT from sys, which needs no password of the tenant. Where that is refused (OBProxy may), by a login
   * as the tenant's root without a password, as a new tenant has it.
   */
  async askTenant(tenant: string): Promise<void> {
    const asking = await this.#open("question");
    try {
      await asking.run(changeTenant(tenant));
      assertNormal(tenant, await asking.run(ASK_TENANT));
    } catch (error) {
      if (!(error instanceof Problem) || error.code !== "oceanbase-refused") throw error;
      await this.#logInAs(tenant);
    } finally {
      asking.close();
    }
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#observer?.session.close();
    await this.#questions.catch(() => undefined);
  }

  async #logInAs(tenant: string): Promise<void> {
    const cluster = /#.*$/.exec(this.#address.user)?.[0] ?? "";
    const asTenant = { ...this.#address, user: `root@${tenant}${cluster}`, password: "" };
    const session = await Session.open(asTenant, { kind: "question", ...this.#options });
    try {
      assertNormal(tenant, await session.run(ASK_TENANT));
    } finally {
      session.close();
    }
  }

  #ask<T>(question: (observer: Observer) => Promise<T>): Promise<T> {
    const answer = this.#questions.then(async () => question(await this.#observe()));
    this.#questions = answer.catch(() => undefined);
    return answer;
  }

  async #observe(): Promise<Observer> {
    if (this.#observer?.session.isOpen) return this.#observer;
    if (this.#isClosed) throw closed(this.#address);
    const session = await this.#open("question");
    try {
      const cluster = await identity(session);
      const known = knownColumns(await session.run(columnsQuestion()));
      if (!answersAll(known)) throw notSys(this.#address);
      const asked = interruptionsQuestion(known);
      const interruptions = asked === undefined ? [] : await session.run(asked);
      this.#observer = { session, cluster, known, interruptions };
      return this.#observer;
    } catch (error) {
      session.close();
      throw error;
    }
  }

  #open(kind: "question" | "request"): Promise<Session> {
    return Session.open(this.#address, { kind, ...this.#options });
  }

  async #request(statements: readonly string[]): Promise<void> {
    const session = await this.#open("request");
    try {
      for (const statement of statements) await session.run(statement);
    } finally {
      session.close();
    }
  }
}

async function identity(session: Session): Promise<Omit<Cluster, "name">> {
  const row = (await session.run(WHO_IS_THERE))[0] ?? {};
  const said = textOf(row, "OB_VERSION") || textOf(row, "VERSION");
  const version = readVersion(said);
  if (version?.numbers[0] !== 4) throw notSupported(said);
  return {
    version,
    versionComment: textOf(row, "VERSION_COMMENT"),
    clusterName: textOf(row, "CLUSTER_NAME"),
  };
}

/** A user tenant has none of the CDB_ views, and neither has a sys user without SELECT on oceanbase.*. */
function notSys({ user }: ClusterAddress): Problem {
  return new Problem("cluster-login-refused", {
    found: `User ${user} may log in, but sees no views of all tenants' backups.`,
    remedy: "Log in as a user of the sys tenant, root@sys for example, that may read oceanbase.*.",
    values: { user },
  });
}

function notSupported(said: string): Problem {
  return new Problem("version-not-supported", {
    found: `The server says that it is version ${JSON.stringify(said)}; Holdfast speaks to OceanBase 4.x.`,
    remedy: "Give the SQL port of an OceanBase 4.x cluster.",
    values: { version: said },
  });
}

function assertNormal(tenant: string, rows: readonly Readonly<Record<string, unknown>>[]): void {
  const own = rows.find((row) => row.TENANT_NAME === tenant);
  if (own?.STATUS === "NORMAL") return;
  const status = typeof own?.STATUS === "string" ? own.STATUS : "missing";
  throw new Problem("tenant-not-normal", {
    found: `Tenant ${tenant} answers, but its status is ${status}, not NORMAL.`,
    remedy: "Wait until its restore or creation has ended, then try again.",
    values: { tenant, status },
  });
}

function closed(address: ClusterAddress): Problem {
  return new Problem("cluster-unreachable", {
    found: `The connection to ${address.host}:${address.port} was closed by Holdfast itself.`,
    remedy: "Holdfast is stopping, or this cluster was removed; nothing is to be done.",
    values: { address: `${address.host}:${address.port}`, cause: "closed" },
  });
}
