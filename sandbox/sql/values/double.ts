/** MySQL prints a double with the fewest digits that give it back, an exponent only from 1e15 and below 1e-15. */
export function doubleText(value: number): string {
  if (Object.is(value, -0)) return "-0";
  const size = Math.abs(value);
  if (size !== 0 && (size >= 1e15 || size < 1e-15)) return exponentText(value);
  const text = String(value);
  return text.includes("e") ? fixedText(text) : text;
}

const exponentText = (value: number) => value.toExponential().replace("e+", "e");

function fixedText(text: string): string {
  const [digits = "", exponent = "0"] = text.split("e");
  const sign = digits.startsWith("-") ? "-" : "";
  const bare = digits.replace("-", "").replace(".", "");
  return `${sign}0.${"0".repeat(-Number(exponent) - 1)}${bare}`;
}

/** FLOAT keeps six digits in print. */
export const floatText = (value: number) => doubleText(Number(value.toPrecision(6)));

const INTEGER = /^\s*[+-]?\d{1,19}\s*$/;

/** A text beside an integer: whole numbers that fit are exact, others doubles. */
export function textToNumber(text: string): bigint | number {
  if (!INTEGER.test(text)) return textToDouble(text);
  const whole = BigInt(text.trim().replace(/^\+/, ""));
  return BigInt.asIntN(64, whole) === whole ? whole : textToDouble(text);
}

/** The number a text begins with; 0 where it begins with none. */
export function textToDouble(text: string): number {
  const found = /^\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/.exec(text);
  return found ? Number(found[0]) : 0;
}
