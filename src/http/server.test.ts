import { readFileSync, writeFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import type { FastifyInstance } from "fastify";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Requests } from "../control/requests.ts";
import { Problem } from "../domain/problem.ts";
import { openStore } from "../store/open-store.ts";
import { anInventory, aTenantInventory } from "../store/sample-inventory.ts";
import type { Store } from "../store/store.ts";
import { buildServer } from "./server.ts";

/** The server over a real store; nothing here asks a cluster for anything. */
let store: Store;
let server: FastifyInstance;
let defects: unknown[] = [];
const own = { host: "127.0.0.1:8686" };

/** No wish is made in these tests: the one that is, fails as a defect would. */
const requests = { cancel: () => Promise.reject(new TypeError("a defect")) } as unknown as Requests;

beforeEach(async () => {
  defects = [];
  store = await openStore({ path: ":memory:", now: () => 1_000_000 });
  server = await buildServer({
    store,
    requests,
    now: () => 1_000_000,
    version: "0.0.0",
    startedAt: 0,
    consoleFolder: null,
    report: (error) => defects.push(error),
  });
  await store.addCluster({
    name: "prod",
    host: "127.0.0.1",
    port: 2881,
    user: "root@sys",
    password: "canary-password",
    clusterName: "prod",
    version: { numbers: [4, 2, 5, 1], build: undefined },
    versionComment: "OceanBase_CE 4.2.5.1 sandbox",
    addedAt: 0,
  });
});

afterEach(async () => {
  await server.close();
  await store.close();
});

const inventory = () => anInventory([aTenantInventory(1002, "shop")]);

const get = (url: string, headers: Record<string, string> = own) =>
  server.inject({ method: "GET", url: `/api/v1${url}`, headers });

test("the OpenAPI document is the golden one", async () => {
  const golden = join(import.meta.dirname, "..", "api", "openapi.json");
  const document = `${JSON.stringify((await get("/openapi.json")).json(), null, 2)}\n`;
  if (process.env.UPDATE_GOLDEN) writeFileSync(golden, document);
  expect(document, "UPDATE_GOLDEN=1 writes the new one").toBe(readFileSync(golden, "utf8"));
  expect(JSON.parse(document)).toMatchObject({ openapi: "3.1.0" });
});

test("a tenant tells how its newest back-up ended, not only of its last good set", async () => {
  const [newest] = aTenantInventory(1002, "shop").backupJobs;
  if (!newest) throw new Error("no job");
  const backupJobs = [
    { ...newest, id: 7, setId: 7, status: "failed", statusWord: "FAILED", startedAt: 9_000_000 },
    { ...newest, id: 8, setId: 8, isHistory: false, status: "running", startedAt: 10_000_000 },
    { ...newest, id: 6, setId: 6, startedAt: 8_000_000 },
  ] as const;
  await store.recordInventory("prod", anInventory([aTenantInventory(1002, "shop", { backupJobs })]));
  const { lastAttempt } = (await get("/clusters/prod/tenants/shop")).json();
  expect(lastAttempt).toMatchObject({ jobId: 7, setId: 7, status: "failed", resultCode: -4016 });
});

test("a request for another host or from another page is refused", async () => {
  expect((await get("/health", { host: "evil.example:8686" })).json()).toMatchObject({
    code: "host-refused",
  });
  const foreign = await get("/health", { ...own, origin: "http://evil.example" });
  expect([foreign.statusCode, foreign.json().code]).toEqual([403, "origin-refused"]);
  const page = await get("/health", { ...own, origin: "http://127.0.0.1:8686" });
  expect(page.statusCode).toBe(200);
});

test("what does not fit the contract is named, field by field", async () => {
  const answer = await server.inject({
    method: "POST",
    url: "/api/v1/clusters/prod/tenants/shop/backups",
    headers: own,
    payload: { requestId: "12345678", type: "half" },
  });
  expect(answer.statusCode).toBe(400);
  expect(answer.json()).toMatchObject({ code: "input-invalid", found: expect.stringContaining("type") });
});

const unknownFields: readonly (readonly [
  method: "GET" | "POST",
  url: string,
  payload: object,
  named: string,
])[] = [
  ["POST", "/clusters/prod/tenants/shop/backups", { requestId: "12345678", Type: "incremental" }, "Type"],
  [
    "POST",
    "/clusters/prod/tenants/shop/backups",
    { requestId: "12345678", encryptionPasword: "x" },
    "encryptionPasword",
  ],
  ["POST", "/operations/op-0123456789/cancel", { force: true }, "force"],
  ["GET", "/tenants?Cluster=prod", {}, "Cluster"],
  ["GET", "/clusters?cluster=prod", {}, "cluster"],
  [
    "POST",
    "/restores/plan",
    restoreOrderWith({ cpu: 1, memoryBytes: 1, logDiskBytes: 1, memory: "4G" }),
    "target.unit.memory",
  ],
];

