import type {
  AlertLevel,
  ApprovalStatus,
  BudgetSource,
  BudgetStatus,
  CommandType,
  MappingStatus,
  ProvisioningState,
} from '../../schema/generated/options';
import type { Money } from '../../money/money';
import type { Language } from '../../text/language';
import type { Need } from '../../authority/needs';
import type { LinkTarget } from '../link/link-target';
import type { ProjectDetailFacts, ProjectDetails } from './project-details';

/** A command that is not carried out, and the condition that does not hold. */
export interface RefusedCommand {
  readonly command: CommandFacts;
  readonly need: Need;
}

/** A request for approval that does not count. */
export interface RefusedRequest {
  readonly id: Guid;
  readonly need: Need;
  readonly amount: Money;
  readonly requestedById: Guid;
  /** of the requester */
  readonly language: Language;
}

/** Lower-case hyphenated GUID. */
export type Guid = string;
/** ISO 8601 instant in UTC with `Z`. */
export type Instant = string;
/** Calendar day `yyyy-MM-dd`. */
export type Day = string;

export interface OpportunityFacts {
  readonly id: Guid;
  /** `versionnumber` of the row; it grows with each write. */
  readonly version?: number;
  readonly name: string;
  readonly description: string | null;
  readonly state: 'open' | 'won' | 'lost';
  /** ISO code of the row's transaction currency; the policy's default when the row has none. */
  readonly currency: string;
  /** `transactioncurrency` row of that currency */
  readonly currencyId: Guid;
  readonly budgetAmount: Money | null;
  readonly projectBudget: Money | null;
  readonly actualValue: Money | null;
  readonly accountId: Guid | null;
  readonly accountName: string | null;
  readonly ownerId: Guid;
  readonly ownerType: 'systemuser' | 'team';
  readonly projectManagerId: Guid | null;
  readonly jiraProjectKey: string | null;
  readonly integrationReference: string | null;
  readonly budgetStatus: BudgetStatus | null;
  readonly approvalStatus: ApprovalStatus;
  /** when the last approval was granted */
  readonly approvedOn: Instant | null;
  readonly reviewRequired: boolean;
  readonly reviewNote: string | null;
  /** last day (UTC) on which alerts are kept back; holds only with a reason (R-2306) */
  readonly alertsSnoozedUntil: Day | null;
  readonly alertsSnoozeReason: string | null;
  /** the owner is told of budget warnings once a day (R-2306) */
  readonly alertsInDigest: boolean;
  /** Automatic checklist steps of the process that are already ticked, e.g. `crmjira_step_project`. */
  readonly stepsDone: readonly string[];
}

export interface MappingFacts {
  readonly id: Guid;
  /** ETag of the row as read: idempotency key of what is written once, and guard of the change set. */
  readonly version: string;
  readonly projectKey: string;
  readonly projectId: string | null;
  readonly budgetId: string | null;
  readonly reference: string;
  readonly connectionId: Guid;
  /** `transactioncurrency` row of all its amounts; null on a row without one */
  readonly currencyId: Guid | null;
  readonly approved: Money;
  readonly spent: Money;
  readonly remaining: Money;
  readonly jiraAmount: Money | null;
  /** the opportunity's budget amount when it last became the approved amount; null on rows from before it was kept */
  readonly budgetAmountSeen: Money | null;
  readonly status: BudgetStatus;
  readonly mappingStatus: MappingStatus;
  readonly provisioningState: ProvisioningState;
  readonly source: BudgetSource;
  readonly periodFrom: Day | null;
  readonly periodTo: Day | null;
  /** percent, two decimals, as stored */
  readonly utilization: number | null;
  readonly totalHours: number | null;
  readonly lastAlertLevel: AlertLevel;
  readonly lastSyncOn: Instant | null;
  readonly lastEventOn: Instant | null;
  readonly lastError: string | null;
  /** kind of that error, by which it is worded in a person's language; null or left out on rows from before it was kept */
  readonly lastErrorCode?: string | null;
  /** since when runs fail for that reason; null or left out while they work */
  readonly failingSince?: Instant | null;
  /** when a failed run is tried again by itself; null or left out when none is due */
  readonly nextRetryOn?: Instant | null;
  readonly completedOn: Instant | null;
  readonly projectArchived: boolean;
  readonly details: ProjectDetails;
  /** JSON text as stored in `crmjira_discrepancies` */
  readonly discrepancies?: string | null;
  /** when the project was held back, as too many were to be created (R-2305) */
  readonly heldOn: Instant | null;
  readonly releasedOn: Instant | null;
  /** first day of the history to be back-filled; null for a project that we created (R-2303) */
  readonly historyFrom: Day | null;
  /** who was given a role in the Jira project, as `teamText` writes it */
  readonly team: string | null;
}

