/**
 * A Dataverse and a Jira small enough for property tests: plan() is run against it until nothing is left to do. It keeps the
 * rows as plan() writes them and reads the facts back from these rows, so a write that no reader would find shows up.
 */
import type { AlertLevel, BudgetStatus, MappingStatus } from '@crmjira/domain';
import {
  detailColumns,
  type ProjectDetails,
  type Action,
  type AllocationFacts,
  type AskedCommand,
  type Decider,
  ApprovalStatus,
  CommandState,
  type CrmFacts,
  type JiraFacts,
  type Language,
  type Money,
  type Policy,
  type RequestNotice,
  type RowWrite,
  alertEmailId,
  approvalMailId,
  askedBy,
  currentRequest,
  decisionRefusal,
  jiraKey,
  judgeCommands,
  linkCommand,
  type LinkTarget,
  targetOf,
  moneyFromDecimal,
  opportunityCloseId,
  plan,
  process,
  requestMailId,
  snoozeLogId,
  teamText,
  wishedCurrency,
} from '@crmjira/domain';

export const OPPORTUNITY = 'a1b2c3d4-e5f6-7890-abcd-ef1234567890';
export const OWNER = '87654321-abcd-ef12-3456-7890abcdef12';
export const MANAGER = '0b0e3c6e-54f1-4c0e-9a67-2f6f7b5d1a01';
/** user that the service works as */
const SERVICE = '0b0e3c6e-54f1-4c0e-9a67-2f6f7b5d1b02';
const CURRENCY_ROWS: Readonly<Record<string, string>> = {
  CAD: '0b0e3c6e-54f1-4c0e-9a67-2f6f7b5d1ccc',
  USD: '0b0e3c6e-54f1-4c0e-9a67-2f6f7b5d1ddd',
};
/** The currency that a row is bound to. */
const currencyOf = (row: Row | undefined): string =>
  Object.entries(CURRENCY_ROWS).find(([, id]) =>
    String(row?.['transactioncurrencyid@odata.bind'] ?? '').includes(id),
  )?.[0] ?? 'CAD';
/** The environment that the world plays in. */
export const ORGANIZATION = '5a8d2c1e-0000-4000-8000-00000000c0de';
export const CONNECTION = '5a8d2c1e-0000-4000-8000-000000000c01';

export const POLICY: Policy = {
  budgetThreshold: 10000,
  warningThreshold: 80,
  defaultCurrency: 'CAD',
  budgetPeriodMonths: 12,
  taskDueDays: 1,
  provisioningLimit: 20,
  autoApproveOnProvision: false,
  autoAdvanceStages: true,
  writeSpentToActualValue: true,
  redactAmountsInEmail: false,
  financeControllerEmail: 'finance.controller@company.com',
  administratorMailbox: 'admin@company.com',
  defaultHourlyRate: 150,
  archiveJiraProject: true,
  completeOnRootIssueDone: true,
  budgetSource: 'computed',
  connectionId: CONNECTION,
  recordUrl: null,
};

export const cad = (major: number | string): Money => moneyFromDecimal(major, 'CAD');

type Row = Record<string, unknown> & { id: string; version: number };

export interface Project {
  readonly id: string;
  key: string;
  readonly name: string;
  ownership: { opportunityId: string; reference: string; organization: string } | null;
}

export interface Decision {
  readonly outcome: ApprovalStatus;
  readonly by: string;
  readonly mayApprove?: boolean;
  readonly limit?: number;
  readonly comment?: string;
  readonly ownerLanguage?: 1033 | 3084;
}

export interface Approval {
  readonly amount: number;
  readonly currency?: string;
  readonly id?: string;
  readonly by?: string;
  readonly byEmail?: string;
  readonly askedOn?: string;
  readonly decidedOn?: string;
  readonly decision?: Decision;
  /** those who can decide; left out: nobody is told (F-105) */
  readonly approvers?: RequestNotice['approvers'];
}

