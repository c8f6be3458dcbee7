import {
  ApprovalStatus,
  BudgetStatus,
  type Money,
  RowState,
  approvalRow,
  decisionRow,
  moneyFromDecimal,
} from '@crmjira/domain';
import { plainId } from '@crmjira/form-data';
import { readRecordFacts } from '../opportunity-form/read-record-facts';
import type { AttemptFacts } from './command-rules';
import { recordId } from './record';
import { requestedAmountText } from './requested-amount';

/** Id of the person, as the Web API takes it. */
function ownId(): string {
  return plainId(Xrm.Utility.getGlobalContext().userSettings.userId);
}

/**
 * Asks for approval in the currency of the budget, as the control does.
 * @param name of the row in lists
 * @param comment the reason; left out when empty
 * @returns id of the request
 */
export async function createApproval(
  formContext: Xrm.FormContext,
  amount: Money,
  name: string,
  { approved, currencyId }: BudgetFacts,
  comment: string,
): Promise<string> {
  const { id } = await Xrm.WebApi.createRecord('crmjira_budget_approval', {
    ...approvalRow({
      opportunityId: recordId(formContext),
      amount,
      previous: approved,
      currencyId,
      personId: ownId(),
      on: new Date().toISOString(),
    }),
    crmjira_name: name,
    crmjira_comment: comment || undefined,
  });
  return id;
}

/** Amounts as the form has them, and what the mapping says of them. */
export interface BudgetFacts {
  /** null: not entered */
  readonly projectBudget: Money | null;
  /** null: not entered */
  readonly budgetAmount: Money | null;
  /** lower-case id of the row of their currency: the opportunity's, or that of its figures where it has none; null: neither has one */
  readonly currencyId: string | null;
  /** what stands approved today, in the currency of that approval; null before the first */
  readonly approved: Money | null;
}

/** What the form and the mapping of its record say of the budget. */
export async function readBudget(formContext: Xrm.FormContext): Promise<BudgetFacts> {
  const [lookup] = formContext.getAttribute<Xrm.Attributes.LookupAttribute>('transactioncurrencyid')?.getValue() ?? [];
  const { entities } = await Xrm.WebApi.retrieveMultipleRecords(
    'crmjira_budget_mapping',
    '?$select=crmjira_approved_budget,crmjira_budget_status,_transactioncurrencyid_value' +
      '&$expand=transactioncurrencyid($select=isocurrencycode)' +
      `&$filter=_crmjira_opportunity_id_value eq ${recordId(formContext)}&$top=1`,
  );
  const [mapping] = entities;
  const ofFigures: string | undefined = mapping?.['_transactioncurrencyid_value']?.toLowerCase();
  const currencyId = (lookup && plainId(lookup.id)) ?? ofFigures ?? null;
  const figuresCode: string | undefined = mapping?.['transactioncurrencyid']?.isocurrencycode;
  // The form has the name of a currency, not its code; it need not be read where it is that of the figures.
  const code = (currencyId === ofFigures && figuresCode) || (await readRecordFacts(recordId(formContext))).currency;
  const amountOf = (column: string): Money | null => {
    const value = formContext.getAttribute<Xrm.Attributes.NumberAttribute>(column)?.getValue() ?? null;
    return value === null ? null : moneyFromDecimal(value, code);
  };
  const isApproved = (mapping?.['crmjira_budget_status'] ?? BudgetStatus.Draft) > BudgetStatus.Draft;
  return {
    projectBudget: amountOf('crmjira_project_budget'),
    budgetAmount: amountOf('budgetamount'),
    currencyId,
    approved: isApproved ? moneyFromDecimal(mapping?.['crmjira_approved_budget'] ?? 0, figuresCode ?? code) : null,
  };
}

/** A request for approval as far as the command bar needs it. */
export interface ApprovalRequest {
  readonly id: string;
  /** of the row in lists; empty for one that was made elsewhere without a name */
  readonly name: string;
  /** whoever asked cannot decide */
  readonly isOwn: boolean;
  /** `$250,000.00 CAD`; null where it is hidden */
  readonly amount: string | null;
}

