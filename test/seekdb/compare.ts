import mysql, { type Connection } from "mysql2/promise";
import { type Accepted, judge, type Verdict } from "./accepted.ts";
import { ask, type Question } from "./answer.ts";
import type { Chapter } from "./chapters.ts";

export interface Ports {
  readonly seekdb: number;
  readonly sandbox: number;
}

export interface Judged {
  readonly chapter: string;
  readonly question: Question;
  readonly verdict: Verdict;
}

/** Asks both the same, statement by statement. */
export async function compareChapter(
  { name, questions }: Chapter,
  { ports, accepted }: { readonly ports: Ports; readonly accepted: ReadonlyMap<string, Accepted> },
): Promise<readonly Judged[]> {
  const pairs = new Map<string, Pair>();
  const root = await openPair(ports, "root");
  pairs.set("root", root);
  const database = `kernel_${name.replace(/\W/g, "_")}`;
  await Promise.all([root.seekdb, root.sandbox].map((each) => enterDatabase(each, database)));
  const judged: Judged[] = [];
  for (const question of questions) {
    const { user = "root" } = question;
    const { seekdb, sandbox } = pairs.get(user) ?? (await openPair(ports, user));
    pairs.set(user, { seekdb, sandbox });
    const both = { seekdb: await ask(seekdb, question), sandbox: await ask(sandbox, question) };
    const verdict = judge(both, question, accepted.get(question.sql));
    judged.push({ chapter: name, question, verdict });
  }
  for (const { seekdb, sandbox } of pairs.values()) {
    seekdb.destroy();
    sandbox.destroy();
  }
  return judged;
}

/** One user's connections to both. */
interface Pair {
  readonly seekdb: Connection;
  readonly sandbox: Connection;
}

async function openPair(ports: Ports, user: string): Promise<Pair> {
  const password = user === "root" ? "" : "secret";
  const seekdb = await open({ port: ports.seekdb, user, password });
  return { seekdb, sandbox: await open({ port: ports.sandbox, user: `${user}@sys`, password }) };
}

interface Login {
  readonly port: number;
  readonly user: string;
  readonly password: string;
}

async function open({ port, user, password }: Login): Promise<Connection> {
  return mysql.createConnection({
    host: "127.0.0.1",
    port,
    user,
    password,
    dateStrings: true,
    supportBigNumbers: true,
    bigNumberStrings: true,
    charset: "utf8mb4",
  });
}

async function enterDatabase(connection: Connection, name: string): Promise<void> {
  await connection.query(`DROP DATABASE IF EXISTS ${name}`);
  await connection.query(`CREATE DATABASE ${name}`);
  await connection.query(`USE ${name}`);
}
