import type { Day, Guid, Instant } from './facts';
import type { Money } from '../../money/money';
import type { TableRows } from '../../schema/rows';

/** Columns of a write; null takes a lookup away. */
export type WrittenColumns<Table extends keyof TableRows> = {
  readonly [Column in keyof TableRows[Table]]?:
    | TableRows[Table][Column]
    | (Column extends `${string}@odata.bind` ? null : never);
};

/** One row write inside a change set. `create` is answered by 412 when the row exists: it is then taken as done. */
export type RowWrite = {
  [Table in keyof TableRows]: {
    readonly op: 'create' | 'update' | 'upsert';
    readonly table: Table;
    readonly id: Guid;
    readonly columns: WrittenColumns<Table>;
    /** ETag that must still hold; the change set is dropped and planned anew when it does not. */
    readonly ifMatch?: string;
  };
}[keyof TableRows];

export type Action =
  /** All writes or none, in one $batch change set. `because` goes to the log in words. */
  | { readonly kind: 'dataverse.change-set'; readonly because: string; readonly writes: readonly RowWrite[] }
  /** Hands a draft to `SendEmail`, then notes the time on its alert, if it is an alert's. */
  | { readonly kind: 'dataverse.send-email'; readonly emailId: Guid; readonly alertId: Guid | null }
  /** One adjacent stage; follows the committed change set (ADR-3). */
  | {
      readonly kind: 'dataverse.move-stage';
      readonly instanceId: Guid;
      readonly fromStageId: Guid;
      readonly toStageId: Guid;
      readonly traversedPath: string;
    }
  /** Closes the opportunity as won by the WinOpportunity action, with its close activity. */
  | {
      readonly kind: 'dataverse.win-opportunity';
      readonly opportunityId: Guid;
      readonly closeId: Guid;
      readonly subject: string;
      /** null: the spent amount is not written to revenue columns */
      readonly actualRevenue: Money | null;
      readonly actualEnd: Instant;
    }
  /** The process is complete. */
  | { readonly kind: 'dataverse.finish-process'; readonly instanceId: Guid }
  /** The process was finished too early: it is active again on the stage where it stood. */
  | { readonly kind: 'dataverse.reactivate-process'; readonly instanceId: Guid }
  /** Where Jira does not offer archiving, this is noted and not an error. */
  | { readonly kind: 'jira.archive-project'; readonly projectId: string; readonly subject: LogSubject }
  | { readonly kind: 'jira.restore-project'; readonly projectId: string }
  /** Gives `members` a project role and takes it from `leaving`, then notes the team on the mapping; who is not found is reported. */
  | {
      readonly kind: 'jira.assign-team';
      readonly projectId: string;
      readonly projectKey: string;
      readonly mappingId: Guid;
      readonly mappingVersion: string;
      readonly opportunityId: Guid;
      readonly members: readonly Guid[];
      readonly leaving: readonly Guid[];
    }
  | {
      readonly kind: 'jira.create-project';
      readonly key: string;
      readonly name: string;
      readonly description: string;
      readonly ownership: { readonly opportunityId: Guid; readonly reference: string; readonly organization: Guid };
    }
  | {
      readonly kind: 'jira.set-ownership';
      readonly projectId: string;
      readonly ownership: { readonly opportunityId: Guid; readonly reference: string; readonly organization: Guid };
    }
  | {
      readonly kind: 'budget.create';
      readonly projectId: string;
      readonly projectKey: string;
      readonly name: string;
      readonly amount: Money;
      readonly from: Day;
      readonly to: Day;
    }
  | {
      readonly kind: 'budget.set-amount';
      readonly budgetId: string;
      readonly projectId: string;
      readonly amount: Money;
    }
  | {
      readonly kind: 'jira.create-root-issue';
      readonly projectId: string;
      readonly summary: string;
      readonly fields: RootIssueFields;
    }
  /** `found` and `fields`: what Jira says and what it is to say, where the two differ; `wished`: all four values. */
  | {
      readonly kind: 'jira.update-root-issue';
      readonly projectId: string;
      readonly issueId: string;
      readonly found: Partial<StoredRootIssue>;
      readonly fields: Partial<RootIssueFields>;
      readonly wished: RootIssueFields;
      readonly subject: LogSubject;
    };

/** Subject of a log row that only the applier can write, because only the applier sees the outcome. */
export interface LogSubject {
  readonly mappingId: Guid;
  readonly projectKey: string;
  readonly opportunityId: Guid;
}

/** The four values as Jira has them: each may have been emptied. */
export type StoredRootIssue = { readonly [Field in keyof RootIssueFields]: RootIssueFields[Field] | null };

/** The four values of D-7.1; ids of the fields are the Jira client's business. */
export interface RootIssueFields {
  readonly opportunityId: string;
  readonly accountId: string | null;
  readonly budgetStatus: string;
  readonly approvedAmount: number;
}
