import { z } from 'zod';
import { IntegrationError } from '../../platform/errors/integration-error';
import type { DataverseReader } from '../../clients/dataverse/reader';
import { equalsId } from '../../clients/dataverse/filter';
import { guid } from '../../clients/dataverse/columns';

const currencyRow = z.object({
  transactioncurrencyid: guid,
  isocurrencycode: z.string().transform((code) => code.toUpperCase()),
  exchangerate: z.number(),
});
const organizationRow = z.object({ _basecurrencyid_value: guid });

/** The organisation's currencies. */
export interface Currencies {
  /** ISO code of the base currency */
  readonly base: string;
  codeOf(id: string): string;
  idOf(code: string): string;
  /** ISO code → units per unit of the base currency */
  readonly exchangeRates: ReadonlyMap<string, number>;
}

function missing(what: string): never {
  throw new IntegrationError(`Dynamics has no currency ${what}.`, {
    code: 'currency-missing',
    errorClass: 'configuration',
  });
}

/** Reads all currencies and the organisation's base currency. */
export async function readCurrencies(client: DataverseReader, organizationId: string): Promise<Currencies> {
  const [rows, organizations] = await Promise.all([
    client.many(
      'transactioncurrencies',
      { select: ['transactioncurrencyid', 'isocurrencycode', 'exchangerate'] },
      currencyRow,
    ),
    client.many(
      'organizations',
      { select: ['_basecurrencyid_value'], filter: equalsId('organizationid', organizationId) },
      organizationRow,
    ),
  ]);
  const codes = new Map(rows.map((row) => [row.transactioncurrencyid, row.isocurrencycode]));
  const ids = new Map(rows.map((row) => [row.isocurrencycode, row.transactioncurrencyid]));
  const codeOf = (id: string): string => codes.get(id) ?? missing(id);
  return {
    base: codeOf(organizations[0]?._basecurrencyid_value ?? missing('as its base')),
    codeOf,
    idOf: (code) => ids.get(code) ?? missing(code),
    exchangeRates: new Map(rows.map((row) => [row.isocurrencycode, row.exchangerate])),
  };
}
