import { type Cluster, createCluster } from "../../sandbox/cluster/create-cluster.ts";
import { createTenants } from "../../sandbox/cluster/create-tenants.ts";
import { setWorkload } from "../../sandbox/cluster/workloads.ts";
import { SteppedClock } from "../../sandbox/model/clock.ts";
import { tenantByName } from "../../sandbox/model/model.ts";
import { type Query, verifyWorkload, type WorkloadVerdict } from "../../sandbox/workload/verify-workload.ts";
import { sessionOf, type WorkloadSession } from "../../sandbox/workload/workload.ts";

/** What was committed and when, written down by the test while it happened. */
export interface Commit {
  readonly scn: bigint;
  /** The workload's number of its newest commit by then. */
  readonly seq: number;
  /** Columns of the table that DDL makes, widens and drops; null where there is none. */
  readonly extraColumns: number | null;
}

const SECOND = 1_000_000;
const STEP = 10 * SECOND;
const EVERY_20_SECONDS = 180;

/** A sandbox cluster in this process whose clock the story moves, with a tenant `shop` that lives a day with a hole. */
export class LivedCluster {
  readonly cluster: Cluster;
  readonly clock: SteppedClock;
  readonly commits: Commit[] = [];
  #sys: WorkloadSession;
  #shop: WorkloadSession;

  constructor(dir: string, seed: number) {
    this.clock = new SteppedClock(Date.UTC(2026, 9, 1) * 1000);
    this.cluster = createCluster({ dir, name: "prod", version: "4.2.5.1", clock: this.clock, seed });
    createTenants(this.cluster, ["shop"]);
    this.live(60);
    this.#sys = this.session("root@sys");
    this.#shop = this.session("root@shop");
    setWorkload(this.cluster.model, "shop", EVERY_20_SECONDS);
  }

  session(user: string): WorkloadSession {
    const name = user.split("@")[1] ?? "sys";
    const account = this.cluster.engine.account({
      user,
      database: undefined,
      connectionId: 1,
      clientAddress: name,
    });
    return sessionOf(account.open());
  }

  sys(sql: string): readonly Readonly<Record<string, unknown>>[] {
    return this.#sys.query(sql);
  }

  /** Lets seconds pass, writing down each commit of shop. */
  live(seconds: number): void {
    const end = this.clock.now() + seconds * SECOND;
    while (this.clock.now() < end) {
      this.clock.moveBy(Math.min(STEP, end - this.clock.now()));
      this.cluster.advance();
      this.#writeDown();
    }
  }

  /** A statement of the tenant's own, whose commit counts like the workload's. */
  shop(sql: string): void {
    this.#shop.execute(sql);
    this.#writeDown();
  }

  liveUntil(what: string, isThere: () => boolean): void {
    for (let tries = 0; tries < 2000; tries++) {
      if (isThere()) return;
      this.live(STEP / SECOND);
    }
    throw new Error(`the cluster never came to: ${what}`);
  }

  roundIs(status: string): boolean {
    const [row] = this.sys("SELECT STATUS FROM oceanbase.CDB_OB_ARCHIVELOG WHERE TENANT_ID = 1002");
    return (row?.["STATUS"] ?? "STOP") === status;
  }

  backUp(type: "" | "INCREMENTAL"): void {
    this.sys(`ALTER SYSTEM BACKUP ${type} TENANT = shop`);
    this.liveUntil(
      "the end of the backup",
      () => this.sys("SELECT 1 FROM oceanbase.CDB_OB_BACKUP_JOBS").length === 0,
    );
  }

  /** The commit that a tenant restored to `scn` must stand at. */
  commitAt(scn: bigint): Commit | undefined {
    return this.commits.findLast((each) => each.scn <= scn);
  }

  verify(tenant: string): Promise<WorkloadVerdict> {
    const session = this.session(`root@${tenant}`);
    const query: Query = (sql) => session.query(sql);
    return verifyWorkload(query);
  }

  columnsOfExtra(tenant: string): number | null {
    const rows = this.session(`root@${tenant}`).query(
      "SELECT COLUMN_NAME FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = 'shop' AND TABLE_NAME = 'extra'",
    );
    return rows.length === 0 ? null : rows.length;
  }

  #writeDown(): void {
    const tenant = tenantByName(this.cluster.model, "shop");
    if (!tenant || !this.#shop) return;
    const scn = this.cluster.model.media.data(tenant.id).lastScn;
    if (scn === this.commits.at(-1)?.scn) return;
    const tables = this.#shop.query("SHOW DATABASES LIKE 'shop'");
    const [row] =
      tables.length === 0 ? [] : this.#shop.query("SELECT MAX(seq) AS seq FROM shop.commit_ledger");
    this.commits.push({ scn, seq: Number(row?.["seq"] ?? 0), extraColumns: this.columnsOfExtra("shop") });
  }
}
