import type { DatabaseSync } from "node:sqlite";
import type { Cluster } from "../../sandbox/cluster/create-cluster.ts";
import type { Connection } from "../../sandbox/engine.ts";
import { tenantById, tenantByName } from "../../sandbox/model/model.ts";
import { openWorkload, sessionOf, Workload, type WorkloadSession } from "../../sandbox/workload/workload.ts";
import type { Micros } from "../../src/domain/scn.ts";

/** What was committed and when: the truth that a restore is judged by. */
export interface Commit {
  readonly scn: bigint;
  /** The workload's number of the commit. */
  readonly seq: number;
}

/** A tenant in which the sandbox's workload commits, and the list of what it committed. */
export class LivedTenant {
  readonly commits: Commit[];
  readonly #cluster: Cluster;
  readonly #name: string;
  #id: number | undefined;
  #workload: { readonly of: Workload; readonly on: DatabaseSync } | undefined;

  constructor(cluster: Cluster, name: string, commits: readonly Commit[]) {
    this.#cluster = cluster;
    this.#name = name;
    this.commits = [...commits];
  }

  /** By the tenant's own SQL, so that its dictionary knows them. */
  createTables(session: Connection): void {
    openWorkload(sessionOf(session), { seed: SEED });
    session.close();
  }

  /** One commit of the workload where the tenant takes one, past the SQL of a session: the rows and the redo are the same, sooner. */
  commit(at: Micros): void {
    const { model } = this.#cluster;
    this.#id ??= tenantByName(model, this.#name)?.id;
    const tenant = this.#id === undefined ? undefined : tenantById(model, this.#id);
    if (tenant?.status !== "NORMAL" || tenant.role !== "PRIMARY") return;
    const data = model.media.data(tenant.id);
    this.#workload ??= openRaw(data.connect());
    const seq = this.#workload.of.commitOne(at);
    const scn = data.captureCommit();
    if (scn === undefined) throw new Error(`commit ${seq} of ${this.#name} wrote nothing`);
    this.commits.push({ scn, seq });
  }

  /** The commit that a tenant restored to `scn` must stand at; 0 before the first. */
  seqAt(scn: bigint): number {
    return this.commits.findLast((each) => each.scn <= scn)?.seq ?? 0;
  }

  close(): void {
    this.#workload?.on.close();
    this.#workload = undefined;
  }
}

const SEED = 7;

function openRaw(database: DatabaseSync) {
  return { of: new Workload(rawSession(database), { seed: SEED }), on: database };
}

/** The workload's statements for the SQLite file itself, in which table t of database d is called "d.t". */
export function rawSession(database: DatabaseSync): WorkloadSession {
  const known = new Map<string, ReturnType<DatabaseSync["prepare"]>>();
  return {
    execute: (sql) => database.exec(inFile(sql)),
    query: (sql) => {
      const text = inFile(sql);
      const statement = known.get(text) ?? database.prepare(text);
      known.set(text, statement);
      return statement.all();
    },
  };
}

function inFile(sql: string): string {
  return sql.replaceAll(/\bshop\.(\w+)/g, '"shop.$1"');
}
