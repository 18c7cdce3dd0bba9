import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { FIELDS } from "./fault-fields.ts";
import { FaultsError, parseFaults } from "./parse-faults.ts";

const when = { afterSeconds: 10 };

function refused(faults: unknown): string {
  try {
    parseFaults(typeof faults === "string" ? faults : JSON.stringify({ faults }));
    return "taken";
  } catch (error) {
    if (error instanceof FaultsError) return error.message;
    throw error;
  }
}

test("a file of faults is read as it stands", () => {
  const faults = [
    {
      when: { afterSeconds: 600 },
      for: { seconds: 60 },
      what: { kind: "destination-full", of: "data", tenant: "shop" },
    },
    { when: { statement: "backup", nth: 2 }, what: { kind: "dropped-after" } },
    { when: { statement: "/CANCEL BACKUP/", afterSeconds: 1 }, for: { times: 3 }, what: { kind: "timeout" } },
  ];
  expect(parseFaults(JSON.stringify({ about: "a bad day", faults }))).toEqual(faults);
});

test("a file may give a seed, and how to draw from it", () => {
  const text =
    '{"seed": 7, "count": 3, "tenants": ["shop"], "kinds": ["archive-interrupted"], "withinSeconds": 60}';
  const faults = parseFaults(text);
  expect(faults).toEqual(parseFaults(text));
  expect(faults.map(({ what }) => what)).toEqual(
    Array.from({ length: 3 }, () => ({ kind: "archive-interrupted", tenant: "shop" })),
  );
});

test.for([
  ["{", /^the file: found .*JSON.*, expected JSON; /],
  ["[]", /^the file: found \[\], expected \{"faults": \[ … \]\} or \{"seed": 7\}; /],
  ['{"seed": -1}', /^the file, seed: found -1, expected a whole number from 0; /],
  [
    '{"seed": 1, "kinds": ["rain"]}',
    /^the file, kinds: found \["rain"\], expected a list, each a kind of fault; /,
  ],
  [
    '{"seed": 1, "versions": ["3.1.0.0"]}',
    /^the file, versions: found "3.1.0.0", expected the sandbox knows/,
  ],
  ['{"seed": 1, "faults": []}', /^the file: found "faults", expected only seed, /],
])("a text that is no list of faults is refused in words: %s", ([text, words]) => {
  expect(refused(text)).toMatch(words as RegExp);
});

test.for([
  [
    { when, what: { kind: "job-fail" } },
    /^fault 1, what: found "job-fail", expected a kind of refused, .*; docs/,
  ],
  [
    { when, what: { kind: "job-fails", job: "backup", code: 4016 } },
    /^fault 1, what, code: found 4016, expected a negative code of OceanBase, as -4016; write it so$/,
  ],
  [
    { when, what: { kind: "job-stays" } },
    /^fault 1, what, job: found nothing, expected one of "backup", "restore"; write it so$/,
  ],
  [
    { when, what: { kind: "refused", tenant: "shop" } },
    /^fault 1, what: found "tenant", expected only kind; /,
  ],
  [{ what: { kind: "refused" } }, /^fault 1, when: found nothing, expected \{"afterSeconds": 10\} or .*; /],
  [
    { when: { statement: "backups" }, what: { kind: "refused" } },
    /^fault 1, when, statement: found "backups", expected one of login, any, .*regular expression/,
  ],
  [{ when: { afterSeconds: -1 }, what: { kind: "refused" } }, /^fault 1, when, afterSeconds: found -1, /],
  [{ when: { statement: "any", nth: 0 }, what: { kind: "refused" } }, /^fault 1, when, nth: found 0, /],
  [
    { when, for: { times: 2 }, what: { kind: "job-stays", job: "backup" } },
    /^fault 1, for: found \{"times":2\}, expected \{"seconds": 5\}; write one of them$/,
  ],
  [
    { when, for: { seconds: 2 }, what: { kind: "tenant-dropped" } },
    /^fault 1, for: found .*, expected none: tenant-dropped happens once; take it away$/,
  ],
  [
    { when, what: { kind: "upgraded", to: "9.9.9.9" } },
    /^fault 1, what, to: found "9.9.9.9", expected the sandbox /,
  ],
  [{ when, what: { kind: "clock-off", bySeconds: 0 } }, /^fault 1, what, bySeconds: found 0, /],
  [
    { when, what: { kind: "rows-late", view: "CDB_JOBS", bySeconds: 1 } },
    /^fault 1, what, view: found "CDB_JOBS", /,
  ],
  ["refused", /^fault 1: found "refused", expected \{"when": …, "what": …\}; /],
])("a fault with a mistake is refused with what was found, expected and to be done: %j", ([fault, words]) => {
  expect(refused([fault])).toMatch(words as RegExp);
});

test("the document says of every kind, and of no other, what a client sees", () => {
  const file = path.join(import.meta.dirname, "../../docs/sandbox-faults.md");
  const rows = fs
    .readFileSync(file, "utf8")
    .split("\n")
    .filter((line) => /^\| `[a-z-]+`/.test(line));
  const named = rows.flatMap((row) =>
    [...(row.split("|")[1] ?? "").matchAll(/`([a-z-]+)`/g)].map(([, kind]) => kind),
  );
  expect(new Set(named)).toEqual(new Set(Object.keys(FIELDS)));
  expect(named).toHaveLength(Object.keys(FIELDS).length);
});
