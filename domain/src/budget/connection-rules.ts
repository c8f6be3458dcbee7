/** Sends the projects of some opportunities to a connection of their own. What is left out applies to all. */
export interface ConnectionRule {
  /** Id of the connection's row. */
  readonly connection: string;
  /** Id or name of the owning business unit. */
  readonly businessUnit?: string | undefined;
  /** ISO 4217 */
  readonly currency?: string | undefined;
  /** Of the account's first address, as it is written there. */
  readonly country?: string | undefined;
}

/** What rules are about. */
export interface Placement {
  /** Id and name of the business unit that owns the opportunity. */
  readonly businessUnits: readonly string[];
  readonly currency: string;
  /** null: the customer is no account, or its address names none */
  readonly country: string | null;
}

const same = (wanted: string, found: string): boolean => wanted.trim().toLowerCase() === found.trim().toLowerCase();

/** The connection that a new project goes to: that of the first rule that fits; null = none does, so that the first connection is meant. Pure. */
export function chooseConnection(rules: readonly ConnectionRule[], placement: Placement): string | null {
  const fitting = rules.find(
    ({ businessUnit, currency, country }) =>
      (businessUnit === undefined || placement.businessUnits.some((unit) => same(businessUnit, unit))) &&
      (currency === undefined || same(currency, placement.currency)) &&
      (country === undefined || (placement.country !== null && same(country, placement.country))),
  );
  return fitting?.connection.toLowerCase() ?? null;
}
