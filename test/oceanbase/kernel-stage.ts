import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Connections, isRefused, type ServerAddress } from "./connections.ts";
import { diskOf } from "./disk.ts";
import { Recording } from "./recording.ts";
import { type Disk, LONGEST_WAIT_SECONDS, type Scenario, type Stage } from "./stage.ts";
import { tenantStatements } from "./steps.ts";
import type { Answer, Row } from "./trace.ts";

const POLL_MS = 100;

/** Master is lost, root service is shut down, server is initialising, try again. */
const STARVED = [4638, 4550, 8001, 4023, 4038];

const NAMES: Readonly<Record<string, string>> = {
  TENANT: "SELECT TENANT_NAME FROM DBA_OB_TENANTS",
  "RESOURCE POOL": "SELECT NAME FROM DBA_OB_RESOURCE_POOLS",
  "RESOURCE UNIT": "SELECT NAME FROM DBA_OB_UNIT_CONFIGS",
};

/** A cluster that lives in real time, with a watcher that fills the recording. */
export class KernelStage implements Stage {
  readonly stem: string;
  readonly disk: Disk;
  readonly #scenario: Scenario;
  readonly #base: string;
  readonly #connections: Connections;
  #recording: Recording | undefined;

  constructor(
    scenario: Scenario,
    { address, base }: { readonly address: ServerAddress; readonly base: string },
  ) {
    this.stem = scenario.stem;
    this.#scenario = scenario;
    this.#base = base;
    mkdirSync(base, { recursive: true });
    this.#connections = new Connections(address);
    this.disk = diskOf(base, (done) => this.recording.add({ at: this.recording.at, done }));
  }

  /** Makes what the scenario finds, however often a starved server has to be told, and begins to record. */
  async open(): Promise<void> {
    for (const tenant of this.#scenario.tenants) await this.#prepare(tenant);
    const { name: scenario, stem } = this.#scenario;
    this.#recording = new Recording({ scenario, stem, base: this.#base, now: () => Date.now() * 1000 });
  }

  get recording(): Recording {
    if (this.#recording === undefined) throw new Error("the stage is not open");
    return this.#recording;
  }

  async #prepare(tenant: string): Promise<void> {
    const question = `SELECT STATUS FROM DBA_OB_TENANTS WHERE TENANT_NAME = '${tenant}'`;
    for (let tries = 0; tries < 100; tries++) {
      const [row] = await this.#connections.rows(question, "root@sys").catch(() => []);
      if (row?.["STATUS"] === "NORMAL") return;
      console.log(`${this.stem}: making ${tenant}`);
      // A root service that lost its lease in the middle leaves a tenant CREATING for ever.
      const isStuck = tries % 40 === 39;
      if (isStuck) await this.#connections.answer(`DROP TENANT IF EXISTS ${tenant} FORCE`, "root@sys");
      if (row === undefined || isStuck) {
        for (const sql of tenantStatements(tenant)) await this.#connections.answer(sql, "root@sys");
      }
      await sleep(5000);
    }
    throw new Error(`${tenant} cannot be made`);
  }

  async run(sql: string, as = "root@sys"): Promise<Answer> {
    const { at, answer } = await this.#answerOfHealthyServer(sql, as);
    this.recording.add({ at, as, sql, answer });
    const told = JSON.stringify(answer).slice(0, 200);
    console.log(`${this.stem.padEnd(9)} ${at.toFixed(1).padStart(7)} s  ${sql}  -> ${told}`);
    return answer;
  }

  /** A server that is starved of its processor loses its lease for a while; what it says then is not of the scenario. */
  async #answerOfHealthyServer(
    sql: string,
    as: string,
  ): Promise<{ readonly at: number; readonly answer: Answer }> {
    for (let tries = 0; tries < 60; tries++) {
      const { at } = this.recording;
      const answer = await this.#connections.answer(sql, as);
      if (!(isRefused(answer) && STARVED.includes(answer.errno))) return { at, answer };
      console.log(`${this.stem}: ${answer.errno} ${answer.text}, asked again`);
      await sleep(3000);
    }
    throw new Error(`the server does not get well: ${sql}`);
  }

  async value(sql: string, as = "root@sys"): Promise<string> {
    const [row] = await this.#connections.rows(sql, as);
    return Object.values(row ?? {})[0] ?? "";
  }

  hangUp(): void {
    this.#connections.hangUp();
  }

  rows(view: string): readonly Row[] {
    return this.recording.rows(view);
  }

  /** Judges whole looks only, so that what other views showed at the time is written down too. */
  async until(view: string, isSo: (rows: readonly Row[]) => boolean): Promise<void> {
    const limit = Date.now() + LONGEST_WAIT_SECONDS * 1000;
    await this.#nextLook(limit);
    do {
      await this.#nextLook(limit);
    } while (!isSo(this.recording.rows(view)));
  }

  /** Until all views were read once more from the beginning. */
  async settle(): Promise<void> {
    await this.until("DBA_OB_TENANTS", () => true);
  }

  async #nextLook(limit: number): Promise<void> {
    const { looks } = this.recording;
    while (this.recording.looks === looks) {
      if (Date.now() > limit) throw new Error(`${this.stem}: waited too long`);
      await sleep(POLL_MS);
    }
  }

  async pass(seconds: number): Promise<void> {
    await sleep(seconds * 1000);
  }

  destination(name: string): string {
    return `file://${join(this.#base, name)}`;
  }

  /** Drops all that bears the scenario's name; a server that is busy refuses at first. */
  async cleanUp(): Promise<void> {
    for (const kind of ["TENANT", "RESOURCE POOL", "RESOURCE UNIT"]) {
      for (const name of await this.#names(kind)) {
        const force = kind === "TENANT" ? " FORCE" : "";
        await this.#insist(`DROP ${kind} IF EXISTS ${name}${force}`);
      }
    }
    this.hangUp();
  }

  async #names(kind: string): Promise<readonly string[]> {
    const question = NAMES[kind] ?? "";
    const rows = await this.#connections.rows(question, "root@sys");
    const names = rows.map((row) => Object.values(row)[0] ?? "");
    return names.filter((name) => name.startsWith(this.stem));
  }

  async #insist(sql: string): Promise<void> {
    for (let tries = 0; tries < 20; tries++) {
      if ((await this.#connections.answer(sql, "root@sys")) === "ok") return;
      await sleep(3000);
    }
    throw new Error(`${sql} was refused again and again`);
  }
}
