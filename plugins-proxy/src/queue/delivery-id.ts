/** Ids under which deliveries are kept: what the sender calls one is told apart by who sent it. */
export const jiraDeliveryId = (connectionId: string, identifier: string): string =>
  `jira:${connectionId}:${identifier}`;
export const sentryDeliveryId = (connectionId: string, identifier: string): string =>
  `sentry:${connectionId}:${identifier}`;
export const dataverseDeliveryId = (identifier: string): string => `dataverse:${identifier}`;

/** What the sender calls the delivery of this id; the hash of its body where the sender gives none a name. */
export function senderIdentifier(deliveryId: string): string {
  return deliveryId.replace(/^(?:(?:jira|sentry):[^:]*|dataverse):/, '');
}
