/**
 * Number from what a person typed: group signs, currency signs and either decimal sign are understood.
 * @returns null for an empty text, undefined for one that is no number
 */
export function parseNumber(text: string): number | null | undefined {
  const bare = text.replace(/[\s\u00a0\u202f$€£]/g, '');
  if (bare === '') return null;
  // The last point or comma with one or two digits behind it is the decimal sign; every other one groups.
  const decimal = /[.,](\d{1,2})$/.exec(bare);
  const digits = decimal
    ? `${bare.slice(0, decimal.index).replace(/[.,]/g, '')}.${decimal[1]}`
    : bare.replace(/[.,]/g, '');
  return /^-?\d+(\.\d+)?$/.test(digits) ? Number(digits) : undefined;
}
