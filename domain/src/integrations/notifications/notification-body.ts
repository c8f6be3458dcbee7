import type { Language } from '../../text/language';
import { customPayload } from './custom-payload';
import { notificationMessage } from './message';
import type { Notification, NotificationAdapter } from './notification';
import { slackBlocks } from './slack-blocks';
import { teamsCard } from './teams-card';

/** What an adapter sends of a notification, before it is JSON. Pure. */
export function notificationBody(
  notification: Notification,
  { adapter, language }: { readonly adapter: NotificationAdapter; readonly language: Language },
): object {
  if (adapter === 'custom') return customPayload(notification);
  const message = notificationMessage(notification, language);
  return adapter === 'teams' ? teamsCard(message, language) : slackBlocks(message, language);
}
