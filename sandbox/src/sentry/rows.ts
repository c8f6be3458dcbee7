/** A project of the organization. */
export interface SentryProject {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly platform: string;
  readonly dateCreated: string;
}

export type IssueStatus = 'unresolved' | 'resolved' | 'ignored';
export type Substatus = 'new' | 'ongoing' | 'regressed' | 'escalating' | 'archived_until_escalating';

/** An issue of Sentry: events that are one error. */
export interface SentryIssue {
  readonly id: string;
  readonly shortId: string;
  readonly projectId: string;
  readonly title: string;
  readonly culprit: string;
  readonly level: 'fatal' | 'error' | 'warning' | 'info' | 'debug';
  readonly status: IssueStatus;
  /** Of a resolved one there is none. */
  readonly substatus: Substatus | null;
  readonly firstSeen: string;
  readonly lastSeen: string;
  /** Start of the hour (UTC) → events in it. */
  readonly events: Readonly<Record<string, number>>;
  readonly activity: readonly Activity[];
}

export interface Activity {
  readonly id: string;
  readonly type: 'first_seen' | 'set_resolved' | 'set_unresolved' | 'set_regression' | 'set_ignored';
  readonly dateCreated: string;
  readonly actor: Actor;
}

/** Who did it: a person, Sentry itself, or an integration. */
export interface Actor {
  readonly type: 'user' | 'application';
  readonly id: string;
  readonly name: string;
}

export const SENTRY_ITSELF: Actor = { type: 'application', id: 'sentry', name: 'Sentry' };
/** Whoever uses the page of the stand-in. */
export const DEVELOPER: Actor = { type: 'user', id: '7001', name: 'Amara Okafor' };

/** What webhooks tell of an issue. */
export type IssueAction = 'created' | 'resolved' | 'archived' | 'unresolved';