export interface AlertFacts {
  readonly id: Guid;
  readonly level: AlertLevel;
  readonly crossingNo: number;
  readonly raisedOn: Instant;
  readonly clearedOn: Instant | null;
  readonly emailedOn: Instant | null;
  readonly emailId: Guid | null;
  /** Draft e-mail of this alert: not yet handed to `SendEmail`. */
  readonly emailIsDraft: boolean;
  /** it was raised while alerts were snoozed and nobody has been told since (R-2306) */
  readonly isSnoozed: boolean;
  /** the owner is told in the daily digest */
  readonly inDigest: boolean;
}

/** The newest approval request of the opportunity with its decision, if there is one. */
export interface ApprovalFacts {
  readonly requestId: Guid;
  readonly amount: Money;
  /** the same amount in the organisation's base currency, at the request row's exchange rate */
  readonly amountInBase: Money;
  /** who asked first: a request that the service has opened again is still that person's */
  readonly requestedById: Guid;
  /** when that person asked */
  readonly requestedOn: Instant;
  /** null: the requester has none, or can no longer sign in; read only until the approval is taken over */
  readonly requesterEmail: string | null;
  /** the mail that tells of the decision: the project team of an approval, else who asked; null: there is none, or it is too old */
  readonly teamMail: 'draft' | 'sent' | 'cancelled' | null;
  /** when the decision was made that the request's own row tells of; null: it tells of none */
  readonly toldDecisionOn: Instant | null;
  /** its row tells of a decision, or names who decides, and the service did not write that */
  readonly isForged?: boolean;
  readonly decision: {
    readonly id: Guid;
    readonly outcome: ApprovalStatus;
    readonly decidedById: Guid;
    readonly decidedOn: Instant;
    readonly comment: string | null;
    /** Holds the role Budget Approver (or is in the configured team). */
    readonly deciderMayApprove: boolean;
    /** Greatest amount in base currency the decider may approve; null = no limit configured. */
    readonly deciderLimit: Money | null;
    /** the refused command row that explains this decision exists already */
    readonly refusalTold: boolean;
    /** of the decider */
    readonly language: Language;
    /** of the opportunity's owner, who is told what was decided; a team's is 1033 */
    readonly ownerLanguage: Language;
  } | null;
  /** what it takes to open the request again; read only while a decision over its limit has not been answered */
  readonly reopening: RequestReopening | null;
  /** left out once somebody has decided, and for a request that is too old to be news */
  readonly notice?: RequestNotice;
}

/** What the mail to those who can decide needs (F-105). */
export interface RequestNotice {
  /** null: there is none yet */
  readonly mail: 'draft' | 'sent' | 'cancelled' | null;
  /** the rest is read only while there is none */
  readonly requestedBy: string;
  readonly comment: string | null;
  /** role and limit let them decide on this amount */
  readonly approvers: readonly { readonly email: string | null; readonly language: Language }[];
}

/** What a request that is opened again takes along, and who is left to decide on it. */
export interface RequestReopening {
  readonly name: string | null;
  readonly comment: string | null;
  /** currency row of the amounts */
  readonly currencyId: Guid;
  /** false: may no longer sign in, and Dataverse gives that person no row */
  readonly requesterIsEnabled: boolean;
  /** those whose role and limit let them decide on this amount, by name; five at most */
  readonly deciders: readonly Decider[];
}

/** Somebody who can decide on a request. */
export interface Decider {
  readonly id: Guid;
  readonly name: string;
}

