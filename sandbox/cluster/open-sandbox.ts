import fs from "node:fs";
import path from "node:path";
import type { StruckFault } from "../faults/fault-plan.ts";
import { FaultsError, parseFaults } from "../faults/parse-faults.ts";
import { realClock, SteppedClock } from "../model/clock.ts";
import { factsOf, userTenants } from "../model/model.ts";
import { GIB } from "../model/resources.ts";
import { versionComment } from "../model/version.ts";
import { parseStory, type Story } from "../story/story.ts";
import { isTold, storyStart, tellStory } from "../story/tell-story.ts";
import { serveMysql } from "../wire/server.ts";
import type { ClusterOptions } from "./cluster-options.ts";
import type { CommandLine } from "./command-line.ts";
import { type Cluster, createCluster } from "./create-cluster.ts";
import { createTenants } from "./create-tenants.ts";
import { statementLog } from "./statement-log.ts";
import { setWorkload } from "./workloads.ts";

export interface Sandbox {
  readonly port: number;
  readonly banner: string;
  readonly cluster: Cluster;
  close(): Promise<void>;
}

/** How often the cluster looks at its clock. */
const TICK_MILLIS = 200;

/** Commits per hour of --workload on: two per second. */
const LIVELY = 7200;

/** Opens or makes the cluster, lets it live its story first when it is new, and listens. */
export async function openSandbox(line: CommandLine): Promise<Sandbox> {
  const faults = line.faults === undefined ? [] : readFaults(line.faults);
  const log = line.logStatements === undefined ? undefined : statementLog(line.logStatements);
  const options = { ...clusterOptions(line), ...(log ? { onStatement: log.write } : {}) };
  if (line.story !== undefined) liveStory(options, parseStory(fs.readFileSync(line.story, "utf8")));
  const clock = line.clock === "real" ? "real" : { factor: line.clock };
  const cluster = createCluster({ ...options, clock, onFault: sayFault });
  prepare(cluster, line);
  // Only now: what the sandbox itself prepares is not to be struck.
  cluster.faults.add(faults);
  const server = await serveMysql({
    engine: cluster.engine,
    port: line.port,
    host: "127.0.0.1",
    tls: "self-signed",
  });
  cluster.listensOn(server.port);
  const timer = setInterval(() => cluster.advance(), TICK_MILLIS);
  return {
    port: server.port,
    banner: bannerOf(cluster, server.port),
    cluster,
    close: async () => {
      clearInterval(timer);
      await server.close();
      cluster.close();
      log?.close();
    },
  };
}

function readFaults(file: string) {
  try {
    return parseFaults(fs.readFileSync(file, "utf8"));
  } catch (error) {
    throw error instanceof FaultsError ? new FaultsError(`${file}, ${error.message}`) : error;
  }
}

/** One line of stderr; statements may bear passwords and are not repeated. */
function sayFault({ at, fault, stage, whom }: StruckFault): void {
  const moment = new Date(at / 1000).toISOString();
  console.error(`${moment} fault ${stage}: ${JSON.stringify(fault.what)}${whom === null ? "" : `: ${whom}`}`);
}

/** Each server has what 16 tenants of the usual size need, or as much as the tenants asked for. */
function clusterOptions(line: CommandLine): ClusterOptions {
  const tenants = Math.max(16, line.tenants.length + 8);
  return {
    dir: line.dir,
    allowPaths: line.allowPaths,
    seed: line.seed,
    serversPerZone: line.serversPerZone,
    sqlPort: line.port,
    capacity: { cpu: 2 * tenants, memoryBytes: 6 * tenants * GIB, logDiskBytes: 20 * tenants * GIB },
    ...(line.version === undefined ? {} : { version: line.version }),
    ...(line.name === undefined ? {} : { name: line.name }),
    ...(line.storageRoot === undefined ? {} : { storageRoot: line.storageRoot }),
  };
}

/** A new cluster lives its past on a clock of its own; a cluster that was killed in the middle goes on with it. */
function liveStory(options: ClusterOptions, story: Story): void {
  const isNew = !fs.existsSync(path.join(options.dir, "cluster.db"));
  const now = realClock().now();
  const clock = new SteppedClock(isNew ? storyStart(story, now) : 0);
  const cluster = createCluster({ ...options, clock });
  try {
    if (isNew || isUnfinished(cluster, story)) tellStory({ cluster, clock, story });
  } finally {
    cluster.close();
  }
}

function isUnfinished(cluster: Cluster, story: Story): boolean {
  return factsOf(cluster.model).story !== null && !isTold(cluster, story);
}

function prepare(cluster: Cluster, line: CommandLine): void {
  const missing = line.tenants.filter(
    (name) => !userTenants(cluster.model).some((tenant) => tenant.name === name),
  );
  createTenants(cluster, missing);
  if (line.workload === "off") {
    for (const { tenantId } of cluster.model.state.workloads.all()) {
      const tenant = cluster.model.state.tenants.get(tenantId);
      if (tenant) setWorkload(cluster.model, tenant.name, 0);
    }
  } else if (line.workload === "on") {
    for (const name of line.tenants) setWorkload(cluster.model, name, LIVELY);
  }
  cluster.save();
}

function bannerOf(cluster: Cluster, port: number): string {
  const { name } = factsOf(cluster.model);
  return [
    versionComment(cluster.model.version),
    `Sandbox cluster "${name}" listens on 127.0.0.1:${port}: a stand-in that keeps real rows, not OceanBase.`,
    `root@sys and root of each tenant have no password unless you set one.`,
  ].join("\n");
}
