/** An exact decimal number: `units` × 10^-`scale`. */
export interface Decimal {
  readonly units: bigint;
  readonly scale: number;
}

const FORM = /^\s*([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,4}))?/;
/** MySQL's limits. */
const MAX_SCALE = 30;

const power = (digits: number) => 10n ** BigInt(digits);

/** The number a text begins with, as MySQL reads it; what follows is ignored. */
export function toDecimal(value: string | number | bigint): Decimal {
  if (typeof value === "bigint") return { units: value, scale: 0 };
  const [, sign, whole = "", fraction = "", exponent = "0"] = FORM.exec(String(value)) ?? [];
  const shifted = fraction.length - Number(exponent);
  const units = BigInt(`${whole}${fraction}` || "0") * (sign === "-" ? -1n : 1n);
  return shifted >= 0 ? { units, scale: shifted } : { units: units * power(-shifted), scale: 0 };
}

export function isNumberText(text: string): boolean {
  return /^\s*[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?\s*$/.test(text);
}

export function decimalText({ units, scale }: Decimal): string {
  const digits = String(units < 0n ? -units : units).padStart(scale + 1, "0");
  const cut = digits.length - scale;
  const sign = units < 0n ? "-" : "";
  return scale === 0 ? sign + digits : `${sign}${digits.slice(0, cut)}.${digits.slice(cut)}`;
}

/** Rounds half away from zero. */
export function rescale(value: Decimal, scale: number): Decimal {
  if (value.scale === scale) return value;
  if (value.scale < scale) return { units: value.units * power(scale - value.scale), scale };
  const divisor = power(value.scale - scale);
  const half = divisor / 2n;
  const units = (value.units + (value.units < 0n ? -half : half)) / divisor;
  return { units, scale };
}

export function truncate(value: Decimal, scale: number): Decimal {
  if (value.scale <= scale) return value;
  return { units: value.units / power(value.scale - scale), scale };
}

function aligned(a: Decimal, b: Decimal): readonly [bigint, bigint, number] {
  const scale = Math.max(a.scale, b.scale);
  return [rescale(a, scale).units, rescale(b, scale).units, scale];
}

export function add(a: Decimal, b: Decimal): Decimal {
  const [left, right, scale] = aligned(a, b);
  return { units: left + right, scale };
}

export function subtract(a: Decimal, b: Decimal): Decimal {
  const [left, right, scale] = aligned(a, b);
  return { units: left - right, scale };
}

export function multiply(a: Decimal, b: Decimal): Decimal {
  const exact = { units: a.units * b.units, scale: a.scale + b.scale };
  return exact.scale > MAX_SCALE ? rescale(exact, MAX_SCALE) : exact;
}

/** Undefined for a division by zero, which is NULL in SQL. */
export function divide(a: Decimal, b: Decimal, scale: number): Decimal | undefined {
  if (b.units === 0n) return undefined;
  const guarded = a.units * power(scale + 1 + b.scale);
  return rescale({ units: guarded / b.units, scale: scale + 1 + a.scale }, scale);
}

export function divideWhole(a: Decimal, b: Decimal): bigint | undefined {
  const [left, right] = aligned(a, b);
  return right === 0n ? undefined : left / right;
}

/** The sign follows the dividend. */
export function remainder(a: Decimal, b: Decimal): Decimal | undefined {
  const [left, right, scale] = aligned(a, b);
  return right === 0n ? undefined : { units: left % right, scale };
}

const COMPLEMENT = (digits: string) => digits.replace(/\d/g, (digit) => String(9 - Number(digit)));

/**
 * A text whose order is the order of the numbers, whatever their scales: sign, number of digits before the point, those
 * digits, the fraction without closing zeroes. SQLite has no collation of ours, so decimals are compared through this.
 */
export function decimalKey(value: Decimal): string {
  const [whole = "", fraction = ""] = decimalText({
    ...value,
    units: value.units < 0n ? -value.units : value.units,
  }).split(".");
  const digits = whole.replace(/^0+/, "");
  const key = `${String(digits.length).padStart(2, "0")}${digits}.${fraction.replace(/0+$/, "")}`;
  return value.units < 0n ? `0${COMPLEMENT(key)}~` : `1${key}`;
}

export function fromDecimalKey(key: string): Decimal {
  const negative = key.startsWith("0");
  const plain = negative ? COMPLEMENT(key.slice(1, -1)) : key.slice(1);
  const value = toDecimal(plain.slice(2));
  return negative ? { ...value, units: -value.units } : value;
}
