import { type Money, moneyFromDecimal } from '@crmjira/domain';
import { z } from 'zod';

const pad = (iso: string): string => iso.replace(/\.\d{3}Z$/, 'Z');

/** Behind the name of a column: its value as people read it, in the language of whoever asks. */
export const formattedValue = '@OData.Community.Display.V1.FormattedValue';
/** Behind the name of a lookup: logical name of the table of its row. */
export const lookupTable = '@Microsoft.Dynamics.CRM.lookuplogicalname';

/** dynamics-web-api turns date-times into Date objects; facts carry ISO text in UTC. */
export const instant = z.union([z.date(), z.string()]).transform((value) => pad(new Date(value).toISOString()));
export const optionalInstant = instant.nullish().transform((value) => value ?? null);
/** A calendar day comes as text and stays text. */
export const optionalDay = z
  .string()
  .nullish()
  .transform((value) => value?.slice(0, 10) ?? null);
/** A text column that happens to look like a date-time has become one on the way: back to text. */
export const text = z.union([z.string(), z.date().transform((value) => pad(value.toISOString()))]);
export const optionalText = text.nullish().transform((value) => value ?? null);
export const optionalNumber = z
  .number()
  .nullish()
  .transform((value) => value ?? null);
export const optionalFlag = z
  .boolean()
  .nullish()
  .transform((value) => value === true);
export const guid = z.guid().transform((value) => value.toLowerCase());
export const optionalGuid = guid.nullish().transform((value) => value ?? null);

/** A choice column: any of the values of a generated option set. */
export function choice<const T extends Readonly<Record<string, number>>>(options: T) {
  return z
    .number()
    .refine((value): value is T[keyof T] => Object.values(options).includes(value), 'is not an option of the choice');
}

/** Amount of a currency column, null when it is empty. */
export function optionalMoney(value: number | null, currency: string): Money | null {
  return value === null ? null : moneyFromDecimal(value, currency);
}
