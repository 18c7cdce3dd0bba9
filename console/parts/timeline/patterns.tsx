/** Fills that survive print and forced colours: stripes for gaps, dots for what is not known. */
export function Patterns({ id }: { readonly id: string }) {
  return (
    <defs>
      <pattern
        id={`${id}-gap`}
        width="6"
        height="6"
        patternUnits="userSpaceOnUse"
        patternTransform="rotate(45)"
      >
        <rect className="tl-gap-ground" width="6" height="6" />
        <line className="tl-gap-hatch" x1="0" y1="0" x2="0" y2="6" />
      </pattern>
      <pattern id={`${id}-unknown`} width="6" height="6" patternUnits="userSpaceOnUse">
        <rect className="tl-unknown-ground" width="6" height="6" />
        <circle className="tl-unknown-dot" cx="3" cy="3" r="1" />
      </pattern>
    </defs>
  );
}
