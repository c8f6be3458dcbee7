import type { Money } from '@crmjira/domain';
import {
  type Currencies,
  type Desk,
  MAPPINGS,
  type Part,
  type RawRow,
  type RecordOf,
  currencyOf,
  currencyPart,
  mappingOf,
  moneyField,
  numberField,
  opportunityPart,
  settingPart,
  textField,
} from '@crmjira/form-data';

/** What an approval needs of the mapping. */
interface Figures {
  readonly approved: Money | null;
  readonly spent: Money | null;
  readonly budgetStatus: number | null;
}

const SELECT =
  '?$select=crmjira_approved_budget,crmjira_spent_amount,crmjira_budget_status,_transactioncurrencyid_value';

/** Null: no Jira project has been asked for yet. Where another control of the form shows the whole mapping, that one's reading serves. */
const figuresPart: Part<'figures', Figures | null, { readonly currencies: Currencies }> = {
  name: 'figures',
  select: SELECT,
  needs: [currencyPart],
  watches: MAPPINGS,
  async read({ webApi, id }, { currencies }) {
    const { entities } = await webApi.retrieveMultipleRecords('crmjira_budget_mapping', SELECT + mappingOf(id));
    // An entity of the answer is an object of columns; each column is checked when it is read.
    const [row] = entities as readonly RawRow[];
    const currency = row && currencyOf(textField(row, '_transactioncurrencyid_value'), currencies);
    return currency
      ? {
          approved: moneyField(row, 'crmjira_approved_budget', currency),
          spent: moneyField(row, 'crmjira_spent_amount', currency),
          budgetStatus: numberField(row, 'crmjira_budget_status'),
        }
      : null;
  },
};

/** What an approval is decided by. */
export const BRIEF_PARTS = [currencyPart, settingPart, opportunityPart, figuresPart] as const;

export type BriefRecord = RecordOf<typeof BRIEF_PARTS>;

/** The same as the rows have it at this moment. */
export async function readBrief(desk: Desk, shown: BriefRecord): Promise<BriefRecord> {
  const [opportunity, figures] = await Promise.all([
    opportunityPart.read(desk, shown, undefined),
    figuresPart.read(desk, shown, undefined),
  ]);
  return { ...shown, opportunity, figures };
}
