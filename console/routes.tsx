import { createRootRoute, createRoute, createRouter, redirect } from "@tanstack/react-router";
import { readAddressSearch, writeAddressSearch } from "./address-search.ts";
import { ClusterPage } from "./pages/cluster.tsx";
import { ClustersPage } from "./pages/clusters.tsx";
import { FailedPage } from "./pages/failed.tsx";
import { NotFoundPage } from "./pages/not-found.tsx";
import { OperationPage } from "./pages/operation.tsx";
import { OperationsPage } from "./pages/operations.tsx";
import { RestorePage } from "./pages/restore/restore-page.tsx";
import { hasTornInstant, readRestoreSearch } from "./pages/restore/restore-search.ts";
import { BackupPage } from "./pages/tenant/backup.tsx";
import { OverviewPage } from "./pages/tenant/overview.tsx";
import { TenantsPage } from "./pages/tenants.tsx";
import type { Crumb } from "./parts/frame/breadcrumb.tsx";
import { Frame } from "./parts/frame/frame.tsx";
import { readBackupSearch } from "./parts/time-range.ts";

const TENANTS: Crumb = { text: "frame.tenants", to: "/tenants" };
const TENANT: Crumb = { param: "tenant", to: "/tenants/$cluster/$tenant" };
const BACKUP: Crumb = { text: "frame.backup", to: "/tenants/$cluster/$tenant/backup" };

const root = createRootRoute({
  component: Frame,
  notFoundComponent: NotFoundPage,
  errorComponent: FailedPage,
});

const home = createRoute({
  getParentRoute: () => root,
  path: "/",
  beforeLoad: () => {
    throw redirect({ to: "/tenants" });
  },
});

const tenants = createRoute({
  getParentRoute: () => root,
  path: "/tenants",
  component: TenantsPage,
  staticData: { crumbs: [TENANTS] },
});

const overview = createRoute({
  getParentRoute: () => root,
  path: "/tenants/$cluster/$tenant",
  component: () => <OverviewPage {...overview.useParams()} />,
  staticData: { crumbs: [TENANTS, TENANT, { text: "frame.overview" }] },
});

const backup = createRoute({
  getParentRoute: () => root,
  path: "/tenants/$cluster/$tenant/backup",
  validateSearch: readBackupSearch,
  component: () => <BackupPage {...backup.useParams()} />,
  staticData: { crumbs: [TENANTS, TENANT, BACKUP] },
});

const restore = createRoute({
  getParentRoute: () => root,
  path: "/tenants/$cluster/$tenant/restore",
  validateSearch: readRestoreSearch,
  component: RestoreRoute,
  staticData: { crumbs: [TENANTS, TENANT, BACKUP, { text: "frame.restore" }] },
});

function RestoreRoute() {
  // Beside what was validated the router keeps what was not.
  const search = { ...restore.useSearch() };
  return (
    <RestorePage
      {...restore.useParams()}
      search={readRestoreSearch(search)}
      isTorn={hasTornInstant(search)}
    />
  );
}

const tenantOperations = createRoute({
  getParentRoute: () => root,
  path: "/tenants/$cluster/$tenant/operations",
  component: () => <OperationsPage of={tenantOperations.useParams()} />,
  staticData: { crumbs: [TENANTS, TENANT, { text: "frame.operations" }] },
});

const tenantOperation = createRoute({
  getParentRoute: () => root,
  path: "/tenants/$cluster/$tenant/operations/$id",
  component: () => <OperationPage id={tenantOperation.useParams().id} />,
  staticData: {
    crumbs: [
      TENANTS,
      TENANT,
      { text: "frame.operations", to: "/tenants/$cluster/$tenant/operations" },
      { param: "id" },
    ],
  },
});

const clusters = createRoute({
  getParentRoute: () => root,
  path: "/clusters",
  component: ClustersPage,
  staticData: { crumbs: [{ text: "frame.clusters" }] },
});

const cluster = createRoute({
  getParentRoute: () => root,
  path: "/clusters/$cluster",
  component: () => <ClusterPage name={cluster.useParams().cluster} />,
  staticData: { crumbs: [{ text: "frame.clusters", to: "/clusters" }, { param: "cluster" }] },
});

const operations = createRoute({
  getParentRoute: () => root,
  path: "/operations",
  component: () => <OperationsPage of={null} />,
  staticData: { crumbs: [{ text: "frame.operations" }] },
});

const operation = createRoute({
  getParentRoute: () => root,
  path: "/operations/$id",
  component: () => <OperationPage id={operation.useParams().id} />,
  staticData: { crumbs: [{ text: "frame.operations", to: "/operations" }, { param: "id" }] },
});

const tree = root.addChildren([
  home,
  tenants,
  overview,
  backup,
  restore,
  tenantOperations,
  tenantOperation,
  clusters,
  cluster,
  operations,
  operation,
]);

export const router = createRouter({
  routeTree: tree,
  scrollRestoration: true,
  parseSearch: readAddressSearch,
  stringifySearch: writeAddressSearch,
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
