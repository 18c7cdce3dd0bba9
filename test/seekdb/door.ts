import assert from "node:assert/strict";
import * as fc from "fast-check";
import { Problem } from "../../src/domain/problem.ts";
import { openOceanBase } from "../../src/oceanbase/connect.ts";
import type { ClusterAddress } from "../../src/oceanbase/oceanbase.ts";
import { quoteName, quoteText } from "../../src/oceanbase/quote.ts";
import { PATIENCE, Session } from "../../src/oceanbase/session.ts";

interface Check {
  readonly title: string;
  readonly act: (address: ClusterAddress) => Promise<void>;
}

const QUESTION = { kind: "question", patience: PATIENCE } as const;
const REQUEST = { kind: "request", patience: PATIENCE } as const;
const TEXTS_TRIED = 300;
const NAMES_TRIED = 100;

const HOSTILE = [
  ...`' '' \\ \\' \\\\' " \` \`\` a'b"c\`d -- /* */ # ; % _ ? :a @@a select NULL 备份 é 🙂 \\0 \\n a\\`.split(
    " ",
  ),
  "-- x",
  "' OR 1=1 -- ",
  "; DROP",
  "\n",
  "\r\n",
  "\t",
  "\u001a",
  "\u0000",
  "\u2028",
  "\ufeff",
  " ",
  "",
];

/** Holdfast's own sessions, quoting and problems against seekdb. */
export async function checkDoor(
  address: ClusterAddress,
): Promise<{ readonly passed: number; readonly failed: number }> {
  let failed = 0;
  for (const { title, act } of CHECKS) {
    const failure = await act(address).then(
      () => undefined,
      (error: unknown) => error,
    );
    console.log(`${failure === undefined ? "ok    " : "FAILED"} ${title}`);
    if (failure === undefined) continue;
    failed++;
    console.error(failure);
  }
  return { passed: CHECKS.length - failed, failed };
}

async function inSession(
  address: ClusterAddress,
  use: (session: Session) => Promise<void>,
  options: typeof QUESTION | typeof REQUEST = QUESTION,
): Promise<void> {
  const session = await Session.open(address, options);
  try {
    await use(session);
  } finally {
    session.close();
  }
}

async function problemOf(work: Promise<unknown>): Promise<Problem> {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  assert(error instanceof Problem, `expected a Problem, got ${String(error)}`);
  return error;
}

const CHECKS: readonly Check[] = [
  {
    title: "every value comes as the text that the server wrote, NULL as null",
    act: (address) =>
      inSession(address, async (session) => {
        const rows = await session.run("SELECT 18446744073709551615 AS big, 1.10 AS d, NULL AS n, 'x' AS t");
        assert.deepEqual(
          rows.map((row) => ({ ...row })),
          [{ big: "18446744073709551615", d: "1.10", n: null, t: "x" }],
        );
      }),
  },
  {
    title: "a session has its zone, its sql_mode and its patience",
    act: (address) =>
      inSession(address, async (session) => {
        const [row] = await session.run(
          "SELECT @@time_zone AS zone, @@sql_mode AS mode, @@ob_query_timeout AS patience",
        );
        const patience = String(PATIENCE.questionMs * 1000);
        assert.deepEqual({ ...row }, { zone: "+00:00", mode: "STRICT_ALL_TABLES", patience });
      }),
  },
  { title: "hostile texts read back as they were sent, spoken and stored", act: textsReadBack },
  { title: "hostile names name what they say", act: namesNameThings },
  { title: "a wrong password and an unknown user are a refused login", act: refusedLogins },
  {
    title: "a port on which nobody listens is an unreachable cluster",
    act: async (address) => {
      const problem = await problemOf(Session.open({ ...address, port: 1 }, QUESTION));
      assert.equal(problem.code, "cluster-unreachable");
    },
  },
  {
    title: "a refusal leaves the session open, and a syntax error does not repeat the statement",
    act: refusal,
  },
  { title: "a question that takes too long is a slow cluster, a request an unknown outcome", act: timeouts },
  { title: "a killed session is told by what it was doing", act: killedSessions },
  {
    title: "a server without the views of backups is refused for what it lacks",
    act: async (address) => {
      const door = openOceanBase(address);
      const problem = await problemOf(door.takeInventory());
      await door.close();
      assert.equal(problem.code, "cluster-login-refused");
    },
  },
  {
    title: "requests for tenants with hostile names are read whole and find no such tenant",
    act: hostileTenants,
  },
];