export class World {
  readonly tables = new Map<string, Map<string, Row>>();
  readonly projects: Project[] = [];
  /** of alerts */
  readonly sentMails: string[] = [];
  readonly sentTeamMails: string[] = [];
  readonly applied: Action[] = [];
  rootIssueDone = false;
  projectArchived = false;
  lead = 'Power Platform Integration';
  projectDeleted = false;
  /** whoever asks may have any project linked */
  projectsAreLinkable = true;
  archivingSupported = true;
  rootIssues: {
    id: string;
    key: string;
    opportunityId: string;
    accountId: string | null;
    budgetStatus: string;
    approvedAmount: number;
  }[] = [];
  /** the budget in Jira: null for the computed source */
  budgetAmount: Money | null = null;
  readonly setAmounts: Money[] = [];
  spent = cad(0);
  hours = 0;
  history: { day: string; spent: Money; hours: number }[] = [];
  /** when one of the project's issues was last changed */
  changedOn: string | null = null;
  /** work by person and month; undefined: the budget source does not tell persons */
  allocation: AllocationFacts[] | undefined;
  takenKeys = new Set<string>();
  approval: Approval | null = null;
  /** a grant that the request above has overtaken */
  earlierGrant: Approval | null = null;
  /** when the decision was made that a request tells of, by the id of its row */
  readonly toldDecisions = new Map<string, string>();
  /** on requests that were opened again, by the id of their row */
  readonly decisions = new Map<string, Decision>();
  /** those who can decide on the amount */
  deciders: Decider[] = [];
  requesterIsEnabled = true;
  opportunityExists = true;
  connectionOrganization: string | null = ORGANIZATION;
  earlierProvisionings = 0;
  deletionLogged = false;
  administratorId: string | null = null;
  /** the opportunity's; one Canadian dollar buys 0.80 US dollars */
  currency = 'CAD';
  ownerId = OWNER;
  ownerEmails = ['opportunity.owner@company.com'];
  ownerLanguage: Language = 1033;
  managerId = MANAGER;
  managerEmail: string | null = 'project.manager@company.com';
  managerLanguage: Language = 1033;
  /** users with a role in the project */
  team: string[] = [];
  opportunityState: 'open' | 'won' | 'lost' = 'open';
  now = '2025-01-15T14:00:00Z';
  /** milliseconds from the beginning of a run until Jira's figures are read */
  readingMs: number | null = null;
  private version = 1;

  constructor(
    budgetAmount: number | null,
    readonly policy: Policy = POLICY,
  ) {
    this.write('opportunity', OPPORTUNITY, {
      budgetamount: budgetAmount,
      crmjira_approval_status: ApprovalStatus.NotRequested,
    });
  }

  rows(table: string): Row[] {
    return [...(this.tables.get(table)?.values() ?? [])];
  }

  /** The mails of alerts: the project team's of an approval is not one. */
  alertMails(): Row[] {
    const ids = this.rows('crmjira_budget_alert').map(({ id }) => alertEmailId(id));
    return this.rows('email').filter(({ id }) => ids.includes(id));
  }

  row(table: string, id?: string): Row | undefined {
    return id === undefined ? this.rows(table)[0] : this.tables.get(table)?.get(id);
  }

  write(table: string, id: string, columns: Record<string, unknown>): void {
    if (!this.tables.has(table)) this.tables.set(table, new Map());
    const rows = this.tables.get(table)!;
    rows.set(id, { ...rows.get(id), ...columns, id, version: this.version++ });
  }

  /** Reads, plans and applies until the plan is empty. `stopAfter` cuts off as a crash would, after so many actions. */
  settle(stopAfter = Infinity): number {
    let count = 0;
    for (let round = 0; round < 30; round++) {
      const actions = plan(this.crm(), this.jira(), this.policy, this.now);
      if (actions.length === 0) return count;
      for (const action of actions) {
        if (count++ >= stopAfter) return count;
        this.apply(action);
      }
    }
    throw new Error(`the plan never ends: ${JSON.stringify(this.applied.slice(-3), null, 1)}`);
  }

