import type { Guid } from '@crmjira/domain';
import { formattedValue, lookupTable, optionalGuid, text } from '../../../clients/dataverse/columns';

/** A text that Dataverse adds to an answer, where there is one. */
export const shownText = text.nullish().transform((shown) => shown ?? null);

/** Columns of a customer, who is an account or a person. */
export const customerColumns = {
  _customerid_value: optionalGuid,
  [`_customerid_value${formattedValue}`]: shownText,
  [`_customerid_value${lookupTable}`]: shownText,
} as const;

type Columns = Readonly<Record<string, unknown>>;

const textOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

/** Whether the customer of a record is a person. */
export const isPersonal = (row: Columns): boolean => row[`_customerid_value${lookupTable}`] === 'contact';

/** Whom a record is about: its own contact, else a customer that is a person. */
export function contactOf(row: Columns): Guid | null {
  const own = textOf(row['_primarycontactid_value'] ?? row['_parentcontactid_value']);
  return own ?? (isPersonal(row) ? textOf(row['_customerid_value']) : null);
}
