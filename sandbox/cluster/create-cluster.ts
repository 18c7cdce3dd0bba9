import fs from "node:fs";
import path from "node:path";
import { type Account, type Engine, type Login, SqlError } from "../engine.ts";
import { ClusterFaults } from "../faults/cluster-faults.ts";
import { faultyEngine } from "../faults/faulty-engine.ts";
import { faultyMedia, Troubles } from "../faults/faulty-media.ts";
import { FaultyViews } from "../faults/faulty-views.ts";
import { ShiftedClock } from "../faults/shifted-clock.ts";
import { advance } from "../model/advance.ts";
import { type Clock, fasterClock, realClock, SteppedClock } from "../model/clock.ts";
import { DiskMedia } from "../model/disk-media.ts";
import { factsOf, type Model, SYS_TENANT_ID, tenantByName } from "../model/model.ts";
import { refusal } from "../model/refusal.ts";
import { StateFile } from "../model/state-file.ts";
import { type Micros, SECOND, scnAt } from "../model/time.ts";
import { obVersion } from "../model/version.ts";
import type { VariableValue } from "../sql/session-options.ts";
import { Accounts, ROOT } from "../statements/accounts.ts";
import { clusterViews } from "../views/cluster-views.ts";
import { bootstrap } from "./bootstrap.ts";
import { type ClusterOptions, capacityOf, DEFAULT_NAME, DEFAULT_VERSION } from "./cluster-options.ts";
import { resumeClocks } from "./resume-clocks.ts";
import { type SessionHost, type SessionStart, TenantSession } from "./tenant-session.ts";
import { workloadCommits } from "./workload-commits.ts";
import { Workloads } from "./workloads.ts";

/** A stand-in OceanBase cluster without sockets. Everything is synchronous. */
export interface Cluster {
  readonly engine: Engine;
  readonly model: Model;
  readonly clock: Clock;
  readonly faults: ClusterFaults;
  /** What its servers say they listen on. */
  listensOn(sqlPort: number): void;
  /** Lives up to the clock's present, lets the workloads commit, and saves. To be called a few times a second, or whenever a test moved the clock. */
  advance(): void;
  readonly workloads: Workloads;
  /** Writes what changed. `advance` and statements do so by themselves. */
  save(): void;
  /** Runs a statement as `root@shop` in a session of its own. */
  as(user: string): Runner;
  close(): void;
}

export interface Runner {
  run(sql: string): ReturnType<TenantSession["execute"]>;
  close(): void;
}

/** How old the saved clock may get while nothing else changes. */
const SAVE_CLOCK_EVERY: Micros = 5 * SECOND;

export function createCluster(options: ClusterOptions): Cluster {
  return new SandboxCluster(options);
}

class SandboxCluster implements Cluster {
  readonly engine: Engine;
  readonly model: Model;
  readonly clock: ShiftedClock;
  readonly faults: ClusterFaults;
  readonly workloads: Workloads;
  readonly #faultyViews: FaultyViews;
  readonly #options: ClusterOptions;
  readonly #file: StateFile;
  readonly #media: DiskMedia;
  readonly #accounts: Accounts;
  readonly #sessions = new Map<number, Set<TenantSession>>();
  readonly #globals = new Map<number, Map<string, VariableValue>>();
  #lastScn = 0n;
  #connections = 0;

  constructor(options: ClusterOptions) {
    this.#options = options;
    fs.mkdirSync(options.dir, { recursive: true });
    this.#file = new StateFile(path.join(options.dir, "cluster.db"));
    const state = this.#file.load();
    const known = state.facts.get("cluster");
    this.clock = new ShiftedClock(chosenClock(options.clock, known?.now ?? 0));
    this.#media = this.#openMedia();
    const troubles = new Troubles();
    this.model = {
      state,
      version: obVersion(known?.version ?? options.version ?? DEFAULT_VERSION),
      media: faultyMedia(this.#media, { troubles, state }),
      now: this.clock.now(),
      sqlPort: options.sqlPort ?? 2881,
      freshScn: () => this.#freshScn(scnAt(this.model.now)),
    };
    if (known === undefined) this.#beBorn();
    else resumeClocks(this.model, known.now);
    this.#media.removeStrangers(state.tenants.all().map((tenant) => tenant.id));
    this.#accounts = new Accounts(this.#media);
    this.faults = this.#openFaults(troubles);
    this.#faultyViews = new FaultyViews(this.faults.plan);
    this.faults.add(options.faults ?? []);
    this.workloads = new Workloads(this.model, {
      now: () => this.clock.now(),
      commitOne: workloadCommits({
        seed: options.seed ?? 1,
        connect: (tenantId) => this.#connect({ tenantId, account: ROOT, login: this.#localLogin("root") }),
      }),
    });
    this.engine = this.#openEngine();
    this.save();
  }

  listensOn(sqlPort: number): void {
    this.model.sqlPort = sqlPort;
  }

  advance(): void {
    this.faults.liveOn();
    this.workloads.commitDue();
    this.save();
  }

  as(user: string): Runner {
    const session = this.#account(this.#localLogin(user)).open();
    return { run: (sql) => session.execute(sql), close: () => session.close() };
  }

  close(): void {
    for (const sessions of this.#sessions.values()) for (const session of sessions) session.close();
    this.save();
    this.#media.close();
    this.#file.close();
  }

  /** Everybody who comes from outside comes through the faults; workloads and stories do not. */
  #openEngine(): Engine {
    const plain: Engine = {
      handshakeVersion: "5.7.25",
      account: (login) => this.#account(login, this.#options.onStatement),
    };
    const onAnswered = () => {
      if (this.faults.onAnswered()) this.save();
    };
    return faultyEngine(plain, { plan: this.faults.plan, onAnswered });
  }

  #openFaults(troubles: Troubles): ClusterFaults {
    return new ClusterFaults({
      model: this.model,
      clock: this.clock,
      troubles,
      live: (until) => advance(this.model, until),
      onView: (watched) => {
        this.#faultyViews.begin(watched, clusterViews(this.model, { tenantId: () => SYS_TENANT_ID }));
      },
      onStruck: this.#options.onFault,
    });
  }

