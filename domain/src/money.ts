/**
 * An amount of money as integer minor units of one ISO 4217 currency: 250,000.00 CAD is `{ minor: 25000000, currency: 'CAD' }`.
 * Amounts of different currencies are never added.
 */
export interface Money {
  /** integer minor units, may be negative */
  readonly minor: number;
  /** ISO 4217 code, upper case */
  readonly currency: string;
}
