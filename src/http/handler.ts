import type { z } from "zod";
import type { AnswerOf, ROUTES, RouteName } from "../api/contract.ts";
import type { Loose } from "../api/json.ts";
import type { Requests } from "../control/requests.ts";
import type { Micros } from "../domain/scn.ts";
import type { Store } from "../store/store.ts";

export interface ServerParts {
  readonly store: Store;
  readonly requests: Requests;
  readonly now: () => Micros;
  /** Holdfast's own version. */
  readonly version: string;
  readonly startedAt: Micros;
  /** The built console; null where there is none (tests of the API). */
  readonly consoleFolder: string | null;
  readonly report: (error: unknown, words: string) => void;
}

/** What a handler is given: everything checked against the contract, defaults filled in. */
export interface CallOf<Name extends RouteName> {
  readonly params: Checked<Name, "params">;
  readonly query: Checked<Name, "query">;
  readonly body: Checked<Name, "body">;
}

type Checked<Name extends RouteName, Part extends string> = (typeof ROUTES)[Name] extends {
  readonly [K in Part]: infer Schema extends z.ZodType;
}
  ? z.output<Schema>
  : undefined;

export type Handler<Name extends RouteName> = (
  parts: ServerParts,
  call: CallOf<Name>,
) => Promise<Loose<AnswerOf<Name>>>;
export type Handlers<Names extends RouteName> = { readonly [Name in Names]: Handler<Name> };