  #openMedia(): DiskMedia {
    const { dir, storageRoot, allowPaths } = this.#options;
    return new DiskMedia({
      dir: path.resolve(dir),
      storageRoot: path.resolve(storageRoot ?? path.join(dir, "storage")),
      allowPaths: (allowPaths ?? []).map((allowed) => path.resolve(allowed)),
      nextScn: () => this.#freshScn(scnAt(this.clock.now())),
      sawScn: (scn) => {
        if (scn > this.#lastScn) this.#lastScn = scn;
      },
      beforeClose: (tenantId) => {
        for (const session of this.#sessions.get(tenantId) ?? []) session.release();
      },
    });
  }

  #beBorn(): void {
    const { name = DEFAULT_NAME, serversPerZone = 1, capacity } = this.#options;
    const version = this.model.version.text;
    bootstrap(this.model, { name, version, capacity: capacityOf(capacity), serversPerZone });
  }

  /** Above all that was given out, and not behind `scn`. */
  #freshScn(scn: bigint): bigint {
    this.#lastScn = scn > this.#lastScn ? scn : this.#lastScn + 1n;
    return this.#lastScn;
  }

  save(): void {
    const facts = factsOf(this.model);
    if (this.model.now - facts.now >= SAVE_CLOCK_EVERY) {
      this.model.state.facts.put({ ...facts, now: this.model.now });
    }
    this.#file.save(this.model.state);
    this.#media.sweep();
  }

  #localLogin(user: string): Login {
    return { user, database: undefined, connectionId: ++this.#connections, clientAddress: "127.0.0.1" };
  }

  /** 1045 for whatever is wrong with a login, as 4.2.1.9 answers; 5150 for a tenant that is not open yet. */
  #account(login: Login, onStatement?: ClusterOptions["onStatement"]): Account {
    const { user, tenant: tenantName, cluster } = loginParts(login.user);
    const tenant = tenantByName(this.model, tenantName);
    const isOurs = cluster === undefined || cluster === factsOf(this.model).name;
    if (tenant === undefined || tenant.type === "META" || !isOurs) throw accessDenied(user);
    if (tenant.status !== "NORMAL" || tenant.inRecyclebin) throw refusal("OB_TENANT_NOT_IN_SERVER");
    const account = this.#accounts.find(tenant.id, user);
    if (account === undefined) throw accessDenied(user);
    const start = { tenantId: tenant.id, account, login };
    return { passwordHash: account.passwordHash, open: () => this.#connect(start, onStatement) };
  }

  #connect(start: SessionStart, onStatement?: ClusterOptions["onStatement"]): TenantSession {
    const session = new TenantSession(this.#host(start.tenantId, onStatement), start);
    this.#sessionsOf(start.tenantId).add(session);
    return session;
  }

  #host(tenantId: number, onStatement: ClusterOptions["onStatement"]): SessionHost {
    const globals = this.#globals.get(tenantId) ?? new Map<string, VariableValue>();
    this.#globals.set(tenantId, globals);
    return {
      model: this.model,
      accounts: this.#accounts,
      globals,
      clockScn: () => scnAt(this.clock.now()),
      faultyViews: this.#faultyViews,
      catchUp: () => this.faults.liveOn(),
      save: () => this.save(),
      left: (session) => this.#sessionsOf(tenantId).delete(session),
      ...(onStatement ? { onStatement } : {}),
    };
  }

  #sessionsOf(tenantId: number): Set<TenantSession> {
    const sessions = this.#sessions.get(tenantId) ?? new Set();
    this.#sessions.set(tenantId, sessions);
    return sessions;
  }
}

/** Goes on behind all that the cluster may have given out since it last saved its clock. */
function chosenClock(choice: ClusterOptions["clock"], saved: Micros): Clock {
  if (choice instanceof SteppedClock) {
    choice.moveTo(saved);
    return choice;
  }
  if (choice !== undefined && choice !== "real" && !("factor" in choice)) return choice;
  const factor = choice === undefined || choice === "real" ? 1 : choice.factor;
  const isAhead = saved > realClock().now() || (factor > 1 && saved > 0);
  return fasterClock(factor, isAhead ? saved + SAVE_CLOCK_EVERY + factor * SECOND : saved);
}

/** `user@tenant#cluster`, `cluster:tenant:user`, `user@tenant`, or `user` of sys. */
function loginParts(text: string): { user: string; tenant: string; cluster: string | undefined } {
  const colons = text.split(":");
  if (colons.length === 3) {
    const [cluster = "", tenant = "", user = ""] = colons;
    return { user, tenant, cluster };
  }
  const [head = "", cluster] = text.split("#");
  const at = head.lastIndexOf("@");
  if (at < 0) return { user: head, tenant: "sys", cluster };
  return { user: head.slice(0, at), tenant: head.slice(at + 1), cluster };
}

function accessDenied(user: string): SqlError {
  return new SqlError(
    1045,
    "42000",
    `Access denied for user '${user}'@'xxx.xxx.xxx.xxx' (using password: YES)`,
  );
}
