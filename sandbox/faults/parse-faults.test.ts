import { expect, test } from "vitest";
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

test.for([
  ["{", /^the file: found .*JSON.*, expected JSON; /],
  ["[]", /^the file: found \[\], expected \{"faults": \[ … \]\}; /],
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
  [{ when, what: { kind: "rows-late", view: "jobs", bySeconds: 1 } }, /^fault 1, what, view: found "jobs", /],
  ["refused", /^fault 1: found "refused", expected \{"when": …, "what": …\}; /],
])("a fault with a mistake is refused with what was found, expected and to be done: %j", ([fault, words]) => {
  expect(refused([fault])).toMatch(words as RegExp);
});
