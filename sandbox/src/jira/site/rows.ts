/** What the site keeps. Rows are never changed in place: a change is a new row under the same id. */

/** A node of an Atlassian Document. */
export interface AdfNode {
  readonly type: string;
  readonly version?: number;
  readonly text?: string;
  readonly attrs?: Readonly<Record<string, unknown>>;
  readonly marks?: readonly unknown[];
  readonly content?: readonly AdfNode[];
}

/** Text as it was written: plain by REST v2, a document by v3. The other form is made on reading. */
export type RichText =
  | { readonly format: 'text'; readonly text: string }
  | { readonly format: 'adf'; readonly doc: AdfNode };

/** Instants are ISO 8601 in UTC with `Z`, days `yyyy-MM-dd`; Jira's own formats are made on reading. */
export interface UserRow {
  /** Atlassian account id */
  readonly id: string;
  /** Data Center login name */
  readonly name: string;
  /** Data Center user key */
  readonly key: string;
  readonly displayName: string;
  readonly email: string;
  readonly active: boolean;
  readonly timeZone: string;
  readonly kind: 'atlassian' | 'app';
  readonly groups: readonly string[];
  /** Jira wants them to solve a CAPTCHA first, as after too many wrong passwords. */
  readonly challenged?: boolean;
}

/** A token that a person has made: of Cloud an API token, of Data Center a personal access token. */
export interface TokenRow {
  readonly id: string;
  readonly userId: string;
  readonly edition: Edition;
  readonly name: string;
  /** SHA-256 in hexadecimal: Jira shows a token once */
  readonly digest: string;
  readonly createdOn: string;
  readonly revokedOn: string | null;
}

/** A token as it is kept: SHA-256 in hexadecimal, and until when it is taken, in milliseconds since 1970. */
export interface AccessRow {
  readonly digest: string;
  readonly until: number;
}

/** What a person has allowed an OAuth app, with the tokens that it has for that. */
export interface GrantRow {
  readonly id: string;
  readonly clientId: string;
  readonly userId: string;
  readonly scopes: readonly string[];
  /** Address of the site that they have chosen. */
  readonly siteUrl: string;
  readonly access: readonly AccessRow[];
  readonly refresh: readonly AccessRow[];
  readonly revokedOn: string | null;
}

/** What a person may not do in a project, unlike everybody else. */
export interface DenialRow {
  /** `<project>/<person>` */
  readonly id: string;
  readonly projectId: string;
  readonly userId: string;
  /** `browse` takes all rights along */
  readonly denies: 'browse' | 'work';
}

export interface CategoryRow {
  readonly id: string;
  readonly name: string;
  readonly description: string;
}

export interface ProjectRow {
  readonly id: string;
  readonly key: string;
  /** keys before a rename: still answer, as in Jira */
  readonly formerKeys: readonly string[];
  readonly name: string;
  readonly description: string;
  readonly leadId: string;
  readonly typeKey: string;
  readonly templateKey: string;
  /** team-managed ("next-gen"): global custom fields are not on its screens */
  readonly simplified: boolean;
  readonly categoryId: string | null;
  readonly url: string;
  readonly assigneeType: 'PROJECT_LEAD' | 'UNASSIGNED';
  readonly createdOn: string;
  readonly archivedOn: string | null;
  readonly archivedById: string | null;
  /** in the recycle bin since */
  readonly deletedOn: string | null;
  readonly deletedById: string | null;
  readonly lastIssueNumber: number;
  /** its workflow has the property `jira.issue.editable` = false on the status "Done" */
  readonly locksDone?: boolean;
  /** who plays which role; none stored: the lead administers the project */
  readonly roleActors?: readonly RoleActor[];
}

export interface RoleActor {
  readonly id: number;
  readonly roleId: number;
  readonly kind: 'user' | 'group';
  /** account id, or the group's name */
  readonly subject: string;
}

export interface VersionRow {
  readonly id: string;
  readonly projectId: string;
  readonly name: string;
  readonly description: string;
  readonly released: boolean;
  readonly archived: boolean;
  readonly startDate: string | null;
  readonly releaseDate: string | null;
}

export interface ComponentRow {
  readonly id: string;
  readonly projectId: string;
  readonly name: string;
  readonly description: string;
  readonly leadId: string | null;
}

export interface IssueRow {
  readonly id: string;
  readonly key: string;
  readonly projectId: string;
  readonly typeId: string;
  readonly summary: string;
  readonly description: RichText | null;
  readonly environment: RichText | null;
  readonly statusId: string;
  readonly statusChangedOn: string;
  readonly priorityId: string;
  readonly resolutionId: string | null;
  readonly resolvedOn: string | null;
  readonly assigneeId: string | null;
  readonly reporterId: string | null;
  readonly creatorId: string;
  readonly labels: readonly string[];
  readonly parentId: string | null;
  readonly fixVersionIds: readonly string[];
  readonly versionIds: readonly string[];
  readonly componentIds: readonly string[];
  readonly dueDate: string | null;
  /** seconds */
  readonly originalEstimate: number | null;
  /** seconds */
  readonly remainingEstimate: number | null;
  readonly createdOn: string;
  readonly updatedOn: string;
  /** values of custom fields by field id, as read by the API; select lists hold the option id */
  readonly custom: Readonly<Record<string, string | number | null>>;
  readonly watcherIds?: readonly string[];
  /** level of issue security; left out: none */
  readonly security?: { readonly id: string; readonly name: string };
}

export interface CommentRow {
  readonly id: string;
  readonly issueId: string;
  readonly authorId: string;
  readonly updateAuthorId: string;
  readonly body: RichText;
  readonly visibility?: Visibility | null;
  readonly createdOn: string;
  readonly updatedOn: string;
}

