import fs from "node:fs";
import path from "node:path";
import * as fc from "fast-check";
import { afterEach, beforeEach, expect, test } from "vitest";
import { StorageFault } from "./storage-fault.ts";
import { refusedWith, TestTenant } from "./tenant-in-test.ts";

let tenant: TestTenant;
let digest: string;
let targetScn: bigint;

beforeEach(() => {
  tenant = new TestTenant();
  tenant.commit("CREATE TABLE t(id INTEGER PRIMARY KEY, v TEXT)");
  tenant.commit(filled(300));
  tenant.startArchive();
  tenant.backUp();
  tenant.commit(filled(50));
  tenant.backUp({ type: "INC" });
  tenant.commit(filled(40));
  tenant.clock.scn += 86_400_000_000_000n;
  targetScn = tenant.commit(filled(20)) ?? 0n;
  digest = tenant.digest();
  tenant.advance();
});

afterEach(() => tenant.remove());

function filled(rows: number): string {
  return `WITH RECURSIVE s(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM s WHERE i < ${rows})
    INSERT INTO t(v) SELECT hex(randomblob(100)) FROM s`;
}

function filesBelow(directory: string): readonly string[] {
  const entries = fs.readdirSync(directory, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
}

function allFiles(): readonly string[] {
  return [...filesBelow(tenant.place.data.directory), ...filesBelow(tenant.place.archive.directory)];
}

/** "exact", or the number of the error with which plan or restore is refused. */
function outcome(): "exact" | "wrong" | number {
  try {
    return tenant.restored(tenant.plan({ scn: targetScn })) === digest ? "exact" : "wrong";
  } catch (cause) {
    if (cause instanceof StorageFault) return cause.errno;
    throw cause;
  }
}

test("with any one file changed, cut or lost a restore is exact or refused, never wrong", () => {
  const files = allFiles();
  const bytes = files.map((file) => fs.readFileSync(file));
  const outcomes = new Set<string | number>();
  const damage = fc.record({
    file: fc.nat({ max: files.length - 1 }),
    place: fc.double({ min: 0, max: 0.999, noNaN: true }),
    how: fc.constantFrom("flip", "cut", "lose"),
  });
  const property = fc.property(damage, ({ file, place, how }) => {
    const name = files[file] ?? "";
    const content = bytes[file] ?? Buffer.alloc(0);
    const at = Math.floor(content.length * place);
    const flipped = Buffer.from(content);
    flipped[at] = (flipped[at] ?? 0) ^ 0x41;
    if (how === "flip") fs.writeFileSync(name, flipped);
    else if (how === "cut") fs.truncateSync(name, at);
    else fs.rmSync(name);
    try {
      const found = outcome();
      outcomes.add(found);
      expect(found).not.toBe("wrong");
    } finally {
      fs.writeFileSync(name, content);
    }
  });
  fc.assert(property, { numRuns: 250 });
  expect(outcome()).toBe("exact");
  expect(outcomes).toContain("exact");
  expect(outcomes).toContain(4009);
  expect(outcomes).toContain(9011);
});

test("a lost macro block file is named", () => {
  const lost = allFiles().find(
    (file) => file.includes("backup_set_1_full") && file.includes("macro_block_data"),
  );
  fs.rmSync(lost ?? "");
  const error = expect(() => tenant.restored(tenant.plan({ scn: targetScn })));
  error.toThrow(
    expect.objectContaining({ errno: 9011, detail: expect.stringContaining("macro_block_data") }),
  );
});

test("a piece directory that was deleted by hand ends the restore with 9011", () => {
  fs.rmSync(path.join(tenant.place.archive.directory, "piece_d1001r1p1"), { recursive: true });
  expect(outcome()).toBe(9011);
});

test("a full set's directory that was deleted by hand ends the walk at its increment with 4201", () => {
  fs.rmSync(path.join(tenant.place.data.directory, "backup_set_1_full"), { recursive: true });
  expect(refusedWith(() => tenant.plan({ scn: targetScn }))).toBe(4201);
});

test("log files of a piece exchanged with those of another are not taken for its own", () => {
  const logs = (piece: number) =>
    path.join(tenant.place.archive.directory, `piece_d1001r1p${piece}`, "logstream_1001", "log", "1.obarc");
  fs.copyFileSync(logs(2), logs(1));
  expect(outcome()).toBe(4009);
});
