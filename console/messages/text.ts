import { type ReactNode, useMemo } from "react";
import { useIntl } from "react-intl";
import type { MessageKey } from "./catalogue.ts";

type Values = Readonly<Record<string, string | number | bigint>>;

/** `text("frame.tenants")`: a sentence of the viewer's language; a key that no catalogue has does not compile. */
export function useText(): (key: MessageKey, values?: Values) => string {
  const intl = useIntl();
  return useMemo(() => (key, values) => intl.formatMessage({ id: key }, values), [intl]);
}

type Piece = ReactNode | ((chunks: ReactNode[]) => ReactNode);

/** The same with parts of the page inside: `<b>…</b>` in the message is drawn by the function named `b`. */
export function useRichText(): (key: MessageKey, pieces: Readonly<Record<string, Piece>>) => ReactNode {
  const intl = useIntl();
  return useMemo(() => (key, pieces) => intl.formatMessage({ id: key }, pieces), [intl]);
}