  apply(action: Action): void {
    this.applied.push(action);
    switch (action.kind) {
      case 'dataverse.change-set':
        return this.applyChangeSet(action.writes);
      case 'dataverse.send-email':
        this.write('email', action.emailId, { sent: true });
        if (action.alertId === null) return void this.sentTeamMails.push(action.emailId);
        this.sentMails.push(action.emailId);
        return this.write('crmjira_budget_alert', action.alertId, { crmjira_emailed_on: this.now });
      case 'dataverse.move-stage':
        return this.write(process.uniqueName, action.instanceId, {
          activestageid: action.toStageId,
          traversedpath: action.traversedPath,
        });
      case 'dataverse.win-opportunity':
        this.opportunityState = 'won';
        this.write('opportunityclose', action.closeId, { ...action });
        return;
      case 'dataverse.finish-process':
        return this.write(process.uniqueName, action.instanceId, { statecode: 1 });
      case 'dataverse.reactivate-process':
        return this.write(process.uniqueName, action.instanceId, { statecode: 0 });
      case 'jira.archive-project':
        if (this.archivingSupported) this.projectArchived = true;
        return;
      case 'jira.restore-project':
        this.projectArchived = false;
        return;
      case 'jira.create-project':
        if (this.projects.some((project) => project.key === action.key))
          throw new Error(`second project ${action.key}`);
        this.projects.push({
          id: String(10150 + this.projects.length),
          key: action.key,
          name: action.name,
          ownership: null,
        });
        return;
      case 'jira.set-ownership':
        this.projects.find((project) => project.id === action.projectId)!.ownership = { ...action.ownership };
        return;
      case 'budget.create':
        this.budgetAmount = action.amount;
        return;
      case 'budget.set-amount':
        this.budgetAmount = action.amount;
        this.setAmounts.push(action.amount);
        return;
      case 'jira.create-root-issue':
        this.rootIssues.push({ id: '1', key: 'K-1', ...action.fields });
        return;
      case 'jira.update-root-issue':
        this.rootIssues = this.rootIssues.map((issue) => ({ ...issue, ...action.fields }));
        return;
      case 'jira.assign-team':
        this.team = [...this.team.filter((user) => !action.leaving.includes(user)), ...action.members];
        this.write('crmjira_budget_mapping', action.mappingId, { crmjira_team: teamText(action.members) });
    }
  }

  /** As Dataverse: all or nothing; a create of an existing row and a stale ETag drop the whole change set. */
  private applyChangeSet(all: readonly RowWrite[]): void {
    // The request that a person has made is no row of this world.
    const isTold = ({ op, table }: RowWrite): boolean => op === 'update' && table === 'crmjira_budget_approval';
    for (const { id, columns } of all.filter(isTold))
      this.toldDecisions.set(id, String((columns as Record<string, unknown>)['crmjira_decided_on']));
    const writes = all.filter((write) => !isTold(write));
    for (const { op, table, id, ifMatch } of writes) {
      const stored = this.row(table, id);
      if (op === 'create' && stored) throw new Error(`412: ${table} ${id} exists`);
      // The row is kept for what a test looks at, the record is gone.
      const isGone = table === 'opportunity' && !this.opportunityExists;
      if (op === 'update' && (!stored || isGone)) throw new Error(`404: ${table} ${id}`);
      if (ifMatch !== undefined && String(stored?.version) !== ifMatch) throw new Error(`412: ${table} ${id} changed`);
    }
    for (const { table, id, columns } of writes) this.write(table, id, columns as Record<string, unknown>);
    for (const { table, id } of writes)
      if (table === 'crmjira_budget_approval') this.write(table, id, { createdon: this.now });
  }

