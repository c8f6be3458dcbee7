import { tables } from '@crmjira/domain';
import type { DataverseClient } from '../../clients/dataverse/dataverse-client';
import type { PlainWrite } from '../../clients/dataverse/plain-write';
import { readMailState } from './read-mail-state';
import { writeOnce } from '../../clients/dataverse/write-once';

/** A mail from the sender queue. */
export interface Mail {
  /** derived from its trigger: the same trigger never has two */
  readonly id: string;
  readonly subject: string;
  /** HTML, escaped */
  readonly body: string;
  readonly to: readonly string[];
  readonly queueId: string;
}

/** The draft of a mail, as a write that may stand in a change set with what it tells of. */
export function draftOf(mail: Mail): PlainWrite {
  return {
    op: 'create',
    collection: tables.email.entitySet,
    id: mail.id,
    columns: {
      subject: mail.subject,
      description: mail.body,
      directioncode: true,
      email_activity_parties: [
        { participationtypemask: 1, 'partyid_queue@odata.bind': `/queues(${mail.queueId})` },
        ...mail.to.map((address) => ({ participationtypemask: 2, addressused: address })),
      ],
    },
  };
}

/** Makes a draft with other writes, all or none; false when that trigger has one already. */
export function makeDraft(
  dataverse: DataverseClient,
  mail: Mail,
  others: readonly PlainWrite[] = [],
): Promise<boolean> {
  return writeOnce(dataverse, draftOf(mail), ...others);
}

async function isDraft(dataverse: DataverseClient, id: string): Promise<boolean> {
  return (await readMailState(dataverse, id)) === 'draft';
}

/** Hands a draft over that still is one; a mail that was sent, or deleted by a person, is left alone. */
export async function sendDraft(dataverse: DataverseClient, id: string): Promise<void> {
  if (!(await isDraft(dataverse, id))) return;
  try {
    await dataverse.action(tables.email.entitySet, id, 'SendEmail', { IssueSend: true });
  } catch (error) {
    // Another replica was faster: what Dataverse refuses then is the second mail.
    if (await isDraft(dataverse, id)) throw error;
  }
}
