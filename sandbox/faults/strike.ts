import type { ClusterFault } from "./fault.ts";
import type { Ground, Strike } from "./ground.ts";
import { deferArchive, interruptArchive, lagArchive, stopArchive } from "./strike-archive.ts";
import { cancelJob, failJob, holdJob } from "./strike-jobs.ts";
import { breakDestination, spoilPiece, spoilSet } from "./strike-storage.ts";
import { dropOne, renameTenant, switchOver, upgradeCluster } from "./strike-tenants.ts";

/** Makes a fault happen in the cluster, if there is anything that it could strike. */
export function strike(ground: Ground, what: ClusterFault): Strike {
  switch (what.kind) {
    case "job-stays":
      return holdJob(ground, what);
    case "job-fails":
      return failJob(ground, what);
    case "job-canceled":
      return cancelJob(ground, what);
    case "archive-interrupted":
      return interruptArchive(ground, what.tenant);
    case "archive-lagging":
      return lagArchive(ground, what.tenant);
    case "archive-stopped":
      return stopArchive(ground, what.tenant);
    case "archive-deferred":
      return deferArchive(ground, what.tenant);
    case "destination-full":
    case "destination-read-only":
    case "destination-gone":
      return breakDestination(ground, what);
    case "set-lost":
    case "set-damaged":
      return spoilSet(ground, what);
    case "piece-lost":
    case "piece-damaged":
      return spoilPiece(ground, what);
    case "tenant-dropped":
      return dropOne(ground, what.tenant);
    case "tenant-renamed":
      return renameTenant(ground, what);
    case "tenant-switched-over":
      return switchOver(ground, what.tenant);
    case "upgraded":
      return upgradeCluster(ground, what);
    case "clock-off":
      ground.clock.setOff(what.bySeconds);
      return { whom: "the cluster" };
  }
}
