import type { ProblemBody } from "../domain/problem.ts";
import {
  type AnswerOf,
  type BodyOf,
  type ParamsOf,
  type QueryOf,
  ROUTES,
  type Route,
  type RouteName,
} from "./contract.ts";

type Needs<Key extends string, Part> = undefined extends Part
  ? { readonly [K in Key]?: undefined }
  : { readonly [K in Key]: Part };
type Optional<Key extends string, Part> = undefined extends Part
  ? { readonly [K in Key]?: undefined }
  : { readonly [K in Key]?: Part };

export type CallOf<Name extends RouteName> = Needs<"params", ParamsOf<Name>> &
  Optional<"query", QueryOf<Name>> &
  Needs<"body", BodyOf<Name>> & { readonly signal?: AbortSignal };

/** A refusal of the server, with the problem it answered. Status 0: the server itself was not reached. */
export class Refusal extends Error {
  readonly status: number;
  readonly problem: ProblemBody;

  constructor(status: number, problem: ProblemBody) {
    super(`${problem.found} ${problem.remedy}`);
    this.name = "Refusal";
    this.status = status;
    this.problem = problem;
  }
}

export interface Client {
  call<Name extends RouteName>(name: Name, call: CallOf<Name>): Promise<AnswerOf<Name>>;
}

/** Both clients, console and command line, speak to the server through this. `base` is '' in a browser. */
export function createClient(base: string, fetchLike: typeof fetch = fetch): Client {
  return {
    async call(name, call) {
      const route: Route = ROUTES[name];
      const request = requestOf(route, call as LooseCall);
      const response = await reach(() => fetchLike(`${base}${request.url}`, request.init), base);
      if (!response.ok) throw new Refusal(response.status, (await readJson(response)) as ProblemBody);
      return (response.status === 204 ? null : await readJson(response)) as never;
    },
  };
}

interface LooseCall {
  readonly params?: Readonly<Record<string, unknown>>;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
  readonly signal?: AbortSignal;
}

function requestOf(route: Route, call: LooseCall): { url: string; init: RequestInit } {
  const path = route.path.replace(/\{(\w+)\}/g, (_, key: string) =>
    encodeURIComponent(String(call.params?.[key])),
  );
  const query = Object.entries(call.query ?? {}).filter(([, value]) => value !== undefined);
  const search = new URLSearchParams(query.map(([key, value]) => [key, String(value)])).toString();
  const init: RequestInit = { method: route.method };
  if (call.signal) init.signal = call.signal;
  if (call.body !== undefined) {
    init.headers = { "content-type": "application/json" };
    init.body = JSON.stringify(call.body);
  }
  return { url: `/api/v1${path}${search ? `?${search}` : ""}`, init };
}

async function reach(send: () => Promise<Response>, base: string): Promise<Response> {
  try {
    return await send();
  } catch (error) {
    if (error instanceof Error && error.name === "AbortError") throw error;
    throw new Refusal(0, {
      code: "server-unreachable",
      found: `The Holdfast server ${base} does not answer (${causeOf(error)}).`,
      remedy: "Start it with `holdfast serve`, or name another with --url or HOLDFAST_URL.",
      values: { url: base },
      oceanbase: null,
    });
  }
}

function causeOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return cause instanceof Error ? ((cause as { code?: string }).code ?? cause.message) : String(cause);
}

async function readJson(response: Response): Promise<unknown> {
  const text = await response.text();
  try {
    return JSON.parse(text);
  } catch {
    throw new Refusal(response.status, {
      code: "internal",
      found: `The server answered ${response.status} without JSON.`,
      remedy: "Check that the address is Holdfast's own.",
      values: {},
      oceanbase: null,
    });
  }
}
