import { Button } from "@oceanbase/design";
import { useText } from "../../../messages/text.ts";
import type { PickProps } from "./instant-card.tsx";

const SECOND = 1_000_000_000n;
const NUDGES = [
  { name: "minusMinute", by: -60n * SECOND },
  { name: "minusSecond", by: -SECOND },
  { name: "plusSecond", by: SECOND },
  { name: "plusMinute", by: 60n * SECOND },
] as const;

interface NudgesProps extends PickProps {
  /** While what is typed names no instant there is none to nudge. */
  readonly isOff: boolean;
}

export function Nudges({ at, pick, isOff }: NudgesProps) {
  const text = useText();
  return (
    <fieldset className="wizard-nudges" disabled={isOff}>
      <legend className="for-readers">{text("wizard.nudge")}</legend>
      {NUDGES.map(({ name, by }) => (
        <Button key={name} onClick={() => pick(at + by > 0n ? at + by : 0n)}>
          {text(`wizard.nudge.${name}`)}
        </Button>
      ))}
    </fieldset>
  );
}
