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
  const seekdb = await open({ port: ports.seekdb, user: "root" });
  const sandbox = await open({ port: ports.sandbox, user: "root@sys" });
  await Promise.all(
    [seekdb, sandbox].map((each) => enterDatabase(each, `kernel_${name.replace(/\W/g, "_")}`)),
  );
  const judged: Judged[] = [];
  for (const question of questions) {
    const both = { seekdb: await ask(seekdb, question), sandbox: await ask(sandbox, question) };
    const verdict = judge(both, question, accepted.get(question.sql));
    judged.push({ chapter: name, question, verdict });
  }
  seekdb.destroy();
  sandbox.destroy();
  return judged;
}

async function open({ port, user }: { readonly port: number; readonly user: string }): Promise<Connection> {
  return mysql.createConnection({
    host: "127.0.0.1",
    port,
    user,
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
