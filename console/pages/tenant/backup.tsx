import { useState } from "react";
import { useAnswer } from "../../api.ts";
import { useText } from "../../messages/text.ts";
import { Answered } from "../../parts/answered.tsx";
import { PageHead } from "../../parts/page-head.tsx";
import type { TenantRef } from "../../tenant-ref.ts";
import { BackupActions } from "./backup-actions.tsx";
import { BackupForm } from "./backup-form.tsx";
import { DestinationsForm } from "./destinations-form.tsx";
import { FaceBackups } from "./face-backups.tsx";
import { FaceEmpty } from "./face-empty.tsx";
import { FactBlock } from "./fact-block.tsx";
import { OpenGapBanner } from "./open-gap-banner.tsx";
import { TenantIdentity } from "./tenant-identity.tsx";

/** The form that is open over the page. */
export type OpenForm = "backup" | "destinations" | null;

/** 备份恢复: two faces, one for a tenant that was never backed up, one for what can be restored. */
export function BackupPage(ref: TenantRef) {
  const text = useText();
  const [form, setForm] = useState<OpenForm>(null);
  const page = useAnswer("showTenant", { params: { ...ref } });
  const close = () => setForm(null);
  const data = page.data;
  return (
    <>
      {data ? <OpenGapBanner page={data} open={setForm} /> : null}
      <PageHead
        title={text("frame.backup")}
        identity={data ? <TenantIdentity page={data} /> : null}
        actions={data?.hasBackups ? <BackupActions page={data} open={setForm} /> : null}
      />
      <Answered query={page} room={640}>
        {(answer) => (
          <>
            <FactBlock page={answer} />
            {answer.hasBackups ? <FaceBackups page={answer} /> : <FaceEmpty page={answer} open={setForm} />}
            {form === "backup" ? <BackupForm page={answer} onClose={close} /> : null}
            {form === "destinations" ? <DestinationsForm page={answer} onClose={close} /> : null}
          </>
        )}
      </Answered>
    </>
  );
}
