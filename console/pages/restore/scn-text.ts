const DIGITS = /^\d{1,20}$/;
/** OceanBase keeps an SCN in 64 bits. */
const LARGEST = 18446744073709551615n;

/** An SCN as it stands in a field or an address: a text, because as a number it would lose its last digits. */
export function isScnText(typed: string): boolean {
  return DIGITS.test(typed) && BigInt(typed) <= LARGEST;
}