  private mailState(id: string): 'sent' | 'draft' | null {
    const mail = this.row('email', id);
    return mail === undefined ? null : mail.sent === true ? 'sent' : 'draft';
  }

  /** The request that counts: what a person asked for, or the row in which the service has opened it again. */
  private approvalFacts(approval = this.approval): CrmFacts['approval'] {
    if (!approval) return null;
    const asked = {
      id: approval.id ?? '00000000-0000-4000-8000-000000000001',
      createdById: approval.by ?? OWNER,
      createdOn: approval.askedOn ?? '2025-01-15T14:00:00Z',
      requestedById: null as string | null,
      requestedOn: null as string | null,
      amount: approval.amount,
      decision: approval.decision,
    };
    const reopened = this.rows('crmjira_budget_approval').map((row) => ({
      id: row.id,
      createdById: SERVICE,
      createdOn: String(row.createdon),
      requestedById: /\((.+)\)/.exec(String(row['crmjira_requested_by@odata.bind']))?.[1] ?? null,
      requestedOn: String(row.crmjira_requested_on),
      amount: Number(row.crmjira_amount),
      decision: this.decisions.get(row.id),
    }));
    const request = currentRequest([...reopened.reverse(), asked], SERVICE)!;
    const { decision } = request;
    const decisionId = `${request.id.slice(0, -1)}${request === asked ? '2' : 'd'}`;
    const refusalTold = this.rows('crmjira_command').some((row) => row.crmjira_argument === `decision ${decisionId}`);
    const facts = {
      requestId: request.id,
      amount: moneyFromDecimal(request.amount, approval.currency ?? 'CAD'),
      amountInBase: cad(request.amount),
      requestedById: askedBy(request, SERVICE).id,
      requestedOn: askedBy(request, SERVICE).on,
      requesterEmail: approval.byEmail ?? 'opportunity.owner@company.com',
      teamMail: this.mailState(approvalMailId(request.id)),
      toldDecisionOn: this.toldDecisions.get(request.id) ?? null,
      decision: decision
        ? {
            id: decisionId,
            outcome: decision.outcome,
            decidedById: decision.by,
            decidedOn: approval.decidedOn ?? asked.createdOn,
            comment: decision.comment ?? null,
            deciderMayApprove: decision.mayApprove ?? true,
            deciderLimit: decision.limit === undefined ? null : cad(decision.limit),
            refusalTold,
            language: 1033 as const,
            ownerLanguage: decision.ownerLanguage ?? (1033 as const),
          }
        : null,
      reopening: null,
      ...(decision === undefined && approval.approvers
        ? {
            notice: {
              mail: this.mailState(requestMailId(request.id)),
              requestedBy: 'Sam Sales',
              comment: 'Scope <grew>',
              approvers: approval.approvers,
            },
          }
        : {}),
    };
    if (refusalTold || decisionRefusal(facts) !== 'over-limit') return facts;
    const { deciders, requesterIsEnabled } = this;
    const currencyId = CURRENCY_ROWS[facts.amount.currency]!;
    const reopening = {
      name: 'Ask',
      comment: 'Scope.',
      currencyId,
      requesterIsEnabled,
      deciders,
    };
    return { ...facts, reopening };
  }

  /** Commands with whoever gave them; columns of the world's own say what Dataverse would answer. */
  private askedCommands(): AskedCommand[] {
    return this.rows('crmjira_command')
      .filter((command) => command.crmjira_command_state === CommandState.Requested)
      .map((command) => ({
        command: {
          id: command.id,
          type: command.crmjira_command_type as never,
          argument: command.crmjira_argument == null ? null : String(command.crmjira_argument),
          ...(command.target === undefined ? {} : { target: command.target as LinkTarget | null }),
          requestedById: OWNER,
          byAdministrator: command.byAdministrator === true,
          language: command.language === 3084 ? 3084 : 1033,
        },
        asker: { isService: command.isService === true, mayWrite: command.mayWrite !== false },
      }));
  }

