import { BudgetCategoryType, derivedId, tables } from '@crmjira/domain';
import { z } from 'zod';
import { optionalText } from '../../clients/dataverse/columns';
import { quoted } from '../../clients/dataverse/filter';
import { type Finding, person, type SetUpPart, there } from './finding';

/** Templates of every project, in the order of D-3.8; amounts and rates in CAD. */
const templates = [
  {
    code: 'DEVELOPMENT',
    name: 'Development Resources',
    columns: { crmjira_type: BudgetCategoryType.HourlyRate, crmjira_default_rate: 150 },
  },
  {
    code: 'INFRASTRUCTURE',
    name: 'Infrastructure Costs',
    columns: { crmjira_type: BudgetCategoryType.FixedCost, crmjira_budget_amount: 25_000 },
  },
  {
    code: 'CONSULTING',
    name: 'External Consulting',
    columns: { crmjira_type: BudgetCategoryType.VariableCost, crmjira_budget_amount: 50_000 },
  },
] as const;

const categoryRow = z.object({ crmjira_category_id: optionalText });
const currencyRow = z.object({ transactioncurrencyid: z.string() });

/** The template rows of budget categories: a package carries no rows, so an administrator would type them. */
export const categoryRows: SetUpPart = async ({ dataverse }) => {
  const { entitySet: collection } = tables.crmjira_budget_category;
  const filter = '_crmjira_budget_mapping_id_value eq null and statecode eq 0';
  const rows = await dataverse.many(collection, { select: Object.keys(categoryRow.shape), filter }, categoryRow);
  const codes = new Set(rows.map((row) => row.crmjira_category_id));
  const query = { select: ['transactioncurrencyid'], filter: `isocurrencycode eq ${quoted('CAD')}` };
  const [currency] = await dataverse.many('transactioncurrencies', query, currencyRow);
  return templates.map(({ code, name, columns }): Finding => {
    const what = `Budget category ${code}`;
    if (codes.has(code)) return there(what, 'a template row is there');
    if (currency === undefined) return person(what, 'Dataverse has no currency CAD: add it, then run this again');
    const write = {
      op: 'create',
      collection,
      id: derivedId('set-up', 'category', code),
      columns: {
        crmjira_category_id: code,
        crmjira_name: name,
        ...columns,
        'transactioncurrencyid@odata.bind': `/transactioncurrencies(${currency.transactioncurrencyid})`,
      },
    } as const;
    return { what, says: `"${name}"`, state: 'missing', make: () => dataverse.changeSet([write]) };
  });
};
