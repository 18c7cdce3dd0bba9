import compress from "@fastify/compress";
import swagger from "@fastify/swagger";
import fastify, { type FastifyInstance } from "fastify";
import { jsonSchemaTransform, serializerCompiler, validatorCompiler } from "fastify-type-provider-zod";
import { addConsole } from "./console-files.ts";
import { addEvents } from "./events.ts";
import { guardHostAndOrigin, sendSecurityHeaders } from "./guards.ts";
import type { ServerParts } from "./handler.ts";
import { answerNotFound, answerProblem } from "./problems.ts";
import { addRoutes } from "./routes.ts";

/** A body larger than this is no request of ours. */
const MOST_BODY_BYTES = 256 * 1024;

/** The HTTP server, not listening yet. It reads the store and requests through control; no SQL runs in a request. */
export async function buildServer(parts: ServerParts): Promise<FastifyInstance> {
  const server = fastify({
    bodyLimit: MOST_BODY_BYTES,
    forceCloseConnections: true,
    routerOptions: { maxParamLength: 200 },
  });
  server.setValidatorCompiler(validatorCompiler);
  server.setSerializerCompiler(serializerCompiler);
  server.setErrorHandler(answerProblem(parts.report));
  server.addHook("onRequest", guardHostAndOrigin);
  server.addHook("onRequest", sendSecurityHeaders);
  await server.register(compress, { threshold: 2048, encodings: ["br", "gzip"] });
  await server.register(swagger, {
    openapi: {
      openapi: "3.1.0",
      info: { title: "Holdfast", version: "v1", description: "Back up and restore OceanBase tenants." },
    },
    transform: jsonSchemaTransform,
  });
  await server.register(
    async (api) => {
      addRoutes(api, parts);
      await addEvents(api, parts);
      api.get("/openapi.json", { schema: { hide: true } }, () => server.swagger());
    },
    { prefix: "/api/v1" },
  );
  if (parts.consoleFolder) await addConsole(server, parts.consoleFolder);
  else server.setNotFoundHandler(answerNotFound);
  return server;
}