export interface CommandFacts {
  readonly id: Guid;
  readonly type: CommandType;
  readonly argument: string | null;
  readonly requestedById: Guid;
  /** the requester holds the role CRM-JIRA Integration Administrator or System Administrator */
  readonly byAdministrator: boolean;
  /** language of the sentence that answers it: the requester's (`usersettings.uilanguageid`), else 1033 */
  readonly language: Language;
  /** what it says already; absent: nothing yet */
  readonly result?: string | null;
  /** project that a link command names; null: none of a connected site; absent: its argument is key or id */
  readonly target?: LinkTarget | null;
}

export interface ProcessFacts {
  readonly instanceId: Guid;
  readonly activeStageId: Guid;
  /** comma-separated stage ids as stored */
  readonly traversedPath: string;
  /** finished or abandoned */
  readonly finished: boolean;
  /** ended without being finished, which everybody may do */
  readonly abandoned?: boolean;
  /** `versionnumber` of the row; it grows with each write */
  readonly version?: number;
  /** whoever wrote the row last was this service: what stands there is no person's move */
  readonly writtenByService?: boolean;
}

export interface SnapshotFacts {
  readonly day: Day;
  readonly spent: Money;
  readonly approved: Money;
  readonly totalHours: number | null;
  readonly remainingEstimateHours: number | null;
  readonly doneFraction: number | null;
}

/** What Dataverse says about one opportunity, read fresh for each plan. */
export interface CrmFacts {
  readonly organizationId: Guid;
  /** organization that the connection writes to Jira for; null before the first start (R-2302) */
  readonly connectionOrganizationId: Guid | null;
  /** Whom this is about, also once the row is gone. */
  readonly opportunityId: Guid;
  /** null: the opportunity was deleted; its mapping may live on as an orphan. */
  readonly opportunity: OpportunityFacts | null;
  readonly mapping: MappingFacts | null;
  readonly process: ProcessFacts | null;
  readonly alerts: readonly AlertFacts[];
  /** the request that was asked for last */
  readonly approval: ApprovalFacts | null;
  /** the last request before it whose grant holds, also where it was granted itself since */
  readonly earlierGrant?: ApprovalFacts | null;
  /** commands in state Requested or Running that may be carried out, oldest first */
  readonly commands: readonly CommandFacts[];
  /** those that may not; left out: none */
  readonly refusedCommands?: readonly RefusedCommand[];
  /** requests for approval that do not count and whose requester has not been told yet; left out: none */
  readonly refusedRequests?: readonly RefusedRequest[];
  /** projects announced within the hour before this one's, those held back left out; 0 once it is there (R-2305) */
  readonly earlierProvisionings: number;
  /** The log tells already that the mapping was deleted; read only where an open opportunity shows a key without one (R-1232). */
  readonly deletionLogged?: boolean;
  /** oldest snapshot, read only while history is to be back-filled */
  readonly oldestSnapshotDay: Day | null;
  /** newest snapshot of the mapping, if there is one (more, ascending by day, do no harm) */
  readonly snapshots: readonly SnapshotFacts[];
  readonly finalReport: FinalReportFacts | null;
  /** work by person and month as stored; undefined where the budget source does not tell persons */
  readonly allocations?: readonly StoredAllocation[];
  /** the close activity that completing this project writes exists already (`opportunityCloseId`) */
  readonly closeActivityExists: boolean;
  /** addresses: owner, or the members of an owner team; empty = none found */
  readonly ownerEmails: readonly string[];
  readonly ownerUserId: Guid | null;
  /** the log notes the snooze that stands on the opportunity; left out: there is none, or it was not looked for */
  readonly snoozeNoted?: boolean;
  /** of an owner who is a user; read only where there is something to tell, else 1033 is meant */
  readonly ownerLanguage?: Language;
  /** by address, of owners and project manager; read as the owner's */
  readonly readerLanguages?: ReadonlyMap<string, Language>;
  readonly projectManagerEmail: string | null;
  /** user whose address is the administrator's mailbox; read only for a completed project */
  readonly administratorId?: Guid | null;
  /** another opportunity already carries the reference that this one would get this month */
  readonly referenceTakenByOther: boolean;
  /** queue row the mails are sent from (`crmjira_SenderQueue`); null = not configured */
  readonly senderQueueId: Guid | null;
}

