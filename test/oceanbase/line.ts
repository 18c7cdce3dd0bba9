import { connect, createServer, type Server, type Socket } from "node:net";
import type { ClusterAddress } from "../../src/oceanbase/oceanbase.ts";

/** What befalls a line when the client sends bytes that hold this text. */
export interface Fault {
  readonly on: string;
  /** `cut-after`: the server gets them, the client no answer. `withhold`: nobody gets anything any more. */
  readonly does: "cut-after" | "withhold";
}

/** A line to a cluster that a test can break at a statement of its choice. */
export class Line {
  readonly #server: Server;
  readonly #target: ClusterAddress;
  readonly #sockets = new Set<Socket>();
  fault: Fault | undefined;

  private constructor(target: ClusterAddress) {
    this.#target = target;
    this.#server = createServer((client) => this.#join(client));
  }

  static async to(target: ClusterAddress): Promise<Line> {
    const line = new Line(target);
    await new Promise<void>((resolve) => line.#server.listen(0, "127.0.0.1", resolve));
    return line;
  }

  get address(): ClusterAddress {
    const at = this.#server.address();
    if (at === null || typeof at === "string") throw new Error("the line is closed");
    return { ...this.#target, host: "127.0.0.1", port: at.port };
  }

  /** Breaks every connection that stands; new ones are taken. */
  cut(): void {
    for (const socket of this.#sockets) socket.destroy();
    this.#sockets.clear();
  }

  async close(): Promise<void> {
    this.cut();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #join(client: Socket): void {
    const server = connect(this.#target.port, this.#target.host);
    for (const socket of [client, server]) {
      this.#sockets.add(socket);
      socket.on("error", () => undefined);
      socket.on("close", () => {
        client.destroy();
        server.destroy();
      });
    }
    server.on("data", (bytes) => client.write(bytes));
    client.on("data", (bytes) => this.#pass(bytes, { client, server }));
  }

  #pass(bytes: Buffer, { client, server }: { readonly client: Socket; readonly server: Socket }): void {
    const hit = this.fault !== undefined && bytes.includes(this.fault.on) ? this.fault.does : undefined;
    if (hit === "withhold") return;
    server.write(bytes);
    if (hit === "cut-after") client.destroy();
  }
}
