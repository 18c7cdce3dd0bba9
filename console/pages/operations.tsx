import { useState } from "react";
import { useAnswer } from "../api.ts";
import { useText } from "../messages/text.ts";
import { Answered } from "../parts/answered.tsx";
import { Card } from "../parts/card.tsx";
import { OperationTable } from "../parts/operation-table.tsx";
import { PageHead } from "../parts/page-head.tsx";
import { PAGE_ROWS, Paged } from "../parts/paged.tsx";
import type { TenantRef } from "../tenant-ref.ts";

/** Everything Holdfast was asked to do, newest first: of one tenant, or of all. */
export function OperationsPage({ of }: { readonly of: TenantRef | null }) {
  const text = useText();
  const [page, setPage] = useState(1);
  const operations = useAnswer("listOperations", {
    query: {
      limit: PAGE_ROWS,
      offset: (page - 1) * PAGE_ROWS,
      ...(of ? { cluster: of.cluster, tenant: of.tenant } : {}),
    },
  });
  return (
    <>
      <PageHead title={text("frame.operations")} />
      <Card>
        <Answered query={operations} room={320}>
          {({ items, total }) => (
            <>
              <OperationTable rows={items} of={of} isOld={operations.isPlaceholderData} />
              <Paged total={total} page={page} onPage={setPage} />
            </>
          )}
        </Answered>
      </Card>
    </>
  );
}