  crm(): CrmFacts {
    const opportunity = this.row('opportunity', OPPORTUNITY)!;
    const mapping = this.row('crmjira_budget_mapping');
    const instance = this.row(process.uniqueName);
    const amountIn =
      (currency: string) =>
      (value: unknown): Money | null =>
        value == null ? null : moneyFromDecimal(value as number, currency);
    const own = amountIn(this.currency);
    const amount = amountIn(currencyOf(mapping));
    const text = (value: unknown): string | null => (value == null ? null : String(value));
    const num = (value: unknown): number | null => (value == null ? null : Number(value));
    const mappingFacts: CrmFacts['mapping'] = mapping
      ? {
          id: mapping.id,
          version: String(mapping.version),
          projectKey: String(mapping.crmjira_jira_project_key),
          projectId: text(mapping.crmjira_jira_project_id),
          budgetId: text(mapping.crmjira_jira_budget_id),
          reference: String(mapping.crmjira_integration_reference),
          connectionId: /\((.+)\)/.exec(String(mapping['crmjira_integration_id@odata.bind']))?.[1] ?? CONNECTION,
          currencyId: CURRENCY_ROWS[currencyOf(mapping)] ?? null,
          approved: amount(mapping.crmjira_approved_budget)!,
          spent: amount(mapping.crmjira_spent_amount)!,
          remaining: amount(mapping.crmjira_remaining_budget)!,
          jiraAmount: amount(mapping.crmjira_jira_amount),
          budgetAmountSeen: amount(mapping.crmjira_budget_amount_seen),
          status: mapping.crmjira_budget_status as BudgetStatus,
          mappingStatus: mapping.crmjira_mapping_status as MappingStatus,
          provisioningState: mapping.crmjira_provisioning_state as never,
          source: mapping.crmjira_budget_source as never,
          periodFrom: text(mapping.crmjira_period_from),
          periodTo: text(mapping.crmjira_period_to),
          utilization: num(mapping.crmjira_utilization),
          totalHours: num(mapping.crmjira_total_hours),
          lastAlertLevel: mapping.crmjira_last_alert_level as AlertLevel,
          lastSyncOn: text(mapping.crmjira_last_sync_date),
          lastEventOn: text(mapping.crmjira_last_event_on),
          lastError: text(mapping.crmjira_last_error),
          completedOn: text(mapping.crmjira_completed_on),
          projectArchived: mapping.crmjira_project_archived === true,
          details: Object.fromEntries(
            detailColumns.map((column) => [column, mapping[column] ?? null]),
          ) as unknown as ProjectDetails,
          discrepancies: text(mapping.crmjira_discrepancies),
          heldOn: text(mapping.crmjira_held_on),
          releasedOn: text(mapping.crmjira_released_on),
          historyFrom: text(mapping.crmjira_history_from),
          team: text(mapping.crmjira_team),
        }
      : null;
    const approvals = {
      approval: this.approvalFacts(),
      earlierGrant: this.earlierGrant && this.approvalFacts(this.earlierGrant),
    };
    const opportunityFacts: CrmFacts['opportunity'] = this.opportunityExists
      ? {
          id: OPPORTUNITY,
          name: 'Digital Transformation Project - Acme Corp',
          description: 'Complete digital transformation including cloud migration and process automation',
          state: this.opportunityState,
          currency: this.currency,
          currencyId: CURRENCY_ROWS[this.currency]!,
          budgetAmount: own(opportunity.budgetamount),
          projectBudget: own(opportunity.crmjira_project_budget),
          actualValue: own(opportunity.actualvalue),
          accountId: '12345678-90ab-cdef-1234-567890abcdef',
          accountName: 'Acme Corp',
          ownerId: this.ownerId,
          ownerType: 'systemuser',
          projectManagerId: this.managerId,
          jiraProjectKey: text(opportunity.crmjira_jira_project_key),
          integrationReference: text(opportunity.crmjira_integration_reference),
          budgetStatus: (opportunity.crmjira_budget_status as BudgetStatus | undefined) ?? null,
          approvalStatus: opportunity.crmjira_approval_status as ApprovalStatus,
          approvedOn: text(opportunity.crmjira_approved_on),
          reviewRequired: opportunity.crmjira_budget_review_required === true,
          reviewNote: text(opportunity.crmjira_budget_review_note),
          alertsSnoozedUntil: text(opportunity.crmjira_alerts_snoozed_until),
          alertsSnoozeReason: text(opportunity.crmjira_alerts_snooze_reason),
          alertsInDigest: opportunity.crmjira_alerts_in_digest === true,
          stepsDone: Object.keys(opportunity).filter((c) => c.startsWith('crmjira_step_') && opportunity[c] === true),
        }
      : null;
    const snoozeLog = opportunityFacts && snoozeLogId(opportunityFacts);
    return {
      ...(snoozeLog ? { snoozeNoted: this.row('crmjira_integration_log', snoozeLog) !== undefined } : {}),
      organizationId: ORGANIZATION,
      opportunityId: OPPORTUNITY,
      connectionOrganizationId: this.connectionOrganization,
      earlierProvisionings: this.earlierProvisionings,
      deletionLogged: this.deletionLogged,
      administratorId: this.administratorId,
      oldestSnapshotDay: this.snapshotDays()[0] ?? null,
      opportunity: opportunityFacts,
      mapping: mappingFacts,
      process: instance
        ? {
            instanceId: instance.id,
            activeStageId: String(instance.activestageid ?? process.stages.OpportunityQualification),
            traversedPath: String(instance.traversedpath),
            finished: instance.statecode === 1,
          }
        : null,
      alerts: this.rows('crmjira_budget_alert').map((alert) => ({
        id: alert.id,
        level: alert.crmjira_alert_level as AlertLevel,
        crossingNo: Number(alert.crmjira_crossing_no),
        raisedOn: String(alert.crmjira_raised_on),
        clearedOn: text(alert.crmjira_cleared_on),
        emailedOn: text(alert.crmjira_emailed_on),
        emailId: this.row('email', alertEmailId(alert.id)) ? alertEmailId(alert.id) : null,
        emailIsDraft: this.row('email', alertEmailId(alert.id))?.sent !== true,
        isSnoozed: alert.crmjira_snoozed_until != null,
        inDigest: alert.crmjira_in_digest === true,
      })),
      ...approvals,
      ...judgeCommands(this.askedCommands(), { mapping: mappingFacts, ...approvals }),
      snapshots: this.rows('crmjira_budget_snapshot')
        .sort((a, b) => (String(a.crmjira_snapshot_date) < String(b.crmjira_snapshot_date) ? -1 : 1))
        .map((snapshot) => ({
          day: String(snapshot.crmjira_snapshot_date),
          spent: amount(snapshot.crmjira_spent_amount)!,
          approved: amount(snapshot.crmjira_approved_budget)!,
          totalHours: num(snapshot.crmjira_total_hours),
          remainingEstimateHours: num(snapshot.crmjira_remaining_estimate_hours),
          doneFraction: num(snapshot.crmjira_done_fraction),
        })),
      finalReport:
        this.rows('crmjira_final_report').map((report) => ({
          actual: amount(report.crmjira_actual)!,
          approved: amount(report.crmjira_approved)!,
          totalHours: Number(report.crmjira_total_hours),
        }))[0] ?? null,
      closeActivityExists:
        mapping?.crmjira_completed_on != null &&
        this.row('opportunityclose', opportunityCloseId(mapping.id, String(mapping.crmjira_completed_on))) !==
          undefined,
      ownerEmails: this.ownerEmails,
      ownerUserId: this.ownerId,
      projectManagerEmail: this.managerEmail,
      ownerLanguage: this.ownerLanguage,
      readerLanguages: new Map([
        ...(this.managerEmail === null ? [] : [[this.managerEmail, this.managerLanguage] as const]),
        ...this.ownerEmails.map((email) => [email, this.ownerLanguage] as const),
      ]),
      ...(this.allocation
        ? {
            allocations: this.rows('crmjira_resource_allocation').map((row) => ({
              id: row.id,
              person: String(row.crmjira_person),
              hours: Number(row.crmjira_hours),
              cost: amount(row.crmjira_cost)!,
            })),
          }
        : {}),
      referenceTakenByOther: false,
      senderQueueId: '5a8d2c1e-0000-4000-8000-0000000000aa',
    };
  }

