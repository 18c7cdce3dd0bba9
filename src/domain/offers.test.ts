import { expect, test } from "vitest";
import type { RoundStatus } from "./archive.ts";
import { backupJobOf, inventoryOf, type TenantSketch } from "./inventory.fixture.ts";
import {
  backUpRefusal,
  plusArchivelogRefusal,
  setDestinationsRefusal,
  startArchiveRefusal,
  stopArchiveRefusal,
} from "./offers.ts";
import { readVersion, type Version } from "./version.ts";

function version(text: string): Version {
  const found = readVersion(text);
  if (!found) throw new Error(`no version: ${text}`);
  return found;
}

const doing = { rounds: [{ id: 2, start: 100, checkpoint: 200 }] };
const off = { tenant: { logMode: "noarchivelog" as const } };
const asked = (sketch: TenantSketch, text = "4.2.5.1") => ({
  tenant: inventoryOf(sketch),
  version: version(text),
});
const inRound = (status: RoundStatus) => ({ rounds: [{ id: 2, start: 100, checkpoint: 200, status }] });

test("a healthy tenant is offered a backup and the end of log backup, but no second start of it", () => {
  expect(backUpRefusal(asked(doing))).toBeNull();
  expect(stopArchiveRefusal(asked(doing))).toBeNull();
  expect(startArchiveRefusal(asked(doing))?.code).toBe("archive-already-running");
});

test("S6: the version gate compares the build and names both versions", () => {
  expect(backUpRefusal(asked(doing, "3.2.2-20220304134610"))).toBeNull();
  expect(backUpRefusal(asked(doing, "3.2.2-20220304134609"))?.body).toMatchObject({
    code: "version-without-tenant-backup",
    values: { needed: "V3.2.2-20220304134610", found: "V3.2.2-20220304134609" },
  });
});

test.each([
  [{ kind: "sys", name: "sys" }, "tenant-is-sys"],
  [{ kind: "meta", name: "META$1006" }, "tenant-is-sys"],
  [{ isNormal: false, statusWord: "RESTORE" }, "tenant-not-normal"],
  [{ role: "standby" }, "tenant-is-standby"],
] as const)("X6: tenant %o is not backed up and its logs are not archived: %s", (tenant, code) => {
  expect(backUpRefusal(asked({ ...doing, tenant }))?.code).toBe(code);
  expect(startArchiveRefusal(asked({ tenant: { ...tenant, logMode: "noarchivelog" } }))?.code).toBe(code);
});

test("the status that is in the way is shown in OceanBase's own word", () => {
  const tenant = { isNormal: false, statusWord: "RESTORE" };
  expect(backUpRefusal(asked({ ...doing, tenant }))?.body).toMatchObject({
    found: "shop is RESTORE, expected NORMAL.",
    values: { status: "RESTORE" },
  });
});

test("a backup needs a data destination, log backup one for logs", () => {
  const nowhere = { destinations: { data: null, archive: null } };
  expect(backUpRefusal(asked({ ...doing, ...nowhere }))?.body).toMatchObject({
    code: "destination-not-set",
    values: { which: "data" },
  });
  expect(startArchiveRefusal(asked({ ...off, ...nowhere }))?.body).toMatchObject({
    code: "destination-not-set",
    values: { which: "archive" },
  });
});

test("a second backup is refused with the set and the progress of the first", () => {
  const progress = { fraction: 0.689, inputBytes: 1, outputBytes: 1 };
  const jobs = [backupJobOf({ setId: 47, progress })];
  expect(backUpRefusal(asked({ ...doing, jobs }))?.body).toMatchObject({
    code: "backup-already-running",
    found: "Set 47 of shop is being backed up (68%).",
    values: { set: 47, percent: 68 },
  });
  const ended = jobs.map((job) => ({ ...job, isHistory: true }));
  expect(backUpRefusal(asked({ ...doing, jobs: ended }))).toBeNull();
  expect(backUpRefusal(asked({ ...doing, jobs: [backupJobOf({ setId: 0 })] }))).toBeNull();
});

test.each([
  ["interrupted", "does not heal"],
  ["suspended", "ENABLE"],
  ["suspending", "ENABLE"],
  ["preparing", "Wait until"],
  ["beginning", "Wait until"],
  ["stopping", "Start log backup"],
  ["stopped", "Start log backup"],
  ["unknown", "Start log backup"],
] as const)("no backup while the round is %s: %s", (status, remedy) => {
  const refusal = backUpRefusal(asked(inRound(status)))?.body;
  expect(refusal).toMatchObject({ code: "archive-not-running", values: { round: 2 } });
  expect(refusal?.remedy).toContain(remedy);
});

test("no backup where logs were never archived; of several rounds the newest counts", () => {
  expect(backUpRefusal(asked({}))?.body.found).toContain("never had an archive round");
  const rounds = [
    ...inRound("stopped").rounds,
    { id: 3, start: 300, checkpoint: 400 },
    { id: 1, start: 1, checkpoint: 2 },
  ];
  expect(backUpRefusal(asked({ rounds }))).toBeNull();
});

test.each([
  ["doing", "Nothing is left to start."],
  ["interrupted", "does not heal"],
  ["stopped", "two minutes"],
] as const)("log backup that is on with a round that is %s is not started again: %s", (status, remedy) => {
  const refusal = startArchiveRefusal(asked(inRound(status)))?.body;
  expect(refusal?.code).toBe("archive-already-running");
  expect(refusal?.remedy).toContain(remedy);
});

test("log backup that is off is started, and is not stopped again", () => {
  expect(startArchiveRefusal(asked(off))).toBeNull();
  expect(stopArchiveRefusal(asked(off))?.body.code).toBe("archive-not-running");
});

test("an interrupted round can be stopped: it is the only way on", () => {
  expect(stopArchiveRefusal(asked(inRound("interrupted")))).toBeNull();
});

test("the log destination changes only when the newest round has stopped", () => {
  const wanted = { data: null, archive: "file:///new" };
  expect(setDestinationsRefusal({ ...asked(doing), wanted })?.code).toBe("archive-already-running");
  expect(setDestinationsRefusal({ ...asked({ ...inRound("stopping"), ...off }), wanted })?.code).toBe(
    "archive-already-running",
  );
  expect(setDestinationsRefusal({ ...asked({ ...inRound("stopped"), ...off }), wanted })).toBeNull();
  expect(setDestinationsRefusal({ ...asked({}), wanted })).toBeNull();
});

test("the data destination changes only while no backup runs, and whatever the logs do", () => {
  const wanted = { data: "file:///new", archive: null };
  expect(setDestinationsRefusal({ ...asked(doing), wanted })).toBeNull();
  const running = asked({ ...doing, jobs: [backupJobOf({ setId: 4 })] });
  expect(setDestinationsRefusal({ ...running, wanted })?.code).toBe("backup-already-running");
});

test("the page offers destinations to every user tenant that is normal", () => {
  expect(setDestinationsRefusal({ ...asked(doing), wanted: null })).toBeNull();
  const tenant = { kind: "sys", name: "sys" } as const;
  expect(setDestinationsRefusal({ ...asked({ tenant }), wanted: null })?.code).toBe("tenant-is-sys");
});

test("a set brings its own logs from 4.2 on", () => {
  expect(plusArchivelogRefusal(version("4.2.0.0"))).toBeNull();
  expect(plusArchivelogRefusal(version("4.1.0.2"))?.body).toMatchObject({
    code: "version-not-supported",
    values: { needed: "4.2.0.0", found: "4.1.0.2" },
  });
});
