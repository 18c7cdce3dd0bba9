import { expect, test } from "vitest";
import { inventoryOf } from "../domain/inventory.fixture.ts";
import { NO_RESULT, type Operation } from "../domain/operation.ts";
import type { RestoreActions } from "../domain/restore-plan.ts";
import { NO_SCN } from "../domain/scn.ts";
import type { TenantRole } from "../domain/tenant.ts";
import type { Version } from "../domain/version.ts";
import { newStep, nextMove } from "./next-move.ts";
import { restoreSteps } from "./restore.ts";
import type { Sending } from "./step-rule.ts";

const SECOND = 1_000_000;

const ACTIONS: RestoreActions = {
  unit: null,
  pool: { name: "copy_pool", unit: "small", unitCount: 1, zones: ["zone1"] },
  restore: {
    targetTenant: "copy",
    dataUri: "file:///data",
    archiveUri: "file:///log",
    until: NO_SCN,
    pool: "copy_pool",
    locality: null,
    primaryZone: null,
    concurrency: null,
    signature: "op-0123456789",
    decryptionPasswords: [],
  },
  activate: true,
};

/** A restore that has come to its activation, which was sent once. */
const ACTIVATING: Operation = {
  id: "op-0123456789",
  requestId: "request-1",
  kind: "restore",
  cluster: "prod",
  tenant: "copy",
  request: {
    kind: "restore",
    source: { cluster: "prod", tenant: "shop" },
    until: NO_SCN,
    target: {
      cluster: "prod",
      tenant: "copy",
      zones: ["zone1"],
      unit: { name: "small" },
      unitCount: 1,
      primaryZone: null,
      concurrency: null,
    },
    activate: true,
    actions: ACTIONS,
  },
  phase: "running",
  outcome: null,
  steps: [
    { ...newStep("activate"), state: "sending", startedAt: SECOND, sentAt: SECOND, timesSent: 1 },
    newStep("verify"),
  ],
  progress: null,
  result: NO_RESULT,
  problem: null,
  requestedAt: 0,
  endedAt: null,
  cancelRequestedAt: null,
  revision: 1,
};

interface Scene {
  readonly version: Version["numbers"];
  readonly role: TenantRole;
  readonly sending: Sending["state"];
}

/** What becomes of the activation, in the pass after it was sent. */
function activation({ version, role, sending }: Scene): string {
  const inventory = {
    observedAt: 2 * SECOND,
    clusterNow: NO_SCN,
    cluster: { clusterName: "prod", version: { numbers: version, build: undefined }, versionComment: "" },
    restoreJobs: [],
    resources: { servers: [], unitConfigs: [], pools: [] },
    tenants: [inventoryOf({ tenant: { name: "copy", role } })],
  };
  const made = nextMove(ACTIVATING, restoreSteps(ACTIONS), {
    pass: { beganAt: 2 * SECOND, inventory },
    now: 2 * SECOND,
    sending: { state: sending } as Sending,
    watchedSince: 0,
    seenAt: 0,
    adoptMicros: 60 * SECOND,
  });
  if (made.kind === "wait") return made.kind;
  return `${made.kind} ${made.operation.steps.find(({ name }) => name === "activate")?.state}`;
}

test("an activation is done when the tenant is seen as a primary, not when its statement is answered", () => {
  const version: Version["numbers"] = [4, 2, 5, 1];
  expect(activation({ version, role: "standby", sending: "accepted" })).toBe("wait");
  expect(activation({ version, role: "unknown", sending: "accepted" })).toBe("wait");
  expect(activation({ version, role: "primary", sending: "accepted" })).toBe("store done");
});

test("on 4.0, which shows no role, an activation is done when its statement is answered, and sent again otherwise", () => {
  const version: Version["numbers"] = [4, 0, 0, 0];
  expect(activation({ version, role: "unknown", sending: "accepted" })).toBe("store done");
  expect(activation({ version, role: "unknown", sending: "under-way" })).toBe("wait");
  expect(activation({ version, role: "unknown", sending: "unknown" })).toBe("send sending");
});
