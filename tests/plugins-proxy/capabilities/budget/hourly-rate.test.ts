import { money } from '../../../../domain/src/money/money';
import { BudgetCategoryType } from '../../../../domain/src/schema/generated/options';
import { createDataverseClient } from '../../../../plugins-proxy/src/clients/dataverse/dataverse-client';
import {
  readDefaultRate,
  readHourlyRate,
} from '../../../../plugins-proxy/src/capabilities/budget/read/read-hourly-rate';
import { createEnvironmentSettings } from '../../../../plugins-proxy/src/connections/environment/environment-settings';
import { createTokenSource } from '../../../../plugins-proxy/src/clients/dataverse/token-source';
import { canadianDollarId } from '../../../../sandbox/src/dataverse/base-rows/base-rows';
import { type StandIns, startStandIns } from '../../stand-ins';

const mappingId = '1d6f7c20-0000-4000-8000-000000000001';
const otherMappingId = '1d6f7c20-0000-4000-8000-000000000002';
const euroId = '1d6f7c20-0000-4000-8000-0000000000e0';
const { HourlyRate, FixedCost } = BudgetCategoryType;

interface Category {
  readonly mapping: string | null;
  readonly rate: number | null;
  readonly type?: number;
  readonly inactive?: boolean;
  readonly currency?: string | null;
}

let standIns: StandIns;
let minute = 0;

beforeEach(async () => {
  standIns = await startStandIns(() => new Date(Date.parse('2025-01-20T12:00:00Z') + (minute += 1) * 60_000));
});
afterEach(() => standIns.close());

/** The rate that the service's account reads with these category rows, written in this order; of a mapping, or without any. */
async function rateWith(categories: readonly Category[], isOfMapping = true) {
  await standIns.dataverse.seed([
    {
      table: 'transactioncurrency',
      row: {
        transactioncurrencyid: euroId,
        isocurrencycode: 'EUR',
        currencyname: 'Euro',
        currencysymbol: '€',
        currencyprecision: 2,
        exchangerate: 0.5,
      },
    },
  ]);
  for (const { mapping, rate, type = HourlyRate, inactive = false, currency = canadianDollarId } of categories) {
    await standIns.dataverse.seed([
      {
        table: 'crmjira_budget_category',
        row: {
          crmjira_category_id: 'DEVELOPMENT',
          crmjira_name: 'Development Resources',
          crmjira_type: type,
          crmjira_default_rate: rate,
          ...(mapping === null ? {} : { crmjira_budget_mapping_id: { table: 'crmjira_budget_mapping', id: mapping } }),
          ...(currency === null ? {} : { transactioncurrencyid: { table: 'transactioncurrency', id: currency } }),
          ...(inactive ? { statecode: 1, statuscode: 2 } : {}),
        },
      },
    ]);
  }
  const { dataverse } = standIns.config;
  const tokens = createTokenSource(dataverse, 10_000);
  const client = createDataverseClient({ url: dataverse.url, timeoutMs: 10_000, tokens });
  const environmentSettings = createEnvironmentSettings(client, standIns.config.connectionId, 'https://crm.example/');
  const [currencies, { policy }] = await Promise.all([
    environmentSettings.currencies(),
    environmentSettings.settings(),
  ]);
  const ours = { ...policy, defaultHourlyRate: 99 };
  return isOfMapping ? readHourlyRate(client, mappingId, currencies, ours) : readDefaultRate(client, currencies, ours);
}

const template = { mapping: null, rate: 150 };
const own = { mapping: mappingId, rate: 110 };

test.each<[string, readonly Category[], number, string]>([
  ['the mapping’s category row goes before the template', [template, own], 110, 'CAD'],
  ['a mapping without a row takes the template’s rate', [template], 150, 'CAD'],
  ['the row of another mapping is nobody else’s', [{ mapping: otherMappingId, rate: 80 }, template], 150, 'CAD'],
  ['without either the environment’s default counts', [], 99, 'CAD'],
  ['a cost of another kind has no hourly rate', [{ ...template, type: FixedCost }], 99, 'CAD'],
  ['a row without a rate says nothing', [{ ...own, rate: null }, template], 150, 'CAD'],
  ['a rate of zero is a rate', [{ ...own, rate: 0 }, template], 0, 'CAD'],
  [
    'a deactivated row says nothing',
    [
      { ...own, inactive: true },
      { ...template, inactive: true },
    ],
    99,
    'CAD',
  ],
  ['of two templates the older counts', [template, { ...template, rate: 175 }], 150, 'CAD'],
  ['a rate keeps the currency of its row', [{ ...own, currency: euroId }], 110, 'EUR'],
])(
  'R-507: %s',
  async (_, categories, rate, currency) => {
    expect(await rateWith(categories)).toEqual(money(rate * 100, currency));
  },
  60_000,
);

test.each<[string, readonly Category[], number, string]>([
  ['the template’s, whatever single mappings say', [own, { ...template, currency: euroId }], 150, 'EUR'],
  ['the environment’s where there is no template', [own], 99, 'CAD'],
])(
  'R-507: the rate of an hour that has none is %s',
  async (_, categories, rate, currency) => {
    expect(await rateWith(categories, false)).toEqual(money(rate * 100, currency));
  },
  60_000,
);
