import { CommandState, type Money, moneyFromDecimal } from '@crmjira/domain';
import {
  type Currencies,
  type Currency,
  type Desk,
  type RawRow,
  currencyOf,
  dateField,
  formattedField,
  numberField,
  readFailure,
  textField,
} from '@crmjira/form-data';
import { type AskedApprovers, askedOnce } from './approvers';

/**
 * Who asked or decided and when: the platform's own columns, which no client fills (D-3.9). An application acts for a person,
 * whom its rows name; in a row that a person has written such a name counts for nothing (R-306).
 */
interface Written {
  readonly id: string;
  readonly personId: string | null;
  readonly by: string;
  /** instant */
  readonly on: string;
  readonly comment: string | null;
  /** of a request that was opened again: ids of those who can decide, side by side, empty for nobody; null where none are told */
  readonly deciders: string | null;
}

export interface Decision extends Written {
  /** `crmjira_approvalstatus`; 0: none, as it broke a rule */
  readonly outcome: number;
  /** the integration says so in the request: of a deal that was won since, the opportunity does not */
  readonly carriedOut: boolean;
}

export interface Request extends Written {
  readonly amount: Money;
  readonly currency: Currency;
  readonly decision: Decision | null;
  /** a decision that broke a rule has used it up */
  readonly expired: boolean;
  /** the integration's words why it does not count, to whoever asked */
  readonly refusal: string | null;
}

/**
 * Requests of one opportunity, by when they were asked for, newest first, with their decisions as far as this person may read them.
 * Over the limit of who decided the integration opens a request again in a row of its own, of the same instant: together they are one.
 */
export interface Approvals {
  readonly requests: readonly Request[];
  /** false: no decision can be told, only what the integration copied to the opportunity */
  readonly decisionsReadable: boolean;
  /** names of those who can decide on the newest request, as far as they are known; empty once it is decided */
  readonly approvers: readonly string[];
  /** the integration's words why the decision of this person on the newest request has no effect, and what comes next: a line each */
  readonly refusal: string | null;
}

const REQUEST = 'crmjira_budget_approval';
const DECISION = 'crmjira_budget_decision';

/** Query for rows, whose ids come unasked, of which people say that they `requested` or `decided`. */
const queryOf = (verb: string, columns: string, more = ''): string =>
  `?$select=_createdby_value,createdon,crmjira_comment,_crmjira_${verb}_by_value,crmjira_${verb}_on,${columns}&$expand=createdby($select=applicationid)${more}&$filter=`;

/** What the integration tells of the decision, in the request's row. */
const TOLD = 'crmjira_decision,crmjira_decision_comment,crmjira_decided_on,_crmjira_decided_by_value';

/** Requests that the history goes back; those that the integration refused, which are inactive, push out no other. */
const NEWEST = 20;

/**
 * @param wanted whether this person may read decisions, as far as the client knows; the server has the last word
 * @param personId who reads
 * @param tookEffect whether the opportunity shows a decision
 * @param asked who can decide on which request, as asked for before: once each
 */
