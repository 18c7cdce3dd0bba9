import { tenantByName } from "../model/model.ts";
import { poolByName, unitConfigByName } from "../model/resources.ts";
import type { Cluster } from "./create-cluster.ts";

/** Tenants of --tenants: each with a pool of its own in all three zones, sharing one unit config. */
export function createTenants(cluster: Cluster, names: readonly string[]): void {
  if (names.length === 0) return;
  const { model } = cluster;
  const sys = cluster.as("root@sys");
  if (!unitConfigByName(model, UNIT)) {
    sys.run(`CREATE RESOURCE UNIT ${UNIT} MAX_CPU 1, MIN_CPU 1, MEMORY_SIZE '2G', LOG_DISK_SIZE '6G'`);
  }
  for (const name of names) {
    const pool = `${name}_pool`;
    if (tenantByName(model, name)) continue;
    if (!poolByName(model, pool)) {
      sys.run(
        `CREATE RESOURCE POOL \`${pool}\` UNIT = '${UNIT}', UNIT_NUM = 1, ZONE_LIST = ('zone1','zone2','zone3')`,
      );
    }
    sys.run(`CREATE TENANT \`${name}\` RESOURCE_POOL_LIST = ('${pool}') SET ob_tcp_invited_nodes = '%'`);
  }
  sys.close();
}

const UNIT = "sandbox_unit";