async function textsReadBack(address: ClusterAddress): Promise<void> {
  await inSession(address, async (session) => {
    await session.run("CREATE DATABASE IF NOT EXISTS door");
    await session.run("CREATE TABLE IF NOT EXISTS door.texts (id INT PRIMARY KEY, words LONGTEXT)");
    const readsBack = async (text: string) => {
      await session.run(`REPLACE INTO door.texts VALUES (1, ${quoteText(text)})`);
      const [row] = await session.run(
        `SELECT ${quoteText(text)} AS spoken, (SELECT words FROM door.texts) AS kept`,
      );
      assert.deepEqual({ ...row }, { spoken: text.toWellFormed(), kept: text.toWellFormed() });
    };
    for (const text of HOSTILE) await readsBack(text);
    await fc.assert(fc.asyncProperty(fc.string({ unit: "binary" }), readsBack), { numRuns: TEXTS_TRIED });
    await session.run("DROP DATABASE door");
  });
}

async function namesNameThings(address: ClusterAddress): Promise<void> {
  await inSession(address, async (session) => {
    const names = async (name: string) => {
      const [row] = await session.run(`SELECT 1 AS ${quoteName(name)}`);
      assert.deepEqual(Object.keys(row ?? {}), [name]);
    };
    // The server cuts what cannot be seen from the ends of an alias, which no name of a tenant has.
    const printable = fc
      .array(fc.constantFrom(..."a 1 _ ` ' \" \\ . ; - # / * % $ @ 备 é".split(" ")), {
        minLength: 1,
        maxLength: 30,
      })
      .map((letters) => letters.join(""));
    for (const name of HOSTILE.filter((each) => /^[^\p{Cc}\s\ufeff]+$/u.test(each))) await names(name);
    await fc.assert(fc.asyncProperty(printable, names), { numRuns: NAMES_TRIED });
  });
}

async function refusedLogins(address: ClusterAddress): Promise<void> {
  for (const login of [{ password: "wrong" }, { user: "nobody" }, { user: "root@nowhere" }]) {
    const problem = await problemOf(Session.open({ ...address, ...login }, QUESTION));
    assert.equal(problem.code, "cluster-login-refused", JSON.stringify(login));
    assert.equal(problem.body.oceanbase?.errno, 1045);
  }
}

async function refusal(address: ClusterAddress): Promise<void> {
  await inSession(address, async (session) => {
    const problem = await problemOf(session.run("SET ENCRYPTION ON IDENTIFIED BY 'secret' NONSENSE"));
    assert.equal(problem.code, "oceanbase-refused");
    assert.equal(problem.body.oceanbase?.errno, 1064);
    assert(!JSON.stringify(problem.body).includes("NONSENSE"));
    assert.equal((await problemOf(session.run("SELECT * FROM nothing.at_all"))).body.oceanbase?.errno, 1146);
    assert(session.isOpen);
    assert.equal((await session.run("SELECT 1 AS one"))[0]?.one, "1");
  });
}

async function timeouts(address: ClusterAddress): Promise<void> {
  const patience = { ...PATIENCE, questionMs: 500, requestMs: 500 };
  for (const [kind, code] of [
    ["question", "cluster-unreachable"],
    ["request", "outcome-unknown"],
  ] as const) {
    const session = await Session.open(address, { kind, patience });
    const problem = await problemOf(session.run("SELECT SLEEP(20)"));
    session.close();
    assert.equal(problem.code, code);
    assert.equal(problem.body.oceanbase?.errno, 4012);
  }
}

async function killedSessions(address: ClusterAddress): Promise<void> {
  for (const [options, code] of [
    [QUESTION, "cluster-unreachable"],
    [REQUEST, "outcome-unknown"],
  ] as const) {
    await inSession(address, async (other) => {
      const session = await Session.open(address, options);
      const [row] = await session.run("SELECT CONNECTION_ID() AS id");
      const running = problemOf(session.run("SELECT SLEEP(20)"));
      await new Promise((resolve) => setTimeout(resolve, 300));
      await other.run(`KILL ${String(row?.id)}`);
      const { body } = await running;
      assert.equal(body.code, code, JSON.stringify(body));
      session.close();
    });
  }
}

async function hostileTenants(address: ClusterAddress): Promise<void> {
  const door = openOceanBase(address);
  for (const tenant of ["nobody", "t-1", "a'b", 'a"b', "a`b", "select", "备份"]) {
    const data = "file:///d/data";
    const requests = [
      () => door.startArchive(tenant),
      () => door.stopArchive(tenant),
      () => door.cancelBackup(tenant),
      () => door.setDestinations({ tenant, data, archive: null }),
    ];
    for (const request of requests) assert.equal((await problemOf(request())).code, "tenant-unknown", tenant);
  }
  await door.close();
}
