import { randomUUID } from 'node:crypto';
import { wholeSecond } from '@crmjira/domain';
import {
  type NotificationSecrets,
  notificationSecrets,
  type NotificationSettings,
  notificationSettings,
} from '../../../clients/notifications/notification-settings';
import { type NotificationTarget, openTarget, type TargetParts } from '../../../clients/notifications/open-target';
import type { EgressGuard } from '../../egress-guard';
import type { IntegrationProvider, TestReport } from '../integration-provider';
import { serviceFaultOf } from '../web-service';

export interface NotificationProviderParts extends Partial<Omit<TargetParts, 'guard'>> {
  readonly egress: Pick<EgressGuard, 'of'>;
}

/** A provider to whose targets notifications are delivered. */
export interface NotificationProvider extends IntegrationProvider<NotificationSettings, NotificationSecrets> {
  /** Nothing is sent yet. @throws ServiceError */
  openTarget(settings: NotificationSettings, secrets: NotificationSecrets): NotificationTarget;
}

/** Notifications to Teams, Slack and webhooks of one's own (R-2024, R-2027). Its test sends a message that says so. */
export function createNotificationProvider({
  egress,
  now = Date.now,
  ...others
}: NotificationProviderParts): NotificationProvider {
  const open: NotificationProvider['openTarget'] = (settings, secrets) =>
    openTarget(settings, secrets, { ...others, now, guard: egress.of });

  async function sendTest(settings: NotificationSettings, secrets: NotificationSecrets): Promise<TestReport> {
    const started = performance.now();
    const steps = (ok: boolean): TestReport['steps'] => [
      { name: 'reach', ok, ms: Math.round(performance.now() - started) },
    ];
    let target: NotificationTarget | null = null;
    try {
      target = open(settings, secrets);
      const at = wholeSecond(new Date(now()).toISOString());
      await target.send({ event: 'notification.test', at, data: {}, record: null }, `msg_${randomUUID()}`);
      return { ok: true, steps: steps(true), found: {}, fault: null };
    } catch (thrown) {
      return { ok: false, steps: steps(false), found: {}, fault: serviceFaultOf(thrown, settings) };
    } finally {
      await target?.close();
    }
  }

  return {
    code: 'notification',
    supportsWebhooks: false,
    settings: notificationSettings,
    secrets: notificationSecrets,
    columns: ({ url }) => ({ crmjira_base_url: url }),
    faultOf: serviceFaultOf,
    openTarget: open,
    open: async (_id, settings, secrets) => ({
      test: () => sendTest(settings, secrets),
      close: async () => undefined,
    }),
  };
}
