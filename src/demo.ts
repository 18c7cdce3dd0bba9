import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Settings } from "./config.ts";
import { prepareFolder } from "./folder.ts";
import { type RunningServer, serve } from "./serve.ts";

/** The two clusters of the demo. They share a storage root as clusters share an NFS mount. */
const CLUSTERS = [
  { name: "prod", version: "4.2.5.1", port: 2881, seed: 11 },
  { name: "lab", version: "4.3.5.0", port: 2891, seed: 12 },
] as const;

const SANDBOX = join(import.meta.dirname, "..", "sandbox");
/** A cluster that lives nine days in advance takes seconds; one that takes this long is stuck. */
const PATIENCE_MS = 120_000;
const OBSERVED_WITHIN_MS = 30_000;

/** Starts both sandboxes, then the server that watches them. A second start on the same folder continues. */
export async function startDemo(settings: Settings, say: (words: string) => void): Promise<RunningServer> {
  prepareFolder(settings.dir);
  const ports = await portsFor(settings.dir);
  if (!existsSync(join(settings.dir, "prod")))
    say("Two sandbox clusters are living through their last nine days …");
  const children = await startSandboxes(settings.dir, ports);
  const stopSandboxes = () => Promise.all(children.map(stopChild));
  try {
    const server = await serve(settings);
    await watchAll(server, ports);
    for (const [at, child] of children.entries()) tellEnd(child, CLUSTERS[at]?.name ?? "", say);
    return {
      ...server,
      stop: () =>
        server
          .stop()
          .then(stopSandboxes)
          .then(() => undefined),
    };
  } catch (error) {
    await stopSandboxes();
    throw error;
  }
}

/** All or none: where one cannot start, the others are stopped again. */
async function startSandboxes(
  dir: string,
  ports: Readonly<Record<string, number>>,
): Promise<readonly ChildProcess[]> {
  const started = await Promise.allSettled(
    CLUSTERS.map((each) => startSandbox(dir, { ...each, port: ports[each.name] ?? each.port })),
  );
  const failed = started.find((each) => each.status === "rejected");
  const children = started.flatMap((each) => (each.status === "fulfilled" ? [each.value] : []));
  if (!failed) return children;
  await Promise.all(children.map(stopChild));
  throw failed.reason;
}

/** One that ends while the demo goes on is no secret: the page will say that the cluster does not answer. */
function tellEnd(child: ChildProcess, name: string, say: (words: string) => void): void {
  child.once("exit", (code, signal) => {
    if (child.killed) return;
    say(
      `The sandbox cluster ${name} has ended (${signal ?? `code ${code}`}); start the demo again to go on with it.`,
    );
  });
}

interface SandboxToStart {
  readonly name: string;
  readonly version: string;
  readonly port: number;
  readonly seed: number;
}

async function startSandbox(
  dir: string,
  { name, version, port, seed }: SandboxToStart,
): Promise<ChildProcess> {
  const flags = [
    "--dir",
    join(dir, name),
    "--port",
    String(port),
    "--version",
    version,
    "--name",
    name,
    "--seed",
    String(seed),
  ];
  const past = [
    "--stop-with-stdin",
    "--storage-root",
    join(dir, "storage"),
    "--workload",
    "on",
    "--story",
    join(SANDBOX, "story", `${name}.json`),
  ];
  const child = spawn(process.execPath, [join(SANDBOX, "main.ts"), ...flags, ...past], {
    // Its standard input ends with this process, however that ends: no cluster is left behind.
    stdio: ["pipe", "pipe", "pipe"],
  });
  await readyLine(child, name);
  return child;
}

/** The sandbox prints `ready PORT`. What it says on stderr is kept to explain an early end. */
async function readyLine(child: ChildProcess, name: string): Promise<void> {
  let said = "";
  child.stderr?.on("data", (chunk: Buffer) => {
    said = (said + chunk.toString()).slice(-4000);
  });
  const lines = createInterface({ input: child.stdout ?? process.stdin });
  await new Promise<void>((resolve, reject) => {
    const late = setTimeout(
      () => reject(new Error(`sandbox ${name} was not ready after ${PATIENCE_MS / 1000} s:\n${said}`)),
      PATIENCE_MS,
    );
    const settle = (act: () => void) => {
      clearTimeout(late);
      act();
    };
    lines.on("line", (line) => line.startsWith("ready ") && settle(resolve));
    child.once("exit", (code) =>
      settle(() => reject(new Error(`sandbox ${name} ended with code ${code}:\n${said}`))),
    );
  });
}

async function watchAll(server: RunningServer, ports: Readonly<Record<string, number>>): Promise<void> {
  const known = new Set((await server.store.clusters()).map((each) => each.name));
  for (const { name } of CLUSTERS) {
    if (known.has(name)) continue;
    await server.requests.addCluster({
      name,
      address: `127.0.0.1:${ports[name]}`,
      user: "root@sys",
      password: "",
    });
  }
  await observed(server);
}

/** The page opens on what was seen, not on "loading". */
async function observed(server: RunningServer): Promise<void> {
  const limit = Date.now() + OBSERVED_WITHIN_MS;
  while (Date.now() < limit) {
    const clusters = await server.store.clusters();
    if (clusters.every((each) => each.observedAt !== null)) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** The clusters keep their ports from start to start, since the server remembers their addresses. */
async function portsFor(dir: string): Promise<Readonly<Record<string, number>>> {
  const file = join(dir, "demo.json");
  if (existsSync(file))
    return (JSON.parse(readFileSync(file, "utf8")) as { ports: Record<string, number> }).ports;
  const ports: Record<string, number> = {};
  for (const { name, port } of CLUSTERS) ports[name] = (await isFree(port)) ? port : await freePort();
  writeFileSync(file, JSON.stringify({ ports }, null, 2));
  return ports;
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer()
      .once("error", () => resolve(false))
      .listen(port, "127.0.0.1", () => probe.close(() => resolve(true)));
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}

async function stopChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGTERM");
  await ended;
}
