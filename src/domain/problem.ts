/**
 * Everything that Holdfast refuses or that goes wrong has one of these codes, what was found against what was expected,
 * and what to do next. The catalogue of texts in Chinese and English is the console's and the command line's; `found`
 * and `remedy` are English sentences with the figures in them, and `values` holds the figures alone for translation.
 */
export const PROBLEM_STATUS = {
  // wrong input
  "input-invalid": 400,
  "time-without-offset": 400,
  // unknown things
  "cluster-unknown": 404,
  "tenant-unknown": 404,
  "operation-unknown": 404,
  "route-unknown": 404,
  // refused by what we know
  "cluster-name-taken": 409,
  "cluster-already-watched": 409,
  "cluster-has-operations": 409,
  "request-id-reused": 409,
  "backup-already-running": 409,
  "archive-not-running": 409,
  "archive-already-running": 409,
  "destination-not-set": 409,
  "destination-refused": 409,
  "tenant-not-normal": 409,
  "tenant-is-sys": 409,
  "tenant-is-standby": 409,
  "version-without-tenant-backup": 409,
  "version-not-supported": 409,
  "no-backup-yet": 409,
  "instant-in-gap": 409,
  "instant-in-future": 409,
  "instant-before-first-set": 409,
  "instant-after-logs": 409,
  "target-name-taken": 409,
  "target-name-invalid": 400,
  "target-version-too-low": 409,
  "target-zone-unknown": 409,
  "unit-unknown": 409,
  "unit-too-small": 409,
  "resources-not-enough": 409,
  "operation-ended": 409,
  "operation-not-cancelable": 409,
  "canceled-elsewhere": 409,
  "nothing-to-clean-up": 409,
  "tenant-not-leftover": 409,
  "plan-changed": 409,
  "decryption-needed": 409,
  // the cluster's or the network's
  "cluster-unreachable": 503,
  "cluster-login-refused": 502,
  "cluster-not-observed": 503,
  "observation-stale": 503,
  "oceanbase-refused": 502,
  "outcome-unknown": 504,
  // ours
  "host-refused": 403,
  "origin-refused": 403,
  "server-unreachable": 503,
  internal: 500,
} as const satisfies Record<string, number>;

export type ProblemCode = keyof typeof PROBLEM_STATUS;

export type ProblemValue = string | number | null | readonly string[];

export interface ProblemBody {
  readonly code: ProblemCode;
  /** What was found against what was expected, one or two sentences. */
  readonly found: string;
  /** What to do next. */
  readonly remedy: string;
  readonly values: Readonly<Record<string, ProblemValue>>;
  /** OceanBase's own number and words, where it refused. Secrets are masked before they get here. */
  readonly oceanbase: { readonly errno: number; readonly message: string } | null;
}

export interface ProblemDetails {
  readonly found: string;
  readonly remedy: string;
  readonly values?: Readonly<Record<string, ProblemValue>>;
  readonly oceanbase?: { readonly errno: number; readonly message: string };
}

export class Problem extends Error {
  readonly code: ProblemCode;
  readonly body: ProblemBody;

  constructor(code: ProblemCode, details: ProblemDetails) {
    super(`${code}: ${details.found} ${details.remedy}`);
    this.name = "Problem";
    this.code = code;
    this.body = {
      code,
      found: details.found,
      remedy: details.remedy,
      values: details.values ?? {},
      oceanbase: details.oceanbase ?? null,
    };
  }
}
