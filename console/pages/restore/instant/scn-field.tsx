import { Input } from "@oceanbase/design";
import { useId, useState } from "react";
import { useText } from "../../../messages/text.ts";
import type { PickProps } from "./instant-card.tsx";

const SCN = /^\d{1,20}$/;
const LARGEST = 18446744073709551615n;

export function ScnField({ at, pick, isBad }: PickProps & { readonly isBad: boolean }) {
  const text = useText();
  const id = useId();
  const [typing, setTyping] = useState<string | null>(null);
  const isReadable = typing === null || isScn(typing);
  const type = (typed: string) => {
    setTyping(typed);
    if (isScn(typed)) pick(BigInt(typed.trim()));
  };
  return (
    <div className="control wizard-scn">
      <label htmlFor={id}>{text("wizard.scn")}</label>
      <Input
        id={id}
        value={typing ?? String(at)}
        status={isBad || !isReadable ? "error" : ""}
        inputMode="numeric"
        autoComplete="off"
        onChange={(event) => type(event.target.value)}
        onBlur={() => setTyping(null)}
      />
      {isReadable ? null : <p className="gap-words">{text("wizard.typed.scnUnreadable")}</p>}
    </div>
  );
}

function isScn(typed: string): boolean {
  return SCN.test(typed.trim()) && BigInt(typed.trim()) <= LARGEST;
}
