import type { Media } from "../model/media.ts";
import type { CommitOne } from "./workloads.ts";

export function workloadCommits(media: Media, _seed: number): CommitOne {
  const open = new Map<number, ReturnType<ReturnType<Media["data"]>["connect"]>>();
  return (tenantId) => {
    const db = open.get(tenantId) ?? media.data(tenantId).connect();
    if (!open.has(tenantId)) {
      db.exec("create table if not exists orders(id integer primary key, item text, amount integer)");
      open.set(tenantId, db);
    }
    db.prepare("insert into orders(item, amount) values (?, ?)").run("x".repeat(40), 7);
    media.data(tenantId).captureCommit();
  };
}
