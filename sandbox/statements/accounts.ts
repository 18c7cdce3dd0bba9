import { createHash } from "node:crypto";
import type { DatabaseSync } from "node:sqlite";
import type { Media } from "../model/media.ts";

export interface StoredAccount {
  readonly name: string;
  readonly passwordHash: Uint8Array;
  readonly privileges: readonly string[];
}

/** A table name that no SQL of a tenant can reach, as no database of that name exists. */
const TABLE = '"sandbox account"';

/** Whom every tenant has from the beginning. */
export const ROOT: StoredAccount = { name: "root", passwordHash: new Uint8Array(), privileges: ["ALL"] };

/**
 * The users of the tenants. They are kept among each tenant's own rows, so that a restored tenant has the users and the
 * passwords of its source at the restored instant, as in OceanBase. Until one is changed there is root without password.
 */
export class Accounts {
  readonly #media: Media;

  constructor(media: Media) {
    this.#media = media;
  }

  find(tenantId: number, name: string): StoredAccount | undefined {
    return this.all(tenantId).find((account) => account.name === name);
  }

  all(tenantId: number): readonly StoredAccount[] {
    return this.#with(tenantId, (database) => {
      const known = database.prepare("SELECT 1 FROM sqlite_master WHERE name = ?").get("sandbox account");
      if (known === undefined) return [ROOT];
      return database
        .prepare(`SELECT name, hash, privileges FROM ${TABLE} ORDER BY name`)
        .all()
        .map(accountOf);
    });
  }

  put(tenantId: number, account: StoredAccount): void {
    const before = this.all(tenantId);
    this.#write(tenantId, [...before.filter(({ name }) => name !== account.name), account]);
  }

  remove(tenantId: number, name: string): void {
    this.#write(
      tenantId,
      this.all(tenantId).filter((account) => account.name !== name),
    );
  }

  #write(tenantId: number, accounts: readonly StoredAccount[]): void {
    this.#with(tenantId, (database) => {
      database.exec("BEGIN IMMEDIATE");
      database.exec(
        `CREATE TABLE IF NOT EXISTS ${TABLE} (name TEXT PRIMARY KEY, hash BLOB, privileges TEXT)`,
      );
      database.exec(`DELETE FROM ${TABLE}`);
      const insert = database.prepare(`INSERT INTO ${TABLE} VALUES (?, ?, ?)`);
      for (const { name, passwordHash, privileges } of accounts) {
        insert.run(name, passwordHash, privileges.join(","));
      }
      database.exec("COMMIT");
    });
    this.#media.data(tenantId).captureCommit();
  }

  #with<Result>(tenantId: number, use: (database: DatabaseSync) => Result): Result {
    const database = this.#media.data(tenantId).connect();
    try {
      return use(database);
    } finally {
      database.close();
    }
  }
}

function accountOf(row: Record<string, unknown>): StoredAccount {
  const { name, hash, privileges } = row;
  return {
    name: String(name),
    passwordHash: hash instanceof Uint8Array ? hash : new Uint8Array(),
    privileges: String(privileges).split(",").filter(Boolean),
  };
}

/** SHA1(SHA1(password)), empty for an empty password: what mysql_native_password compares with. */
export function hashOf(password: string): Uint8Array {
  if (password === "") return new Uint8Array();
  const once = createHash("sha1").update(password).digest();
  return createHash("sha1").update(once).digest();
}
