import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import mysql from "mysql2/promise";
import { afterEach, expect, test, vi } from "vitest";
import { parseCommandLine } from "../cluster/command-line.ts";
import { openSandbox, type Sandbox } from "../cluster/open-sandbox.ts";
import { FaultsError } from "./parse-faults.ts";

let dir = "";
let sandbox: Sandbox | undefined;
afterEach(async () => {
  await sandbox?.close();
  sandbox = undefined;
  vi.restoreAllMocks();
  fs.rmSync(dir, { recursive: true, force: true });
});

/** A sandbox with --faults, and what it says of them on stderr. */
async function open(faults: unknown): Promise<readonly unknown[]> {
  dir = fs.mkdtempSync(path.join(os.tmpdir(), "sandbox-faults-"));
  const said = vi.spyOn(console, "error").mockImplementation(() => undefined);
  const file = path.join(dir, "faults.json");
  fs.writeFileSync(file, JSON.stringify({ faults }));
  const args = ["--dir", path.join(dir, "data"), "--port", "0", "--tenants", "shop", "--faults", file];
  const line = parseCommandLine(args);
  if (line === "help") throw new Error("asked for help");
  sandbox = await openSandbox(line);
  return said.mock.calls.flat();
}

function connect(): Promise<mysql.Connection> {
  return mysql.createConnection({ host: "127.0.0.1", port: sandbox?.port ?? 0, user: "root@sys" });
}

const UNIT = "CREATE RESOURCE UNIT u1 MAX_CPU 1, MEMORY_SIZE '2G'";
const LOST = { code: "PROTOCOL_CONNECTION_LOST", fatal: true };

test("a client over TCP loses its line after the effect, is refused for a while, and finds the effect later", async () => {
  await open([
    { when: { statement: "create-unit" }, what: { kind: "dropped-after" } },
    { when: { statement: "create-unit" }, for: { times: 2 }, what: { kind: "refused" } },
  ]);
  const client = await connect();
  await expect(client.query(UNIT)).rejects.toMatchObject(LOST);
  await expect(connect()).rejects.toMatchObject(LOST);
  await expect(connect()).rejects.toMatchObject(LOST);
  const again = await connect();
  await expect(again.query(UNIT)).rejects.toMatchObject({ errno: 4649 });
  await again.end();
});

test("what was struck is said on stderr, without the statement", async () => {
  const said = await open([{ when: { afterSeconds: 0 }, what: { kind: "tenant-renamed", to: "store" } }]);
  await expect
    .poll(() => vi.mocked(console.error).mock.calls.flat().join("\n"))
    .toMatch(/fault struck: .*: shop$/m);
  expect(said).toEqual([]);
});

test("a file with a mistake keeps the sandbox from starting, and is named", async () => {
  await expect(open([{ when: {}, what: { kind: "refused" } }])).rejects.toThrow(FaultsError);
  await expect(open(["x"])).rejects.toThrow(/faults\.json, fault 1: found "x"/);
});
