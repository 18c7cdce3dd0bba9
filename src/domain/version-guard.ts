import type { BackupSet } from "./backup-set.ts";
import { Problem } from "./problem.ts";
import type { PassedGuard } from "./restore-plan.ts";
import { atLeast, compareVersions, type Version, versionText } from "./version.ts";

/**
 * Restores go into the same or a later version, build included where both sides tell it; backups of 4.0 only into 4.0, of
 * earlier versions never into 4.x (ob_restore_util.cpp `check_backup_set_version_match_`: cluster version and data version
 * of the newest set; facts 3.5, 8.18).
 */
export function judgeVersion(
  sets: readonly BackupSet[],
  versions: { readonly source: Version; readonly target: Version },
): PassedGuard {
  const needed = newestOf(sets, versions.source);
  const values = { needed: versionText(needed), found: versionText(versions.target) };
  refuseForeignLine(needed, versions.target);
  if (compareVersions(comparable(versions.target, needed), needed) < 0) {
    throw new Problem("target-version-too-low", {
      found: `The backup was made by OceanBase ${values.needed}; the target cluster is ${values.found}.`,
      remedy: `Choose a target cluster of ${values.needed} or later.`,
      values,
    });
  }
  return { name: "version", isTight: false, found: `${values.needed} into ${values.found}.` };
}

/** The greatest version that any set of the chain was made by; the source cluster's own where no set tells. */
function newestOf(sets: readonly BackupSet[], source: Version): Version {
  const told = sets
    .flatMap((set) => [set.clusterVersion, set.tenantCompatible])
    .filter((each) => each !== null);
  const [first = source, ...others] = told;
  return others.reduce((newest, each) => (compareVersions(each, newest) > 0 ? each : newest), first);
}

/** Views of 4.x tell no build numbers; a build that only one side tells decides nothing. */
function comparable(target: Version, needed: Version): Version {
  return target.build === undefined ? { ...target, build: needed.build } : target;
}

function refuseForeignLine(needed: Version, target: Version): void {
  const values = { needed: versionText(needed), found: versionText(target) };
  if (!atLeast(needed, 4) && atLeast(target, 4)) {
    throw new Problem("version-not-supported", {
      found: `A backup made by OceanBase ${values.needed} cannot be restored into 4.x; the target cluster is ${values.found}.`,
      remedy:
        "Choose a target cluster before 4.0 and upgrade it afterwards, or move the data by a logical copy.",
      values,
    });
  }
  if (!atLeast(needed, 4, 1) && atLeast(target, 4, 1)) {
    throw new Problem("version-not-supported", {
      found: `A backup made by OceanBase 4.0 can only be restored into 4.0; the target cluster is ${values.found}.`,
      remedy: "Choose a target cluster of version 4.0.",
      values,
    });
  }
}