/**
 * Rows among which the current request is: one that the service has opened again may be newer than what was asked for last.
 */
const NEWEST = 2;

/**
 * The request of this record that was asked for last; null when there is none. A row of an application names who asked; in a row of
 * a person such a name counts for nothing.
 */
export async function newestRequest(formContext: Xrm.FormContext): Promise<ApprovalRequest | null> {
  const { entities } = await Xrm.WebApi.retrieveMultipleRecords(
    'crmjira_budget_approval',
    '?$select=crmjira_budget_approvalid,crmjira_name,crmjira_amount,_createdby_value,createdon,_crmjira_requested_by_value,crmjira_requested_on' +
      `&$expand=createdby($select=applicationid),transactioncurrencyid($select=isocurrencycode)&$filter=_crmjira_opportunity_id_value eq ${recordId(formContext)} and statecode eq ${RowState.Active}` +
      `&$orderby=createdon desc,versionnumber desc&$top=${NEWEST}`,
  );
  const userId = ownId();
  const requests = entities.map((row) => {
    const isFor = Boolean(row['createdby']?.['applicationid'] && row['_crmjira_requested_by_value']);
    const by = String(row[isFor ? '_crmjira_requested_by_value' : '_createdby_value']);
    return {
      id: String(row['crmjira_budget_approvalid']),
      name: row['crmjira_name'] ?? '',
      isOwn: by.toLowerCase() === userId,
      amount: requestedAmountText(row),
      askedOn: Date.parse(String(row[isFor ? 'crmjira_requested_on' : 'createdon'])),
    };
  });
  requests.sort((one, other) => other.askedOn - one.askedOn);
  return requests[0] ?? null;
}

/** Approves a request: one decision a request, which nobody can change. @returns id of the decision */
export async function approve(request: ApprovalRequest, comment: string): Promise<string> {
  const { id } = await Xrm.WebApi.createRecord('crmjira_budget_decision', {
    ...decisionRow(request.id, ApprovalStatus.Approved, new Date().toISOString()),
    // One that was made elsewhere may have none.
    crmjira_name: request.name || undefined,
    crmjira_comment: comment || undefined,
  });
  return id;
}

/** The mapping of this record with its project's address and final report; undefined before there is one. */
export async function readMapping(
  formContext: Xrm.FormContext,
): Promise<{ readonly url: string | null; readonly reportId: string | null } | undefined> {
  const mappings = await Xrm.WebApi.retrieveMultipleRecords(
    'crmjira_budget_mapping',
    '?$select=crmjira_budget_mappingid,crmjira_jira_project_url' +
      `&$filter=_crmjira_opportunity_id_value eq ${recordId(formContext)}&$top=1`,
  );
  const [mapping] = mappings.entities;
  if (mapping === undefined) return undefined;
  const reports = await Xrm.WebApi.retrieveMultipleRecords(
    'crmjira_final_report',
    `?$select=crmjira_final_reportid&$filter=_crmjira_budget_mapping_id_value eq ${String(mapping['crmjira_budget_mappingid'])}&$top=1`,
  );
  return {
    url: mapping['crmjira_jira_project_url'] ?? null,
    reportId: reports.entities[0]?.['crmjira_final_reportid'] ?? null,
  };
}

/** What the mapping of this record says of the last attempt; null before there is one. */
export async function readAttempt(formContext: Xrm.FormContext): Promise<AttemptFacts | null> {
  const { entities } = await Xrm.WebApi.retrieveMultipleRecords(
    'crmjira_budget_mapping',
    '?$select=crmjira_provisioning_state,crmjira_last_error' +
      `&$filter=_crmjira_opportunity_id_value eq ${recordId(formContext)}&$top=1`,
  );
  const [mapping] = entities;
  if (mapping === undefined) return null;
  return {
    provisioning: mapping['crmjira_provisioning_state'] ?? null,
    lastError: mapping['crmjira_last_error'] ?? null,
  };
}
