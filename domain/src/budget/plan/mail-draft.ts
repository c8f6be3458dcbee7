import type { RowWrite } from './actions';
import type { CrmFacts, Guid } from './facts';
import { bind, create } from './write-rows';

export interface MailDraft {
  readonly subject: string;
  /** HTML */
  readonly body: string;
  /** addresses */
  readonly to: readonly string[];
  readonly isImportant: boolean;
}

/** Each address once, however it is spelt, and none of `without`; null stands for a person without an address. */
export function distinctAddresses(
  addresses: readonly (string | null)[],
  without: readonly (string | null)[] = [],
): string[] {
  const seen = new Set(without.map((address) => address?.toLowerCase()));
  return addresses.filter((address): address is string => {
    const key = address?.toLowerCase();
    if (!key || seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

/**
 * The draft of a mail about an opportunity. `SendEmail` cannot be in a change set: the draft is what a later plan finds and hands
 * over. No write without a sender queue (no mail can leave the system) or without anybody to write to.
 */
export function mailDraft(
  { senderQueueId, opportunityId }: Pick<CrmFacts, 'senderQueueId' | 'opportunityId'>,
  id: Guid,
  { subject, body, to, isImportant }: MailDraft,
): RowWrite[] {
  if (!senderQueueId || to.length === 0) return [];
  return [
    create('email', id, {
      subject,
      description: body,
      prioritycode: isImportant ? 2 : 1,
      directioncode: true,
      'regardingobjectid_opportunity_email@odata.bind': bind('opportunity', opportunityId),
      email_activity_parties: [
        { participationtypemask: 1, 'partyid_queue@odata.bind': bind('queue', senderQueueId) },
        ...to.map((address) => ({ participationtypemask: 2 as const, addressused: address })),
      ],
    }),
  ];
}
