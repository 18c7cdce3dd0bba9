import { Button, Input, Select } from "@oceanbase/design";
import { useId } from "react";
import { useText } from "../../../messages/text.ts";
import { formatInstant, offsetAt, useZone } from "../../../parts/time.tsx";
import { readTyped, type TypedInstant, type TypedReading, typedOf } from "../typed-instant.ts";
import type { RestoreForm } from "../use-restore-form.ts";
import type { PickProps } from "./instant-card.tsx";

interface TimeFieldsProps extends PickProps {
  readonly form: RestoreForm;
  readonly isBad: boolean;
}

/** Date, time and microseconds in a zone. What was typed gives way to the value once it names one; until then it stays. */
export function TimeFields({ form, at, pick, isBad }: TimeFieldsProps) {
  const text = useText();
  const viewer = useZone();
  const zone = form.draft.zone ?? viewer;
  const typing = form.typing?.kind === "time" ? form.typing.fields : null;
  const shown = typing ?? typedOf(at, zone);
  const reading: TypedReading = typing ? readTyped(typing, zone) : { kind: "instant", at };
  const type = (part: Partial<TypedInstant>) => {
    const fields = { ...shown, ...part };
    form.setTyping({ kind: "time", fields });
    const read = readTyped(fields, zone);
    if (read.kind === "instant" && read.at !== at) form.decide({ until: { scn: String(read.at) } });
  };
  const leave = () => (form.isReadable ? form.setTyping(null) : undefined);
  const status = isBad || reading.kind === "unreadable" || reading.kind === "skipped" ? "error" : "";
  const fields = [
    { part: "date", label: text("wizard.date"), width: 116 },
    { part: "clock", label: text("wizard.clock"), width: 92 },
    { part: "micros", label: text("wizard.micros"), width: 84 },
  ] as const;
  return (
    <>
      {fields.map(({ part, label, width }) => (
        <TextField
          key={part}
          {...{ label, width, status }}
          value={shown[part]}
          onChange={(value) => type({ [part]: value })}
          onLeave={leave}
        />
      ))}
      <ZoneField zone={zone} viewer={viewer} at={at} onChange={(chosen) => form.decide({ zone: chosen })} />
      <ReadingNote reading={reading} zone={zone} onChoose={pick} />
    </>
  );
}

interface TextFieldProps {
  readonly label: string;
  readonly width: number;
  readonly status: "error" | "";
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly onLeave: () => void;
}

function TextField({ label, width, status, value, onChange, onLeave }: TextFieldProps) {
  const id = useId();
  return (
    <div className="control" style={{ flex: `1 1 ${width}px`, maxWidth: width + 60 }}>
      <label htmlFor={id}>{label}</label>
      <Input
        id={id}
        value={value}
        status={status}
        aria-invalid={status === "error"}
        inputMode="numeric"
        autoComplete="off"
        onChange={(event) => onChange(event.target.value)}
        onBlur={onLeave}
      />
    </div>
  );
}

interface ZoneFieldProps {
  readonly zone: string;
  readonly viewer: string;
  readonly at: bigint;
  readonly onChange: (zone: string) => void;
}

function ZoneField({ zone, viewer, at, onChange }: ZoneFieldProps) {
  const text = useText();
  const id = useId();
  const zones = [...new Set([viewer, "UTC", zone, ...Intl.supportedValuesOf("timeZone")])];
  return (
    <div className="control wizard-zone">
      <label htmlFor={id}>{text("wizard.zone")}</label>
      <Select
        id={id}
        showSearch
        value={zone}
        onChange={(chosen: string) => onChange(chosen)}
        popupMatchSelectWidth={260}
        options={zones.map((name) => ({
          value: name,
          label: name === zone || name === viewer ? `${name} ${offsetAt(at, name)}` : name,
        }))}
      />
    </div>
  );
}

interface ReadingNoteProps {
  readonly reading: TypedReading;
  readonly zone: string;
  readonly onChoose: (at: bigint) => void;
}

function ReadingNote({ reading, zone, onChoose }: ReadingNoteProps) {
  const text = useText();
  if (reading.kind === "instant") return null;
  if (reading.kind !== "twice") {
    return <p className="gap-words wizard-wide">{text(`wizard.typed.${reading.kind}`, { zone })}</p>;
  }
  return (
    <p className="warning-words wizard-wide">
      {text("wizard.typed.twice", { zone })}{" "}
      {reading.choices.map((choice) => (
        <Button key={String(choice)} size="small" onClick={() => onChoose(choice)}>
          {formatInstant(choice, { zone, style: "clock", withOffset: true })}
        </Button>
      ))}
    </p>
  );
}
