import { Button, Drawer } from "@oceanbase/design";
import type { ReactNode } from "react";
import { useText } from "../../messages/text.ts";
import { ReasonedButton } from "../../parts/reasoned-button.tsx";

interface FormDrawerProps {
  readonly title: string;
  /** The verb once more: what the button does. */
  readonly verb: string;
  readonly reason: string | null;
  readonly isSending: boolean;
  readonly children: ReactNode;
  readonly onSend: () => void;
  readonly onClose: () => void;
}

/** A form beside the page it acts upon; Enter sends it, Escape closes it and sends nothing. */
export function FormDrawer(props: FormDrawerProps) {
  const text = useText();
  return (
    <Drawer
      open
      title={props.title}
      width="min(560px, 100vw)"
      onClose={props.onClose}
      footer={
        <div className="buttons at-end">
          <Button onClick={props.onClose}>{text("action.cancel")}</Button>
          <ReasonedButton
            type="primary"
            reason={props.reason}
            loading={props.isSending}
            onClick={props.onSend}
          >
            {props.verb}
          </ReasonedButton>
        </div>
      }
    >
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          if (props.reason === null) props.onSend();
        }}
      >
        {props.children}
        <input type="submit" hidden />
      </form>
    </Drawer>
  );
}
