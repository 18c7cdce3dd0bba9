import { useSyncExternalStore } from "react";

/** Below this one column: rows become cards and the main actions move to the bottom of the screen. */
const NARROW = "(max-width: 599px)";

export function useIsNarrow(): boolean {
  return useSyncExternalStore(
    (changed) => {
      const media = matchMedia(NARROW);
      media.addEventListener("change", changed);
      return () => media.removeEventListener("change", changed);
    },
    () => matchMedia(NARROW).matches,
  );
}
