import { type Notification, notificationBody } from '@crmjira/domain';
import type { SiteGuard } from '../../platform/http-client/site-guard';
import { openService, requireSuccess, type ServiceAnswer } from '../web-service/service-connection';
import { ServiceError } from '../web-service/service-error';
import type { NotificationSecrets, NotificationSettings } from './notification-settings';
import { signWebhook } from './sign-webhook';

export interface TargetParts {
  /** Stands before every call and connection. */
  readonly guard: (url: string, setting: string) => SiteGuard;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Longest wait for an answer, in milliseconds; left out: as a test takes. */
  readonly timeoutMs?: number;
}

/** A target that is open for one delivery. */
export interface NotificationTarget {
  /** @param id the same each time it is sent @throws ServiceError and what connections fail of */
  send(notification: Notification, id: string): Promise<void>;
  close(): Promise<void>;
}

const usualTimeoutMs = 30_000;
/** Targets answer in a word: longest answer taken, in bytes. */
const longestAnswer = 64 * 1024;

/** A page of a sign-in or of a proxy, which takes every message and passes none on. */
const isPage = ({ text }: ServiceAnswer): boolean => /^\s*<(?:!doctype\s+html|html)\b/i.test(text);

/** @throws ServiceError for an answer by which the message has not arrived */
function requireTaken(answer: ServiceAnswer, host: string, take: () => void): void {
  const { status } = answer;
  const args = { product: host, host, status: String(status) };
  if (status < 300 && isPage(answer)) throw new ServiceError('web-page', args, { status });
  if (status === 404 || status === 410) throw new ServiceError('notification-gone', args, { status });
  if (status === 401 || status === 403) throw new ServiceError('notification-forbidden', args, { status });
  if (status >= 400 && status < 500 && ![408, 425, 429].includes(status))
    throw new ServiceError('notification-refused', args, { status });
  take();
}

/**
 * Opens a target as its settings say. Nothing is sent yet.
 * @throws ServiceError where something is not entered yet, or address and settings do not lead to the same place
 */
export function openTarget(
  settings: NotificationSettings,
  { address, signing }: NotificationSecrets,
  { guard, now, timeoutMs = usualTimeoutMs }: TargetParts,
): NotificationTarget {
  if (address === undefined || settings.url === '') throw new ServiceError('notification-incomplete');
  const { origin, host, pathname, search } = new URL(address);
  const isSigned = settings.adapter === 'custom';
  if (origin !== settings.url) throw new ServiceError('notification-other-host', { host: new URL(settings.url).host });
  if (isSigned && signing === undefined) throw new ServiceError('notification-no-key');
  const setting = 'the webhook';
  const connection = openService({
    ...{ url: origin, setting, guard: guard(origin, setting), timeoutMs, most: longestAnswer },
    tls: { authority: null, client: null },
  });
  return {
    send: async (notification, id) => {
      const body = JSON.stringify(notificationBody(notification, settings));
      const timestamp = Math.floor(now() / 1000);
      const answer = await connection.send({
        method: 'POST',
        path: `${pathname}${search}`,
        headers: {
          'content-type': 'application/json',
          ...(isSigned && signing !== undefined ? signWebhook(signing, { id, timestamp, body }) : {}),
        },
        body,
      });
      requireTaken(answer, host, () => requireSuccess(answer, connection, now()));
    },
    close: () => connection.close(),
  };
}
