import type { FastifyInstance, FastifyRequest } from "fastify";
import { type Permission, ROUTES, type Route, type RouteName } from "../api/contract.ts";
import { problem } from "../api/schemas.ts";
import { CLUSTER_HANDLERS } from "./cluster-handlers.ts";
import type { Handlers, ServerParts } from "./handler.ts";
import { OPERATION_HANDLERS } from "./operation-handlers.ts";
import { refuseUnread } from "./problems.ts";
import { TENANT_HANDLERS } from "./tenant-handlers.ts";

/** Complete by type: a route without a handler does not compile. */
const HANDLERS: Handlers<RouteName> = { ...CLUSTER_HANDLERS, ...TENANT_HANDLERS, ...OPERATION_HANDLERS };

declare module "fastify" {
  interface FastifyContextConfig {
    /** What the caller needs once there are accounts. */
    permission?: Permission;
  }
}

export function addRoutes(api: FastifyInstance, parts: ServerParts): void {
  for (const [name, route] of Object.entries(ROUTES) as [RouteName, Route][]) {
    const handle = HANDLERS[name] as unknown as (parts: ServerParts, call: unknown) => Promise<unknown>;
    api.route({
      method: route.method,
      url: route.path.replace(/\{(\w+)\}/g, ":$1"),
      schema: schemaOf(name, route),
      config: { permission: route.permission },
      handler: async (request: FastifyRequest, reply) => {
        refuseUnread(request, route);
        const { params, query, body } = request;
        const answer = await handle(parts, { params, query, body });
        return reply.status(route.status).send(answer);
      },
    });
  }
}

function schemaOf(name: string, route: Route) {
  return {
    operationId: name,
    summary: route.summary,
    ...(route.params && { params: route.params }),
    ...(route.query && { querystring: route.query }),
    ...(route.body && { body: route.body }),
    response: { [route.status]: route.answer, "4xx": problem, "5xx": problem },
  };
}
