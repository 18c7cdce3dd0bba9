import type { FastifyError, FastifyReply, FastifyRequest } from "fastify";
import { hasZodFastifySchemaValidationErrors } from "fastify-type-provider-zod";
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
  if (hasZodFastifySchemaValidationErrors(error)) return invalidInput(error.validation.map(describeIssue));
  if (error.statusCode !== undefined && error.statusCode >= 400 && error.statusCode < 500)
    return invalidInput([error.message]);
  return new Problem("internal", {
    found: "Holdfast itself failed while it answered this request.",
    remedy: "The server's log has the details; report it.",
  });
}

function describeIssue(issue: { readonly instancePath: string; readonly message?: string }): string {
  const place = issue.instancePath.split("/").filter(Boolean).join(".");
  return place ? `${place}: ${issue.message ?? "not valid"}` : (issue.message ?? "not valid");
}

function invalidInput(issues: readonly string[]): Problem {
  return new Problem("input-invalid", {
    found: `The request does not fit: ${issues.join("; ")}.`,
    remedy: "Correct what is named and send it again; nothing was changed.",
    values: { issues },
  });
}
