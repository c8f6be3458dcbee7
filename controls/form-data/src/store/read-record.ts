import { withConnectionSync } from '../rows/connection';
import { CURRENCY_QUERY, type Currencies, parseCurrencies } from '../rows/currencies';
import { type Mapping, mappingQuery, parseMapping } from '../rows/mapping';
import { OPPORTUNITY_QUERY, type Opportunity, parseOpportunity } from '../rows/opportunity';
import { DEFAULT_SETTINGS, SETTINGS_QUERY, type Settings, parseSettings } from '../rows/settings';
import type { Snapshot, SnapshotReader } from '../rows/snapshots';

/** The part of `context.webAPI` that the controls use. */
export type WebApi = Pick<ComponentFramework.WebApi, 'createRecord' | 'retrieveRecord' | 'retrieveMultipleRecords'>;

/** What every reader reads of one opportunity. */
export interface BriefRecord {
  readonly opportunity: Opportunity;
  /** null: no Jira project has been asked for yet */
  readonly mapping: Pick<Mapping, 'approved' | 'spent' | 'budgetStatus'> | null;
  readonly settings: Settings;
  readonly currencies: Currencies;
}

/** Everything the controls show about one opportunity, read together. */
export interface BudgetRecord extends BriefRecord {
  /** null: no Jira project has been asked for yet */
  readonly mapping: Mapping | null;
  /** null while no control on the form asks for them */
  readonly snapshots: readonly Snapshot[] | null;
}

/** What does not change while a form is open. */
export interface Constants {
  readonly currencies: Currencies;
  readonly settings: Settings;
}

/**
 * Read once a form. The settings only phrase texts, so the defaults stand in for people who may not read environment
 * variables; without currencies no figure can be named, so their failure is a failure.
 */
export async function readConstants(webApi: WebApi): Promise<Constants> {
  const [currencies, settings] = await Promise.all([
    webApi.retrieveMultipleRecords('transactioncurrency', CURRENCY_QUERY),
    webApi
      .retrieveMultipleRecords('environmentvariabledefinition', SETTINGS_QUERY)
      .then((answer) => parseSettings(answer.entities))
      .then(undefined, () => DEFAULT_SETTINGS),
  ]);
  return { currencies: parseCurrencies(currencies.entities), settings };
}

/**
 * Two small reads, a third where the figures seem old; the snapshots only when a control wants them and the mapping has changed since `last`.
 * @param now instant of the reading
 * @param readSnapshots from the control that draws them: the others need neither the rows nor the code
 */
export async function readRecord(
  webApi: WebApi,
  opportunityId: string,
  constants: Constants,
  last: BudgetRecord | null,
  readSnapshots: SnapshotReader | null,
  now: string,
): Promise<BudgetRecord> {
  const { currencies, settings } = constants;
  const [opportunityRow, mappings] = await Promise.all([
    webApi.retrieveRecord('opportunity', opportunityId, OPPORTUNITY_QUERY),
    webApi.retrieveMultipleRecords('crmjira_budget_mapping', mappingQuery(opportunityId)),
  ]);
  const row: unknown = mappings.entities[0];
  // An entity of the answer is an object of columns; each column is checked when it is read.
  const read = row ? parseMapping(row as Readonly<Record<string, unknown>>, currencies) : null;
  const mapping = read && (await withConnectionSync(webApi, read, now));
  const unchanged = mapping !== null && last?.mapping?.id === mapping.id && last.mapping.version === mapping.version;
  let snapshots = unchanged ? last.snapshots : null;
  if (mapping && readSnapshots) snapshots ??= await readSnapshots(webApi, mapping);
  return { opportunity: parseOpportunity(opportunityRow, currencies), mapping, snapshots, settings, currencies };
}
