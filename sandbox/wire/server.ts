import { createServer, type Socket } from "node:net";
import { createSecureContext, type SecureContext } from "node:tls";
import type { Engine } from "../engine.ts";
import { Conversation } from "./conversation.ts";
import { selfSigned } from "./self-signed.ts";

export interface MysqlServerOptions {
  readonly engine: Engine;
  /** 0 takes a free one. */
  readonly port: number;
  readonly host: string;
  /** Offered, never demanded. `self-signed` makes a certificate at start. */
  readonly tls?: "self-signed" | { readonly key: string | Buffer; readonly cert: string | Buffer };
  /** Default 1000; the next client is told 1040. */
  readonly maxConnections?: number;
}

export interface MysqlServer {
  readonly port: number;
  /** Closes the port and every connection. */
  close(): Promise<void>;
}

/** OceanBase numbers its sessions high, and clients must take it: connection ids use all 32 bits. */
const FIRST_CONNECTION_ID = 3221487617;
const LAST_CONNECTION_ID = 0xffffffff;

/** Serves an engine over the MySQL protocol 4.1. */
export async function serveMysql(options: MysqlServerOptions): Promise<MysqlServer> {
  const secureContext = await tlsContext(options.tls);
  const open = new Set<Conversation>();
  const started = Date.now();
  let connectionId = FIRST_CONNECTION_ID;
  const server = createServer((socket) => {
    if (open.size >= (options.maxConnections ?? 1000)) return turnAway(socket);
    const conversation = new Conversation({
      socket,
      engine: options.engine,
      connectionId,
      secureContext,
      statistics: () => `Uptime: ${Math.floor((Date.now() - started) / 1000)}  Threads: ${open.size}`,
      onEnd: () => open.delete(conversation),
    });
    open.add(conversation);
    connectionId = connectionId === LAST_CONNECTION_ID ? FIRST_CONNECTION_ID : connectionId + 1;
  });
  return {
    port: await listening(server, options),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const conversation of open) conversation.close();
      }),
  };
}

function listening(server: ReturnType<typeof createServer>, options: MysqlServerOptions): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port, options.host, () => {
      server.removeListener("error", reject);
      const address = server.address();
      resolve(typeof address === "object" && address ? address.port : options.port);
    });
  });
}

async function tlsContext(tls: MysqlServerOptions["tls"]): Promise<SecureContext | undefined> {
  if (tls === undefined) return undefined;
  return createSecureContext(tls === "self-signed" ? await selfSigned() : { ...tls });
}

/** An error packet in place of the greeting, without SQLSTATE since no protocol has been agreed on. */
function turnAway(socket: Socket): void {
  const text = Buffer.from("Too many connections");
  const head = Buffer.from([text.length + 3, 0, 0, 0, 0xff, 1040 & 0xff, 1040 >> 8]);
  socket.on("error", () => undefined);
  socket.end(Buffer.concat([head, text]), () => socket.destroy());
}
