import { createHash, randomBytes } from 'node:crypto';
import { ADMINISTRATORS, SOFTWARE_USERS, categories, customFields, linkTypes } from './defaults';
import type {
  AttachmentRow,
  BudgetRow,
  CategoryRow,
  ChangeRow,
  CommentRow,
  ComponentRow,
  CustomFieldRow,
  DeletedWorklogRow,
  DeliveryRow,
  DenialRow,
  Edition,
  GrantRow,
  IssueLinkRow,
  IssueRow,
  LinkTypeRow,
  ProjectRow,
  PropertyRow,
  RemoteLinkRow,
  TempoProjectRow,
  TimesheetRow,
  TokenRow,
  UserRow,
  VersionRow,
  WebhookRow,
  WorklogRow,
} from './rows';
import type { Store } from './store';
import type { JiraEvent } from '../webhooks/events';

export interface SiteOptions {
  readonly publicUrl: string;
  readonly clock: () => Date;
  /** id of the first project of an empty site; E1 expects 10150 */
  readonly firstProjectId: number;
  /** rate of the tempo-budgets contract for worklogs that carry none, major units an hour */
  readonly defaultHourlyRate: number;
  /** accept `CRM-202501-A1B2C3D4` as a project key (contract-keys mode) */
  readonly contractKeys: boolean;
  /** what Data Center's `serverInfo` says, e.g. `10.3.24` */
  readonly dataCenterVersion: string;
}

/** Everything a Jira site holds, and the sequences its ids come from. */
export class Site {
  readonly users;
  readonly tokens;
  readonly denials;
  readonly grants;
  readonly categories;
  readonly projects;
  readonly versions;
  readonly components;
  readonly issues;
  readonly comments;
  readonly worklogs;
  readonly deletedWorklogs;
  readonly changes;
  readonly properties;
  readonly customFields;
  readonly remoteLinks;
  readonly linkTypes;
  readonly issueLinks;
  readonly attachments;
  readonly webhooks;
  readonly deliveries;
  readonly budgets;
  readonly tempoProjects;
  readonly timesheets;
  private readonly listeners: ((event: JiraEvent) => void)[] = [];

  constructor(
    private readonly store: Store,
    readonly options: SiteOptions,
  ) {
    this.users = store.collection<UserRow>('user');
    this.tokens = store.collection<TokenRow>('token', { digest: (row) => row.digest });
    this.denials = store.collection<DenialRow>('denial');
    this.grants = store.collection<GrantRow>('grant');
    this.categories = store.collection<CategoryRow>('category');
    this.projects = store.collection<ProjectRow>('project', { key: (row) => row.key });
    this.versions = store.collection<VersionRow>('version', { project: (row) => row.projectId });
    this.components = store.collection<ComponentRow>('component', { project: (row) => row.projectId });
    this.issues = store.collection<IssueRow>('issue', {
      key: (row) => row.key,
      project: (row) => row.projectId,
      parent: (row) => row.parentId,
    });
    this.comments = store.collection<CommentRow>('comment', { issue: (row) => row.issueId });
    this.worklogs = store.collection<WorklogRow>('worklog', { issue: (row) => row.issueId });
    this.deletedWorklogs = store.collection<DeletedWorklogRow>('deleted-worklog');
    this.changes = store.collection<ChangeRow>('change', { issue: (row) => row.issueId });
    this.properties = store.collection<PropertyRow>('property', { owner: (row) => row.owner });
    this.customFields = store.collection<CustomFieldRow>('custom-field');
    this.remoteLinks = store.collection<RemoteLinkRow>('remote-link', { issue: (row) => row.issueId });
    this.linkTypes = store.collection<LinkTypeRow>('link-type');
    this.issueLinks = store.collection<IssueLinkRow>('issue-link', {
      source: (row) => row.sourceId,
      destination: (row) => row.destinationId,
    });
    this.attachments = store.collection<AttachmentRow>('attachment', { issue: (row) => row.issueId });
    this.webhooks = store.collection<WebhookRow>('webhook');
    this.deliveries = store.collection<DeliveryRow>('delivery', { state: (row) => row.state });
    this.budgets = store.collection<BudgetRow>('budget', { project: (row) => row.projectKey });
    this.tempoProjects = store.collection<TempoProjectRow>('tempo-project');
    this.timesheets = store.collection<TimesheetRow>('timesheet');
    this.together(() => {
      if (this.categories.size === 0) categories.forEach((row) => this.categories.put(row));
      if (this.customFields.size === 0) customFields.forEach((row) => this.customFields.put(row));
      if (this.linkTypes.size === 0) linkTypes.forEach((row) => this.linkTypes.put(row));
    });
  }

  now(): string {
    return this.options.clock().toISOString();
  }

