import { useLostSince } from "../../live.ts";
import { useText } from "../../messages/text.ts";
import { formatInstant, instantOfMs, useZone } from "../time.tsx";

/** Says since when nothing was heard from the server; goes away by itself when the stream is open again. */
export function ConnectionBar() {
  const text = useText();
  const zone = useZone();
  const lostSince = useLostSince();
  return (
    <div role="status" className={lostSince === null ? undefined : "connection-bar"}>
      {lostSince === null
        ? null
        : text("frame.lost", { since: formatInstant(instantOfMs(lostSince), { zone, style: "clock" }) })}
    </div>
  );
}