/** A restore's order with this unit. */
function restoreOrderWith(unit: object): object {
  const shop = { cluster: "prod", tenant: "shop" };
  return { source: shop, until: { latest: true }, target: { cluster: "prod", tenant: "copy", unit } };
}

test.each(unknownFields)(
  "%s %s with a field that it does not know is refused, not read without it",
  async (method, url, payload, named) => {
    const body = method === "GET" ? {} : { payload };
    const answer = await server.inject({ method, url: `/api/v1${url}`, headers: own, ...body });
    expect([answer.statusCode, answer.json().code]).toEqual([400, "input-invalid"]);
    expect(answer.json().values.issues).toEqual([`${named}: no such field`]);
  },
);

test("an operation id that can be none is told how one looks", async () => {
  const answer = await get("/operations/999");
  expect(answer.json()).toMatchObject({
    code: "input-invalid",
    found: expect.stringContaining("op-3f9k2m7xq1"),
  });
});

test("a time without an offset is refused with its two readings", async () => {
  await store.recordInventory("prod", inventory());
  const tenant = (await store.tenants("prod")).find((each) => each.tenant.kind === "user")?.tenant.name;
  const answer = await get(`/clusters/prod/tenants/${tenant}/restorable?from=2026-11-21T08:00:00`);
  expect(answer.json()).toMatchObject({
    code: "time-without-offset",
    values: { asUtc: "2026-11-21T08:00:00Z" },
  });
});

test("unknown things are told apart: route, cluster, tenant, operation", async () => {
  expect((await get("/nothing")).json().code).toBe("route-unknown");
  expect((await get("/clusters/none")).json().code).toBe("cluster-unknown");
  expect((await get("/clusters/prod/tenants/none")).json().code).toBe("tenant-unknown");
  expect((await get("/operations/op-0123456789")).json().code).toBe("operation-unknown");
});

test("a defect is logged once and answered without its inside", async () => {
  const answer = await server.inject({
    method: "POST",
    url: "/api/v1/operations/op-0123456789/cancel",
    headers: own,
  });
  expect([answer.statusCode, answer.json().code, defects.length]).toEqual([500, "internal", 1]);
  expect(answer.body).not.toContain("a defect");
});

test("no answer holds the cluster's password", async () => {
  const answers = await Promise.all([
    get("/clusters"),
    get("/clusters/prod"),
    get("/tenants"),
    get("/health"),
  ]);
  expect(answers.map((each) => each.statusCode)).toEqual([200, 200, 200, 200]);
  expect(answers.map((each) => each.body).join("")).not.toContain("canary-password");
});

test("a problem's status follows from its code", async () => {
  expect(new Problem("instant-in-gap", { found: "a", remedy: "b" }).body).toMatchObject({
    values: {},
    oceanbase: null,
  });
});

async function readStream(after: string | undefined, until: (text: string) => boolean): Promise<string> {
  const { port } = server.server.address() as AddressInfo;
  const stop = new AbortController();
  const headers = after === undefined ? {} : { "last-event-id": after };
  const answer = await fetch(`http://127.0.0.1:${port}/api/v1/events`, { headers, signal: stop.signal });
  let text = "";
  const decoder = new TextDecoder();
  for await (const chunk of answer.body as unknown as AsyncIterable<Uint8Array>) {
    text += decoder.decode(chunk, { stream: true });
    if (until(text)) break;
  }
  stop.abort();
  return text;
}

test("the stream resumes after the last change that a browser saw, and tells it to reload when that is forgotten", async () => {
  await server.listen({ host: "127.0.0.1", port: 0 });
  const before = await store.lastChange();
  await store.recordInventory("prod", inventory());
  const newest = await store.lastChange();
  expect(newest).toBeGreaterThan(before);
  const missed = await readStream(
    String(before),
    (text) => text.includes(`id: ${newest}\n`) && text.includes("event: change"),
  );
  expect(missed.match(/event: change/g)).toHaveLength(newest - before);
  const unknown = await readStream(String(newest + 1000), (text) => text.includes("event: reload"));
  expect(unknown).toContain(`id: ${newest}`);
});

test("a change reaches an open stream", async () => {
  await server.listen({ host: "127.0.0.1", port: 0 });
  const seen = readStream(undefined, (text) => text.includes("event: change"));
  await new Promise((resolve) => setTimeout(resolve, 200));
  await store.recordInventory("prod", inventory());
  expect(await seen).toContain('"cluster":"prod"');
});