/** Whom a comment is for; everybody who sees the issue unless it says so. */
export interface Visibility {
  readonly type: 'role' | 'group';
  readonly value: string;
  readonly identifier: string;
}

export interface WorklogRow {
  readonly id: string;
  readonly issueId: string;
  readonly authorId: string;
  readonly updateAuthorId: string;
  readonly comment: RichText | null;
  readonly startedOn: string;
  readonly seconds: number;
  readonly createdOn: string;
  readonly updatedOn: string;
  /** Left out: everybody who sees the issue sees it. */
  readonly visibility?: Visibility | null;
}

export interface DeletedWorklogRow {
  readonly id: string;
  readonly deletedOn: string;
}

export interface ChangeItem {
  readonly field: string;
  readonly fieldId: string;
  readonly custom: boolean;
  readonly from: string | null;
  readonly fromString: string | null;
  readonly to: string | null;
  readonly toString: string | null;
}

export interface ChangeRow {
  readonly id: string;
  readonly issueId: string;
  readonly authorId: string;
  readonly createdOn: string;
  readonly items: readonly ChangeItem[];
  /** as the request gave it */
  readonly historyMetadata?: Readonly<Record<string, unknown>>;
}

export type PropertyOwner = 'project' | 'issue' | 'worklog' | 'comment' | 'user';

export interface PropertyRow {
  /** `<owner>/<owner id>/<key>` */
  readonly id: string;
  readonly owner: `${PropertyOwner}/${string}`;
  readonly key: string;
  readonly value: unknown;
}

export interface CustomFieldRow {
  /** `customfield_10100` */
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly type: 'textfield' | 'textarea' | 'float' | 'select' | 'datepicker' | 'url';
  readonly options: readonly { readonly id: string; readonly value: string }[];
  /** Data Center keeps epics in fields of its own */
  readonly onlyDataCenter?: boolean;
}

export interface RemoteLinkRow {
  readonly id: string;
  readonly issueId: string;
  readonly globalId: string | null;
  readonly url: string;
  readonly title: string;
  readonly summary: string;
  /** how the issue relates to it, e.g. `causes` */
  readonly relationship?: string | null;
  readonly application?: { readonly type?: string | undefined; readonly name?: string | undefined };
  readonly icon?: LinkIcon;
  readonly status?: { readonly resolved?: boolean | undefined; readonly icon?: LinkIcon | undefined };
}

export interface LinkIcon {
  readonly url16x16?: string | undefined;
  readonly title?: string | undefined;
  readonly link?: string | undefined;
}

export interface LinkTypeRow {
  readonly id: string;
  readonly name: string;
  /** how the destination stands to the source, e.g. `is blocked by` */
  readonly inward: string;
  /** how the source stands to the destination, e.g. `blocks` */
  readonly outward: string;
}

export interface IssueLinkRow {
  readonly id: string;
  readonly typeId: string;
  readonly sourceId: string;
  readonly destinationId: string;
}

export interface AttachmentRow {
  readonly id: string;
  readonly issueId: string;
  readonly authorId: string;
  readonly filename: string;
  readonly mimeType: string;
  /** bytes */
  readonly size: number;
  /** base64 */
  readonly content: string;
  readonly createdOn: string;
}

export interface WebhookRow {
  readonly id: string;
  /** registered by an administrator, by an app for thirty days, or in the budget module's own settings */
  readonly kind: 'admin' | 'dynamic' | 'module';
  readonly name: string;
  readonly description: string;
  readonly url: string;
  readonly events: readonly string[];
  readonly jql: string;
  readonly fieldIds: readonly string[] | null;
  readonly excludeBody: boolean;
  readonly enabled: boolean;
  readonly secret: string | null;
  readonly ownerId: string;
  readonly updatedOn: string;
  readonly expiresOn: string | null;
  readonly edition: Edition;
}

export type Edition = 'cloud' | 'dc';

export interface DeliveryRow {
  /** X-Atlassian-Webhook-Identifier: the same on every attempt */
  readonly id: string;
  readonly webhookId: string;
  readonly kind: WebhookRow['kind'];
  readonly event: string;
  readonly url: string;
  readonly body: string;
  readonly secret: string | null;
  readonly createdOn: string;
  readonly state: 'waiting' | 'delivered' | 'failed' | 'dropped';
  readonly nextAttemptOn: string | null;
  readonly attempts: readonly {
    readonly on: string;
    readonly status: number | null;
    readonly error: string | null;
    readonly ms: number;
  }[];
}

export interface BudgetRow {
  readonly id: string;
  readonly name: string;
  readonly projectKey: string;
  readonly amount: number;
  readonly currency: string;
  readonly from: string | null;
  readonly to: string | null;
  readonly budgetType: string;
  readonly status: string;
}

/** A project of Tempo Cloud: numbered by Tempo, made of Jira projects. */
/** A timesheet that is not open any more; its id is account and Monday of the week. */
export interface TimesheetRow {
  readonly id: string;
  readonly status: 'IN_REVIEW' | 'APPROVED';
}

export interface TempoProjectRow {
  readonly id: string;
  readonly name: string;
  readonly currency: string;
  readonly type: 'MONETARY_BASED' | 'TIME_BASED';
  readonly scope: { readonly type: string; readonly reference: string } | null;
  /** major units; null: none set */
  readonly budget: number | null;
  readonly timeframe: { readonly startDate: string; readonly endDate: string } | null;
  readonly expenses: readonly { readonly id: string; readonly date: string; readonly value: number }[];
}