export interface JiraProjectFacts extends ProjectDetailFacts {
  /** numeric id as text */
  readonly id: string;
  readonly key: string;
  readonly archived: boolean;
  /** value of the project entity property `crmjira.opportunity`, null when absent */
  readonly ownership: { readonly opportunityId: Guid; readonly reference: string; readonly organization: Guid } | null;
  /** when one of its issues was last changed, logged work included; null or left out where Jira does not say */
  readonly changedOn?: Instant | null;
}

export interface BudgetFacts {
  readonly id: string;
  /** null: the source keeps no amount of its own (computed from worklogs) */
  readonly amount: Money | null;
  readonly spent: Money;
  readonly hours: number;
  /** when their reading ended: no work of a later moment is in them, though the run may have begun the day before; left out: now */
  readonly readOn?: Instant;
  /** null when no issue carries an estimate */
  readonly remainingEstimateHours: number | null;
  /** 0…1, null when no issue carries an estimate */
  readonly doneFraction: number | null;
  /** cumulative spend per UTC day, ascending: for back-filling snapshots; empty when the source keeps no history */
  readonly history: readonly { readonly day: Day; readonly spent: Money; readonly hours: number }[];
  /** work by person and month; undefined when the source does not tell persons */
  readonly allocation?: readonly AllocationFacts[];
  /** what the source tells and cannot be used; left out: nothing was left out */
  readonly unusable?: readonly Unusable[];
}

/** Something that Jira or a budget module tells and that is not used, so that it stops no run (F-304). */
export interface Unusable {
  /** id of the worklog, issue or budget; day of an entry that has no id */
  readonly of: string;
  readonly why: 'rate' | 'rate-not-allowed' | 'time' | 'estimate' | 'cost' | 'entry' | 'amount' | 'spent' | 'hours';
}

/** What one person did in one month, at today's rates. */
export interface AllocationFacts {
  /** first day of the month, UTC */
  readonly month: Day;
  /** account in Jira */
  readonly personId: string;
  readonly person: string;
  readonly hours: number;
  readonly cost: Money;
}

/** The stored figures of a person-month; its id is derived from mapping, month and person. */
export interface StoredAllocation extends Pick<AllocationFacts, 'person' | 'hours' | 'cost'> {
  readonly id: Guid;
}

export interface RootIssueFacts {
  readonly id: string;
  readonly key: string;
  readonly opportunityId: string | null;
  readonly accountId: string | null;
  /** label in Jira, e.g. `Overbudget` */
  readonly budgetStatus: string | null;
  readonly approvedAmount: number | null;
  /** its status is of the category Done */
  readonly isDone: boolean;
}

/** The stored final report, as far as later figures may change it. */
export interface FinalReportFacts {
  readonly actual: Money;
  readonly approved: Money;
  readonly totalHours: number;
}

/**
 * What Jira says about one opportunity's project, read fresh for each plan. `found` also when the project stands under the key
 * that the mapping has announced, with our name and without any owner: the creation that a crash cut off before its ownership
 * property was written.
 */
export type JiraFacts =
  | {
      readonly state: 'found';
      readonly project: JiraProjectFacts;
      readonly budget: BudgetFacts | null;
      readonly rootIssue: RootIssueFacts | null;
      /** whoever asks for the link may have this project linked; asked for a project that is to be linked only */
      readonly isLinkable?: boolean;
    }
  /** No project of ours; `freeKey` passed the preflight, `nameTaken` says whether the wished name exists already. */
  | { readonly state: 'absent'; readonly freeKey: string; readonly nameTaken: boolean }
  /** The mapping names a project id that Jira no longer has. */
  | { readonly state: 'deleted'; readonly projectId: string }
  /** The project that is to be linked is not there, or not for us to see. */
  | { readonly state: 'no-link-target' }
  /** Nothing is to be asked of Jira for this opportunity (no mapping, not to be provisioned). */
  | { readonly state: 'not-read' };
