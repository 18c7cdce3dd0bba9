import type { Connection } from "../engine.ts";
import { notSupported } from "./errors.ts";
import type { SessionOptions } from "./session-options.ts";

/** Opens one session of a tenant. Throws 1049 when `options.database` does not exist. */
export function openSession(options: SessionOptions): Connection {
  void options;
  throw notSupported("session");
}
