import { SqlError } from "../engine.ts";
import errors from "./errors.json" with { type: "json" };

export type ErrorName = keyof typeof errors;

interface ErrorDefinition {
  readonly code: number;
  readonly errno: number;
  readonly sqlState: string;
  readonly message: string;
  readonly template?: string;
}

function definition(name: ErrorName): ErrorDefinition {
  return errors[name];
}

/** OceanBase's error with its plain text, or with its template filled (ob_errno.def). */
export function refusal(name: ErrorName, ...values: readonly (string | number)[]): SqlError {
  const { errno, sqlState, message, template } = definition(name);
  if (values.length === 0 || template === undefined) return new SqlError(errno, sqlState, message);
  let next = 0;
  const text = template.replaceAll(/%(\.\*)?l?[sd]/g, () => String(values[next++] ?? ""));
  return new SqlError(errno, sqlState, text);
}

/** 1235: `<what> not supported`. */
export function notSupported(what: string): SqlError {
  return refusal("OB_NOT_SUPPORTED", what);
}

/** 4179: `<what> not allowed`. */
export function notAllowed(what: string): SqlError {
  return refusal("OB_OP_NOT_ALLOW", what);
}

/** A RESULT code of a fault given as a number: its text where the list knows it. */
export function messageOfCode(code: number): string {
  const known = Object.values(errors as Readonly<Record<string, ErrorDefinition>>);
  return known.find((error) => error.code === code)?.message ?? "Internal error";
}

/** An error by its number, in OceanBase's plain words where the list knows it. */
export function errorOf(errno: number): SqlError {
  const known = Object.values(errors as Readonly<Record<string, ErrorDefinition>>);
  const { sqlState, message } = known.find((error) => error.errno === errno) ?? UNKNOWN;
  return new SqlError(errno, sqlState, message);
}

const UNKNOWN = { sqlState: "HY000", message: "Internal error" };

/** The kernel's name of an error, as some comments print it. */
export function resultNameOf(errno: number): string {
  const known = Object.entries(errors as Readonly<Record<string, ErrorDefinition>>);
  return known.find(([, error]) => error.code === -errno)?.[0] ?? "OB_ERROR";
}

/** The kernel's own negative code of an answer: RESULT of an event. */
export function codeOf(error: SqlError): number {
  const known = Object.values(errors as Readonly<Record<string, ErrorDefinition>>);
  return known.find((candidate) => candidate.errno === error.errno)?.code ?? -error.errno;
}
