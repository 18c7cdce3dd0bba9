import type { FastifyReply, FastifyRequest } from "fastify";
import { Problem } from "../domain/problem.ts";

/** Names under which a loopback server may be spoken to; anything else is a page of somebody else's (DNS rebinding). */
const OWN_NAMES = new Set(["127.0.0.1", "localhost", "[::1]"]);

/** Until there are accounts, being on this machine is the only right there is: Host and Origin must say so. */
export async function guardHostAndOrigin(request: FastifyRequest): Promise<void> {
  const host = request.headers.host ?? "";
  if (!OWN_NAMES.has(nameIn(host))) {
    throw new Problem("host-refused", {
      found: `The request names the host ${JSON.stringify(host)}; this server answers only to 127.0.0.1 and localhost.`,
      remedy: "Open it by its own address; to reach it from elsewhere use an SSH tunnel.",
      values: { host },
    });
  }
  const { origin } = request.headers;
  if (origin !== undefined && origin !== `http://${host}`) {
    throw new Problem("origin-refused", {
      found: `The request comes from the page ${JSON.stringify(origin)}, not from this server's own.`,
      remedy: "Use Holdfast's own console or the command line.",
      values: { origin },
    });
  }
}

function nameIn(host: string): string {
  return host.replace(/:\d+$/, "").toLowerCase();
}

const HEADERS: Readonly<Record<string, string>> = {
  "content-security-policy":
    "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'; base-uri 'none'; form-action 'self'",
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "referrer-policy": "no-referrer",
};

export async function sendSecurityHeaders(_: FastifyRequest, reply: FastifyReply): Promise<void> {
  reply.headers(HEADERS);
}