export async function readApprovals(
  { webApi, id }: Desk,
  currencies: Currencies,
  wanted: boolean,
  personId: string,
  tookEffect: (decision: Decision) => boolean,
  asked: AskedApprovers,
): Promise<Approvals> {
  const { entities } = await webApi.retrieveMultipleRecords(
    REQUEST,
    `${queryOf('requested', `_transactioncurrencyid_value,crmjira_amount,crmjira_deciders,${TOLD}`, ',modifiedby($select=applicationid)')}_crmjira_opportunity_id_value eq ${id}&$orderby=statecode,createdon desc,versionnumber desc&$top=${NEWEST}`,
  );
  // An entity of the answer is an object of columns; each column is checked when it is read.
  const rows = entities as readonly RawRow[];
  const ids = rows.map((row) => `_${REQUEST}_id_value eq ${textField(row, `${REQUEST}id`)}`);
  const decisions =
    rows.length && wanted
      ? await webApi
          .retrieveMultipleRecords(
            DECISION,
            queryOf('decided', `crmjira_decision,_${REQUEST}_id_value`) + ids.join(' or '),
          )
          .then(({ entities }) => (entities as readonly RawRow[]).map(decisionOf), noneIfForbidden)
      : null;
  const requests = rows.map((row): Request => {
    const written = writtenBy(row, REQUEST, 'requested');
    const currency = currencyOf(textField(row, '_transactioncurrencyid_value'), currencies);
    const amount = moneyFromDecimal(numberField(row, 'crmjira_amount') ?? 0, currency.code);
    const told = toldOf(row);
    const found = decisions?.find(({ requestId }) => requestId === written.id);
    const decision = found ? { ...found, carriedOut: !!told?.outcome } : told?.outcome ? told : null;
    const expired = !!told && !told.outcome;
    return { ...written, amount, currency, decision, expired, refusal: expired ? told.comment : null };
  });
  // Somebody may have asked anew while the request before was being opened again; rows of one request keep their order.
  requests.sort((a, b) => Date.parse(b.on) - Date.parse(a.on));
  // One that the integration refused takes the place of none that waits (F-307).
  const counts = requests.findIndex(({ expired }) => !expired);
  if (counts > 0 && !requests[counts]?.decision) requests.unshift(...requests.splice(counts, 1));
  const [newest] = requests;
  const current = newest?.decision ? [newest] : requests.filter(({ on }) => on === newest?.on);
  const own = current.find(
    ({ decision }) => decision?.id && decision.personId === personId && !tookEffect(decision),
  )?.decision;
  // Why the request of this person was refused stands in it; in one from before that was so, and of a decision, in a command row (R-306, F-102).
  const refused = newest?.expired && !newest.decision && newest.personId === personId ? newest : null;
  const told = own ? `decision ${own.id}` : refused && !refused.refusal && `request ${refused.id}`;
  return {
    requests,
    decisionsReadable: !!decisions,
    approvers:
      newest && !newest.decision && !newest.expired && newest.deciders !== ''
        ? await askedOnce(asked, webApi, newest)
        : [],
    refusal: told ? await readRefusal(webApi, told) : (refused?.refusal ?? null),
  };
}

/** The integration's words in a refused command row; null where it has written none, or none that this person may read. */
async function readRefusal(webApi: Desk['webApi'], argument: string): Promise<string | null> {
  const found = await webApi
    .retrieveMultipleRecords(
      'crmjira_command',
      `?$select=crmjira_result&$expand=createdby($select=applicationid)&$filter=crmjira_argument eq '${argument}' and crmjira_command_state eq ${CommandState.Refused}`,
    )
    .then(({ entities }) => entities as readonly RawRow[], noneIfForbidden);
  // People could have written the same.
  const row = found?.find(({ createdby }) => ((createdby ?? {}) as RawRow).applicationid);
  return row ? textField(row, 'crmjira_result') : null;
}

/**
 * The decision as the request's own row tells it, for those who may not read decisions (F-104); outcome 0: none, as it broke a rule. Who
 * asks could have written the same, so it counts only where an application wrote last.
 */
function toldOf(row: RawRow): Decision | null {
  const { applicationid } = (row.modifiedby ?? {}) as RawRow; // an expanded lookup, as in writtenBy
  const on = dateField(row, 'crmjira_decided_on');
  if (!applicationid || !on) return null;
  const by = '_crmjira_decided_by_value';
  return {
    id: '',
    personId: textField(row, by),
    by: formattedField(row, by) ?? '',
    on,
    comment: textField(row, 'crmjira_decision_comment'),
    deciders: null,
    outcome: numberField(row, 'crmjira_decision') ?? 0,
    carriedOut: true,
  };
}

function writtenBy(row: RawRow, table: string, verb: string): Written {
  const { applicationid } = (row.createdby ?? {}) as RawRow; // an expanded lookup: a row, or null where it may not be read
  const named = `_crmjira_${verb}_by_value`;
  const isFor = applicationid && row[named];
  const [by, on] = isFor ? [named, `crmjira_${verb}_on`] : ['_createdby_value', 'createdon'];
  return {
    id: textField(row, `${table}id`) ?? '',
    personId: textField(row, by),
    by: formattedField(row, by) ?? '',
    on: dateField(row, on) ?? '',
    comment: textField(row, 'crmjira_comment'),
    deciders: isFor ? (textField(row, 'crmjira_deciders') ?? '') : null,
  };
}

function decisionOf(row: RawRow): Omit<Decision, 'carriedOut'> & { readonly requestId: string | null } {
  return {
    ...writtenBy(row, DECISION, 'decided'),
    outcome: numberField(row, 'crmjira_decision') ?? 0,
    requestId: textField(row, `_${REQUEST}_id_value`),
  };
}

/** Null where the server does not let this person read such rows. */
function noneIfForbidden(error: unknown): null {
  if (readFailure(error, false) !== 'forbidden') throw error;
  return null;
}
