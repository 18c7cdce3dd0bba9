import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Cluster, createCluster } from "../../sandbox/cluster/create-cluster.ts";
import { SteppedClock } from "../../sandbox/model/clock.ts";
import { type MysqlServer, serveMysql } from "../../sandbox/wire/server.ts";
import { Connections } from "./connections.ts";
import { diskOf } from "./disk.ts";
import { Recording } from "./recording.ts";
import { type Disk, LONGEST_WAIT_SECONDS, type Scenario, type Stage } from "./stage.ts";
import { tenantStatements } from "./steps.ts";
import type { Answer, Row } from "./trace.ts";
import { WATCHED } from "./watched.ts";

const MICROS = 1_000_000;
const START = Date.UTC(2026, 10, 25, 10) * 1000;

/** Between two looks while something is waited for: shorter than the shortest phase but one (see durations.ts). */
const STEP_SECONDS = 0.2;
/** Between two looks while time just passes. */
const STRIDE_SECONDS = 1;

/** A new sandbox of the version that the traces were recorded from, one server in one zone, its clock moved by the looks. */
export class SandboxStage implements Stage {
  readonly stem: string;
  readonly recording: Recording;
  readonly disk: Disk;
  readonly #base: string;
  readonly #dir: string;
  readonly #clock = new SteppedClock(START);
  readonly #cluster: Cluster;
  #server: MysqlServer | undefined;
  #connections: Connections | undefined;

  private constructor(scenario: Scenario) {
    this.stem = scenario.stem;
    this.#dir = mkdtempSync(join(tmpdir(), "holdfast-replay-"));
    this.#base = join(this.#dir, "destinations");
    mkdirSync(this.#base);
    this.#cluster = this.#open();
    this.recording = new Recording({
      scenario: scenario.name,
      stem: scenario.stem,
      base: this.#base,
      now: () => this.#clock.now(),
    });
    this.disk = diskOf(this.#base, (done) => this.recording.add({ at: this.recording.at, done }));
  }

  static async open(scenario: Scenario): Promise<SandboxStage> {
    const stage = new SandboxStage(scenario);
    await stage.#listen();
    for (const tenant of scenario.tenants) {
      for (const sql of tenantStatements(tenant)) await stage.#connected.answer(sql, "root@sys");
    }
    await stage.#step(0);
    return stage;
  }

  async close(): Promise<void> {
    await this.#stop();
    rmSync(this.#dir, { recursive: true, force: true });
  }

  async run(sql: string, as = "root@sys"): Promise<Answer> {
    const { at } = this.recording;
    const answer = await this.#connected.answer(sql, as);
    this.recording.add({ at, as, sql, answer });
    await this.#step(STEP_SECONDS / 10);
    return answer;
  }

  async value(sql: string, as = "root@sys"): Promise<string> {
    const [row] = await this.#connected.rows(sql, as);
    return Object.values(row ?? {})[0] ?? "";
  }

  hangUp(): void {
    this.#connected.hangUp();
  }

  rows(view: string): readonly Row[] {
    return this.recording.rows(view);
  }

  async until(view: string, isSo: (rows: readonly Row[]) => boolean): Promise<void> {
    const limit = this.#clock.now() + LONGEST_WAIT_SECONDS * MICROS;
    await this.#step(0);
    while (!isSo(this.recording.rows(view))) {
      if (this.#clock.now() > limit)
        throw new Error(`${this.stem}: waited too long at ${view}: ${isSo.toString()}`);
      await this.#step(STEP_SECONDS);
    }
  }

  async pass(seconds: number): Promise<void> {
    for (let left = seconds; left > 0; left -= STRIDE_SECONDS) {
      await this.#step(Math.min(left, STRIDE_SECONDS));
    }
  }

  destination(name: string): string {
    return `file://${join(this.#base, name)}`;
  }

  get #connected(): Connections {
    if (this.#connections === undefined) throw new Error("the sandbox does not listen");
    return this.#connections;
  }

  #open(): Cluster {
    return createCluster({
      dir: join(this.#dir, "cluster"),
      version: "4.2.1.9",
      name: "kernel",
      clock: this.#clock,
      allowPaths: [this.#base],
    });
  }

  async #listen(): Promise<void> {
    this.#server = await serveMysql({ engine: this.#cluster.engine, port: 0, host: "127.0.0.1" });
    this.#connections = new Connections({ host: "127.0.0.1", port: this.#server.port });
  }

  async #stop(): Promise<void> {
    this.#connections?.hangUp();
    await this.#server?.close();
    this.#cluster.close();
  }

  async #step(seconds: number): Promise<void> {
    this.#clock.moveBy(seconds * MICROS);
    this.#cluster.advance();
    for (const watched of WATCHED) {
      this.recording.see(watched, await this.#connected.rows(`SELECT * FROM ${watched.view}`, "root@sys"));
    }
    this.recording.endLook();
    this.recording.list();
  }
}
