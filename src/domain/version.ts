/**
 * An OceanBase version with its build number. `ob_version()` of 4.x answers four numbers (4.2.5.1); 3.x writes
 * `3.2.2-20220304134610`. The build number takes part in every comparison.
 */
export interface Version {
  readonly numbers: readonly [number, number, number, number];
  /** The 14-digit (3.x) or longer release number; undefined where the server does not say. */
  readonly build: string | undefined;
}

/** Below this a tenant cannot be backed up by itself (rule of the tenant backup page, with its build number). */
export const FIRST_VERSION_WITH_TENANT_BACKUP: Version = { numbers: [3, 2, 2, 0], build: "20220304134610" };

const SHAPE = /(\d+)\.(\d+)\.(\d+)(?:\.(\d+))?(?:[-_](\d{10,}))?/;

/** Finds the first version in a text such as `5.7.25-OceanBase_CE-v4.2.1.9`; undefined where there is none. */
export function readVersion(text: string): Version | undefined {
  const own = /OceanBase[^\d]*v?(\d.*)$/i.exec(text)?.[1] ?? text;
  const match = SHAPE.exec(own);
  if (!match) return undefined;
  const [, a, b, c, d = "0", build] = match;
  return { numbers: [Number(a), Number(b), Number(c), Number(d)], build };
}

/** Negative when `a` is older. A missing build number is older than any: what is not proven is not assumed. */
export function compareVersions(a: Version, b: Version): number {
  for (let i = 0; i < 4; i++) {
    const difference = (a.numbers[i] ?? 0) - (b.numbers[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return compareBuilds(a.build ?? "", b.build ?? "");
}

function compareBuilds(a: string, b: string): number {
  const [left, right] = [a.padStart(32, "0"), b.padStart(32, "0")];
  return left < right ? -1 : left > right ? 1 : 0;
}

export function atLeast(version: Version, ...numbers: readonly [number, number?, number?, number?]): boolean {
  const [a, b = 0, c = 0, d = 0] = numbers;
  return compareVersions({ ...version, build: undefined }, { numbers: [a, b, c, d], build: undefined }) >= 0;
}

/** `V3.2.2-20220304134610`, `4.2.5.1`. */
export function versionText(version: Version): string {
  const numbers = version.numbers.join(".");
  return version.build ? `V${numbers.replace(/\.0$/, "")}-${version.build}` : numbers;
}

/** S6: may this tenant be backed up by itself? */
export function backsUpOneTenant(version: Version): boolean {
  return compareVersions(version, FIRST_VERSION_WITH_TENANT_BACKUP) >= 0;
}
