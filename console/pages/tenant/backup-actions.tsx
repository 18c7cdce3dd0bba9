import { Dropdown } from "@oceanbase/design";
import { useNavigate } from "@tanstack/react-router";
import { useText } from "../../messages/text.ts";
import { Glyph } from "../../parts/glyph.tsx";
import { ReasonedButton } from "../../parts/reasoned-button.tsx";
import { useArchiveSwitch } from "./archive-switch.tsx";
import type { OpenForm } from "./backup.tsx";
import { useOfferRefusal, useRefusals } from "./refusals.ts";
import type { TenantAnswer } from "./tenant-identity.tsx";

interface BackupActionsProps {
  readonly page: TenantAnswer;
  readonly open: (form: OpenForm) => void;
}

/** Face 2's actions: restoring is the primary one, it always makes a new tenant and so is safe. */
export function BackupActions({ page, open }: BackupActionsProps) {
  const text = useText();
  const navigate = useNavigate();
  const refusal = useRefusals(page.cluster.name);
  const restoreRefusal = useOfferRefusal();
  const params = { cluster: page.cluster.name, tenant: page.tenant.name };
  return (
    <>
      <MoreActions page={page} open={open} />
      <ReasonedButton reason={refusal(page.actions.backUp)} onClick={() => open("backup")}>
        {text("action.backUpNow")}
      </ReasonedButton>
      <ReasonedButton
        type="primary"
        reason={restoreRefusal(page.actions.restore)}
        onClick={() => void navigate({ to: "/tenants/$cluster/$tenant/restore", params })}
      >
        {text("action.initiateRestore")}
      </ReasonedButton>
    </>
  );
}

function MoreActions({ page, open }: BackupActionsProps) {
  const text = useText();
  const refusal = useRefusals(page.cluster.name);
  const archive = useArchiveSwitch(page);
  const items = [
    reasonedItem({
      label: text("action.startArchive"),
      reason: refusal(page.actions.startArchive),
      onClick: archive.start,
    }),
    reasonedItem({
      label: text("action.stopArchive"),
      reason: refusal(page.actions.stopArchive),
      onClick: archive.stop,
    }),
    reasonedItem({
      label: text("action.setDestinations"),
      reason: refusal(page.actions.setDestinations),
      onClick: () => open("destinations"),
    }),
  ];
  return (
    <Dropdown menu={{ items, className: "more-actions" }} trigger={["click"]} placement="bottomRight">
      <button type="button" className="icon-button" aria-label={text("action.more")}>
        <Glyph name="more" size={16} />
      </button>
    </Dropdown>
  );
}

interface ReasonedItem {
  readonly label: string;
  readonly reason: string | null;
  readonly onClick: () => void;
}

/** A menu has no room for hover texts: the reason stands in the entry itself. */
function reasonedItem({ label, reason, onClick }: ReasonedItem) {
  return {
    key: label,
    label: reason === null ? label : <ReasonedLabel label={label} reason={reason} />,
    disabled: reason !== null,
    onClick,
  };
}

function ReasonedLabel({ label, reason }: Omit<ReasonedItem, "onClick">) {
  return (
    <span className="reasoned-item">
      {label}
      <span className="second">{reason}</span>
    </span>
  );
}
