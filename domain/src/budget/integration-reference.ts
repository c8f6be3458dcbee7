/**
 * `CRM-yyyyMM-FIRST8`: UTC month of the first provisioning attempt and the first eight characters of the id in upper
 * case. On a clash `-HHMM` (UTC) is appended. Computed once and stored; never recomputed from a later clock.
 * @param now ISO 8601 instant in UTC
 */
export function integrationReference(opportunityId: string, now: string, clash = false): string {
  const month = now.slice(0, 4) + now.slice(5, 7);
  const base = `CRM-${month}-${opportunityId.slice(0, 8).toUpperCase()}`;
  return clash ? `${base}-${now.slice(11, 13)}${now.slice(14, 16)}` : base;
}
