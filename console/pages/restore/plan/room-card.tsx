import { formatBytes } from "../../../messages/figures.ts";
import { useText } from "../../../messages/text.ts";
import { Card } from "../../../parts/card.tsx";
import { Glyph } from "../../../parts/glyph.tsx";
import { ObservationAge } from "../../../parts/observation.tsx";
import type { Plan } from "../use-plan.ts";
import { ROOM_KINDS, type RoomKind, roomOf, roomVerdict } from "./room.ts";

type ZoneRoom = Plan["room"][number];

export function RoomCard({ plan, cluster }: { readonly plan: Plan; readonly cluster: string }) {
  const text = useText();
  return (
    <Card
      title={text("wizard.room")}
      side={
        <span className="wizard-room-side">
          {text("wizard.roomSays")} <ObservationAge cluster={cluster} />
        </span>
      }
    >
      <table className="wizard-room">
        <thead>
          <tr>
            <th scope="col">{text("wizard.room.zone")}</th>
            {ROOM_KINDS.map((kind) => (
              <th key={kind} scope="col">
                {text(`wizard.room.${kind}`)}
              </th>
            ))}
            <th scope="col">{text("wizard.room.verdict")}</th>
          </tr>
        </thead>
        <tbody>
          {plan.room.map((zone) => (
            <ZoneRow key={zone.zone} zone={zone} />
          ))}
        </tbody>
      </table>
    </Card>
  );
}

function ZoneRow({ zone }: { readonly zone: ZoneRoom }) {
  const text = useText();
  const verdict = roomVerdict(zone);
  return (
    <tr>
      <th scope="row">{zone.zone}</th>
      {ROOM_KINDS.map((kind) => (
        <td key={kind} data-label={text(`wizard.room.${kind}`)}>
          <NeedOfFree
            kind={kind}
            {...roomOf(zone, kind)}
            isScarce={verdict.kind !== "enough" && verdict.what === kind}
          />
        </td>
      ))}
      <td>
        <Glyph name={verdict.kind === "enough" ? "done" : verdict.kind === "tight" ? "warning" : "failed"} />{" "}
        {text(`wizard.room.${verdict.kind}`)}
        {verdict.kind === "tight" ? (
          <p className="warning-words">
            {text("wizard.room.tightSays", {
              what: text(`wizard.room.${verdict.what}`),
              percent: verdict.percentLeft,
            })}
          </p>
        ) : null}
      </td>
    </tr>
  );
}

interface NeedOfFreeProps {
  readonly kind: RoomKind;
  readonly need: number;
  readonly free: number;
  readonly isScarce: boolean;
}

/** The word beside it carries the verdict; the bar shows how much of what is free will be taken. */
function NeedOfFree({ kind, need, free, isScarce }: NeedOfFreeProps) {
  const text = useText();
  const figure = (value: number) => (kind === "cpu" ? String(value) : formatBytes(value));
  const share = free === 0 ? (need === 0 ? 0 : 1) : Math.min(1, need / free);
  return (
    <>
      <span>
        <strong>{figure(need)}</strong> /{" "}
        <span className="pale">{kind === "cpu" ? text("wizard.cores", { count: free }) : figure(free)}</span>
      </span>
      <span className={isScarce ? "wizard-bar is-scarce" : "wizard-bar"} aria-hidden="true">
        <i style={{ width: `${Math.round(share * 100)}%` }} />
      </span>
    </>
  );
}
