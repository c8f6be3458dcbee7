import { type Money, moneyFromDecimal } from '@crmjira/domain';
import {
  type Currencies,
  type Currency,
  type Desk,
  type RawRow,
  type WebApi,
  currencyOf,
  dateField,
  formattedField,
  numberField,
  readFailure,
  textField,
} from '@crmjira/form-data';
import { readApprovers } from './approvers';

/** Who wrote a row and when: the platform's own columns, which no client fills (DATA-MODEL 3.9). */
interface Written {
  readonly id: string;
  readonly byId: string | null;
  readonly by: string;
  /** instant */
  readonly on: string;
  readonly comment: string | null;
}

export interface Decision extends Written {
  /** `crmjira_approvalstatus` 3 approved, 4 rejected, 5 changes requested */
  readonly outcome: number;
}

export interface Request extends Written {
  readonly amount: Money;
  readonly currency: Currency;
  readonly decision: Decision | null;
}

/** Requests of one opportunity, newest first, with their decisions as far as this person may read them. */
export interface Approvals {
  readonly requests: readonly Request[];
  /** false: no decision can be told, only what the integration copied to the opportunity */
  readonly decisionsReadable: boolean;
  /** names of those who can decide on the newest request, as far as they are known; empty once it is decided */
  readonly approvers: string;
  /** the integration's words why the newest decision, made by this person, has no effect */
  readonly refusal: string | null;
}

const REQUEST = 'crmjira_budget_approval';
const DECISION = 'crmjira_budget_decision';
const COLUMNS = '_createdby_value,createdon,crmjira_comment';

/** `crmjira_command_state` 4 Refused (DATA-MODEL 2) */
const REFUSED = 4;

/** Requests that the history goes back. */
const NEWEST = 20;

/**
 * @param wanted whether this person may read decisions, as far as the client knows; the server has the last word
 * @param isOpen whether what became of this decision is still to be told
 */
export async function readApprovals(
  { webApi, opportunityId }: Desk,
  currencies: Currencies,
  wanted: boolean,
  isOpen: (decision: Decision) => boolean,
): Promise<Approvals> {
  const found = await webApi.retrieveMultipleRecords(
    REQUEST,
    `?$select=${REQUEST}id,crmjira_amount,_transactioncurrencyid_value,${COLUMNS}&$filter=_crmjira_opportunity_id_value eq ${opportunityId}&$orderby=createdon desc&$top=${NEWEST}`,
  );
  // An entity of the answer is an object of columns; each column is checked when it is read.
  const rows = found.entities as readonly RawRow[];
  const decisions = rows.length && wanted ? await readDecisions(webApi, rows) : [];
  const requests = rows.map((row): Request => {
    const written = writtenBy(row, REQUEST);
    const currency = currencyOf(textField(row, '_transactioncurrencyid_value'), currencies);
    const amount = moneyFromDecimal(numberField(row, 'crmjira_amount') ?? 0, currency.code);
    const decision = decisions?.find(({ requestId }) => requestId === written.id) ?? null;
    return { ...written, amount, currency, decision };
  });
  const decided = requests[0]?.decision;
  return {
    requests,
    decisionsReadable: wanted && decisions !== null,
    // Not decided: null, where undefined stands for no request.
    approvers: decided === null ? await readApprovers(webApi, requests[0]?.byId) : '',
    refusal: decided && isOpen(decided) ? await readRefusal(webApi, decided.id) : null,
  };
}

function writtenBy(row: RawRow, table: string): Written {
  return {
    id: textField(row, `${table}id`) ?? '',
    byId: textField(row, '_createdby_value'),
    by: formattedField(row, '_createdby_value') ?? '',
    on: dateField(row, 'createdon') ?? '',
    comment: textField(row, 'crmjira_comment'),
  };
}

/** Null where the server does not let this person read decisions. */
async function readDecisions(
  webApi: WebApi,
  requests: readonly RawRow[],
): Promise<readonly (Decision & { readonly requestId: string | null })[] | null> {
  const ids = requests.map((row) => `_${REQUEST}_id_value eq ${textField(row, `${REQUEST}id`)}`);
  try {
    const { entities } = await webApi.retrieveMultipleRecords(
      DECISION,
      `?$select=${DECISION}id,crmjira_decision,_${REQUEST}_id_value,${COLUMNS}&$filter=${ids.join(' or ')}`,
    );
    return (entities as readonly RawRow[]).map((row) => ({
      ...writtenBy(row, DECISION),
      outcome: numberField(row, 'crmjira_decision') ?? 0,
      requestId: textField(row, `_${REQUEST}_id_value`),
    }));
  } catch (error) {
    if (readFailure(error, false) !== 'forbidden') throw error;
    return null;
  }
}

/** The refused command row that the integration writes for the person who decided (R-306). */
async function readRefusal(webApi: WebApi, decisionId: string): Promise<string | null> {
  const { entities } = await webApi.retrieveMultipleRecords(
    'crmjira_command',
    `?$select=crmjira_result&$filter=crmjira_argument eq 'decision ${decisionId}' and crmjira_command_state eq ${REFUSED}&$top=1`,
  );
  const [row] = entities as readonly RawRow[];
  return row ? textField(row, 'crmjira_result') : null;
}