  /** The project that a command wants linked, else the one that is ours. */
  private project(crm: CrmFacts): Project | undefined {
    const link = linkCommand(crm);
    if (link?.argument != null) {
      const wanted = targetOf(link)?.project;
      return this.projects.find(({ id, key }) => id === wanted || key === wanted);
    }
    const { mapping } = crm;
    return this.projects.find(
      (candidate) =>
        candidate.id === mapping?.projectId ||
        candidate.ownership?.opportunityId === OPPORTUNITY ||
        (candidate.ownership === null && candidate.key === mapping?.projectKey),
    );
  }

  jira(crm = this.crm()): JiraFacts {
    const project = this.project(crm);
    if (!project && linkCommand(crm)) return { state: 'no-link-target' };
    if (!project && !crm.opportunity) return { state: 'not-read' };
    if (this.projectDeleted && crm.mapping?.projectId != null)
      return { state: 'deleted', projectId: crm.mapping.projectId };
    const currency = wishedCurrency(crm) ?? 'CAD';
    const shown = (amount: Money): Money =>
      currency === amount.currency ? amount : moneyFromDecimal((amount.minor / 100) * 0.8, currency);
    if (!project) {
      let n = 0;
      while (this.takenKeys.has(jiraKey(OPPORTUNITY, n))) n++;
      return { state: 'absent', freeKey: jiraKey(OPPORTUNITY, n), nameTaken: false };
    }
    return {
      state: 'found',
      ...(linkCommand(crm) ? { isLinkable: this.projectsAreLinkable } : {}),
      project: {
        id: project.id,
        key: project.key,
        name: project.name,
        url: `http://jira/projects/${project.key}`,
        lead: this.lead,
        status: 'To Do',
        archived: this.projectArchived,
        ownership: project.ownership,
        changedOn: this.changedOn,
        issuesDone: 0,
        issuesOpen: this.rootIssues.length,
        milestones: [],
      },
      budget:
        this.policy.budgetSource === 'computed' || this.budgetAmount
          ? {
              id: this.policy.budgetSource === 'computed' ? `COMPUTED-${project.id}` : 'BUD-12345',
              amount: this.policy.budgetSource === 'computed' || !this.budgetAmount ? null : shown(this.budgetAmount),
              spent: shown(this.spent),
              hours: this.hours,
              remainingEstimateHours: null,
              doneFraction: null,
              history: this.history,
              ...(this.readingMs === null
                ? {}
                : { readOn: new Date(Date.parse(this.now) + this.readingMs).toISOString() }),
              ...(this.allocation ? { allocation: this.allocation } : {}),
            }
          : null,
      rootIssue: this.rootIssues[0] ? { ...this.rootIssues[0], isDone: this.rootIssueDone } : null,
    };
  }

  /** Time logged in Jira since the start, at 125.00 an hour. */
  logHours(total: number): void {
    this.hours = total;
    this.spent = cad(total * 125);
  }

  snapshotDays(): string[] {
    return this.rows('crmjira_budget_snapshot')
      .map((snapshot) => String(snapshot.crmjira_snapshot_date))
      .sort();
  }

  activeStage(): string {
    const id = this.row(process.uniqueName)?.activestageid;
    return Object.entries(process.stages).find(([, stage]) => stage === id)?.[0] ?? 'none';
  }
}