  /** Next numeric id of a kind, as text. Jira counts every kind from 10000. */
  nextId(kind: string, first = 10000): string {
    return String(this.store.next(kind, first));
  }

  together<Result>(work: () => Result): Result {
    return this.store.together(work);
  }

  /** Called after each change, with what the webhooks tell about it. */
  onEvent(listener: (event: JiraEvent) => void): void {
    this.listeners.push(listener);
  }

  emit(event: JiraEvent): void {
    for (const listener of this.listeners) listener(event);
  }

  /** By id, or by key or former key as they are written, in capitals; projects in the recycle bin are not found. */
  findProject(idOrKey: string): ProjectRow | undefined {
    const project = this.findProjectOrTrashed(idOrKey);
    return project?.deletedOn === null ? project : undefined;
  }

  findProjectOrTrashed(idOrKey: string): ProjectRow | undefined {
    return (
      this.projects.get(idOrKey) ??
      this.projects.where('key', idOrKey)[0] ??
      this.projects.all().find((project) => project.formerKeys.includes(idOrKey))
    );
  }

  /** By id, key or a key from before the project was renamed; not when its project is in the recycle bin. */
  findIssue(idOrKey: string): IssueRow | undefined {
    const key = idOrKey.toUpperCase();
    let issue = this.issues.get(idOrKey) ?? this.issues.where('key', key)[0];
    if (!issue) {
      const dash = key.lastIndexOf('-');
      const project = dash > 0 ? this.findProject(key.slice(0, dash)) : undefined;
      if (project) issue = this.issues.where('key', `${project.key}${key.slice(dash)}`)[0];
    }
    return issue && this.findProject(issue.projectId) ? issue : undefined;
  }

  /** By account id, or by Data Center's name or key. */
  findUser(id: string): UserRow | undefined {
    return this.users.get(id) ?? this.users.all().find((user) => user.name === id || user.key === id);
  }

  property(owner: PropertyRow['owner'], key: string): PropertyRow | undefined {
    return this.properties.get(`${owner}/${key}`);
  }

  setProperty(owner: PropertyRow['owner'], key: string, value: unknown): PropertyRow {
    return this.properties.put({ id: `${owner}/${key}`, owner, key, value });
  }

  /** Adds a person, or answers the one that has the address already. */
  addUser(person: {
    email: string;
    displayName: string;
    accountId: string;
    name?: string;
    admin?: boolean;
    app?: boolean;
  }): UserRow {
    const existing = this.users.all().find((user) => user.email === person.email);
    if (existing) return existing;
    return this.users.put({
      id: person.accountId,
      name: person.name ?? person.email.slice(0, person.email.indexOf('@')),
      key: `JIRAUSER${this.nextId('user-key', 10100)}`,
      displayName: person.displayName,
      email: person.email,
      active: true,
      // JQL reads dates in the caller's zone; everybody's is the site's
      timeZone: 'Etc/UTC',
      kind: person.app ? 'app' : 'atlassian',
      groups: person.admin ? [ADMINISTRATORS, SOFTWARE_USERS] : [SOFTWARE_USERS],
    });
  }

  /**
   * Makes a token for a person, or keeps the one of this name.
   * @param secret left out: a new one
   * @returns the token, which nothing tells again
   */
  giveToken(user: UserRow, edition: Edition, name: string, secret = randomBytes(24).toString('base64url')): string {
    const id = `${user.id}/${edition}/${name}`;
    if (!this.tokens.get(id))
      this.tokens.put({
        id,
        userId: user.id,
        edition,
        name,
        digest: digestOf(secret),
        createdOn: this.now(),
        revokedOn: null,
      });
    return secret;
  }

  /**
   * Whose token this is; null: nobody's, or one that was revoked.
   * @param email of whoever it has to be, as Cloud asks; left out: anybody
   */
  tokenOwner(edition: Edition, secret: string, email?: string): UserRow | null {
    const owners = this.tokens
      .where('digest', digestOf(secret))
      .filter((row) => row.edition === edition && row.revokedOn === null)
      .map(({ userId }) => this.users.get(userId));
    return owners.find((user) => user?.active && (email === undefined || user.email === email)) ?? null;
  }

  /** Whether somebody may see a project, or log work in it: everybody may unless they were denied it. */
  may(user: UserRow | null, wish: DenialRow['denies'], projectId: string): boolean {
    if (user === null) return false;
    if (user.groups.includes(ADMINISTRATORS)) return true;
    const denied = this.denials.get(`${projectId}/${user.id}`)?.denies;
    return denied === undefined || (denied === 'work' && wish === 'browse');
  }
}

const digestOf = (secret: string): string => createHash('sha256').update(secret).digest('hex');
