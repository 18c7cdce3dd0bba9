import type { FastifyError, FastifyReply, FastifyRequest } from "fastify";
import { hasZodFastifySchemaValidationErrors } from "fastify-type-provider-zod";
import type { Route } from "../api/contract.ts";
import { PROBLEM_STATUS, Problem } from "../domain/problem.ts";

/** The one edge where errors become answers, and where a defect is logged, once. */
export function answerProblem(report: (error: unknown, words: string) => void) {
  return (error: FastifyError | Problem, request: FastifyRequest, reply: FastifyReply): void => {
    const problem = problemOf(error);
    if (problem.code === "internal") report(error, `${request.method} ${request.url}`);
    void reply.status(PROBLEM_STATUS[problem.code]).send(problem.body);
  };
}

export function answerNotFound(request: FastifyRequest, reply: FastifyReply): void {
  const { body } = new Problem("route-unknown", {
    found: `There is no ${request.method} ${request.url.split("?")[0]}.`,
    remedy: "GET /api/v1/openapi.json lists what there is.",
  });
  void reply.status(404).send(body);
}

function problemOf(error: FastifyError | Problem): Problem {
  if (error instanceof Problem) return error;
  if (hasZodFastifySchemaValidationErrors(error))
    return invalidInput(error.validation.flatMap(describeIssue));
  if (error.statusCode !== undefined && error.statusCode >= 400 && error.statusCode < 500)
    return invalidInput([error.message]);
  return new Problem("internal", {
    found: "Holdfast itself failed while it answered this request.",
    remedy: "The server's log has the details; report it.",
  });
}

interface Issue {
  readonly instancePath: string;
  readonly message?: string;
  /** What zod says besides; of a choice between forms, the issues of each form. */
  readonly params?: object;
}

function describeIssue({ instancePath, message = "not valid", params = {} }: Issue): readonly string[] {
  const place = instancePath.split("/").filter(Boolean).join(".");
  const unknown = unknownFields(params);
  if (unknown.length > 0)
    return unknown.map((each) => `${[place, each].filter(Boolean).join(".")}: no such field`);
  return [place ? `${place}: ${message}` : message];
}

/** Where none of several forms fits, the form that only has fields too many is the one that was meant. */
function unknownFields(params: object): readonly string[] {
  const { keys, errors = [] } = params as {
    readonly keys?: readonly string[];
    readonly errors?: readonly (readonly object[])[];
  };
  if (keys) return keys;
  const meant = errors.find((form) => form.every((issue) => unknownFields(issue).length > 0));
  return meant?.flatMap(unknownFields) ?? [];
}

/** A part of the request that the route does not read at all is refused like a field that it does not know. */
export function refuseUnread(request: FastifyRequest, route: Route): void {
  const unread = [
    ...(route.query ? [] : fieldsOf(request.query)),
    ...(route.body ? [] : fieldsOf(request.body)),
  ];
  if (unread.length > 0) throw invalidInput(unread.map((each) => `${each}: no such field`));
}

function fieldsOf(part: unknown): readonly string[] {
  return part !== null && typeof part === "object" ? Object.keys(part) : [];
}

function invalidInput(issues: readonly string[]): Problem {
  return new Problem("input-invalid", {
    found: `The request does not fit: ${issues.join("; ")}.`,
    remedy: "Correct what is named and send it again; nothing was changed.",
    values: { issues },
  });
}
