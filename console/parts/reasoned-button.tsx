import { Button, type ButtonProps, Tooltip } from "@oceanbase/design";
import { type ReactNode, useId } from "react";

interface ReasonedButtonProps extends Omit<ButtonProps, "disabled"> {
  /** Why the button does nothing now; null when it works. */
  readonly reason: string | null;
  readonly children: ReactNode;
}

/** A button that is never silently dead: it keeps its place in the tab order and says why on hover, focus and to readers. */
export function ReasonedButton({ reason, children, ...button }: ReasonedButtonProps) {
  const id = useId();
  if (reason === null) return <Button {...button}>{children}</Button>;
  const { onClick: _refused, htmlType: _submits, type, danger: _danger, ghost: _ghost, ...rest } = button;
  return (
    <>
      <Tooltip title={reason} trigger={["hover", "focus"]}>
        <Button
          {...rest}
          htmlType="button"
          type={type === "link" ? "link" : "default"}
          className="refused"
          aria-disabled
          aria-describedby={id}
        >
          {children}
        </Button>
      </Tooltip>
      {/* Outside the button, so that its name stays its word alone. */}
      <span id={id} hidden>
        {reason}
      </span>
    </>
  );
}
