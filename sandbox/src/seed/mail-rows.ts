import { derivedId } from '@crmjira/domain';
import { SENDER_QUEUE_ID } from './company-rows';
import { applicationUsers } from './people';
import { ref } from './seed-row';
import type { SeedRow } from './seed-row';

export interface SentMail {
  readonly subject: string;
  /** HTML */
  readonly body: string;
  /** addresses */
  readonly to: readonly string[];
  readonly isImportant: boolean;
  /** ISO instant */
  readonly sentOn: string;
  readonly opportunityId: string;
}

/** A mail that the integration has sent about an opportunity, with its parties. */
export function sentMailRows(id: string, mail: SentMail): SeedRow[] {
  const party = (name: string, columns: Record<string, unknown>): SeedRow => ({
    table: 'activityparty',
    row: { activitypartyid: derivedId(id, 'seed', name), activityid: { table: 'email', id }, ...columns },
  });
  return [
    {
      table: 'email',
      row: {
        activityid: id,
        subject: mail.subject.slice(0, 200),
        description: mail.body,
        prioritycode: mail.isImportant ? 2 : 1,
        directioncode: true,
        createdon: mail.sentOn,
        senton: mail.sentOn,
        statecode: 1,
        statuscode: 3,
        'regardingobjectid_opportunity_email@odata.bind': ref('opportunity', mail.opportunityId),
        'ownerid@odata.bind': ref('systemuser', applicationUsers[1].id),
      },
    },
    party('from', { participationtypemask: 1, partyid: { table: 'queue', id: SENDER_QUEUE_ID } }),
    ...mail.to.map((address) => party(address, { participationtypemask: 2, addressused: address })),
  ];
}
