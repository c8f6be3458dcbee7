import type { AlertLevel, ErrorClass } from '../../schema/generated/options';
import type { Money } from '../../money/money';

/** What administrators may have told elsewhere, one choice each (R-2024, R-2027); as custom webhooks name it. */
export const notificationEvents = [
  'budget.alert',
  'budget.approved',
  'budget.rejected',
  'provisioning.failed',
  'run.failed',
  'run.waiting',
  'connection.down',
  'connection.up',
] as const;
export type NotificationEvent = (typeof notificationEvents)[number];

/** Where notifications go: a workflow of Microsoft Teams, an incoming webhook of Slack, a signed webhook of one's own. */
export const notificationAdapters = ['teams', 'slack', 'custom'] as const;
export type NotificationAdapter = (typeof notificationAdapters)[number];

/**
 * Facts of a notification, as far as its event has them. Whoever reads a channel may have no rights in Dynamics: no name of a customer, of
 * an opportunity or of a person is among them, and amounts are those of a budget alone.
 */
export interface NotificationData {
  /** Key of the Jira project. */
  readonly project?: string;
  /** Reference by which both sides know the project, as CRM-202501-A1B2C3D4. */
  readonly reference?: string;
  readonly level?: AlertLevel;
  /** Part of the approved budget that is spent. */
  readonly percent?: number;
  readonly spent?: Money;
  readonly budget?: Money;
  /** Name of the integration or connection. */
  readonly integration?: string;
  /** Which part of the connection: `jira`, `budget_source`, `gateway`. */
  readonly part?: string;
  readonly cause?: ErrorClass;
  /** Kind of the error, as logs name it. */
  readonly code?: string;
  /** Of a summary: the event that came too often, and how often since when. */
  readonly event?: NotificationEvent;
  readonly count?: number;
  readonly since?: string;
}

/** Something that is told once to each target that has chosen its event. */
export interface Notification {
  readonly event: NotificationEvent | 'notification.test' | 'notification.summary';
  /** When it happened, in UTC. */
  readonly at: string;
  readonly data: NotificationData;
  /** The record that it is about, which opens for whoever may read it; null: none. */
  readonly record: { readonly table: 'opportunity'; readonly id: string; readonly url: string | null } | null;
}
