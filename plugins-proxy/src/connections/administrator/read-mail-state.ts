import { tables } from '@crmjira/domain';
import { z } from 'zod';
import type { DataverseReader } from '../../clients/dataverse/reader';

const emailRow = z.object({ statecode: z.number().int() });
/** States of an e-mail: open until it is handed over. */
const states: Readonly<Record<number, MailState>> = { 0: 'draft', 1: 'sent', 2: 'cancelled' };

export type MailState = 'draft' | 'sent' | 'cancelled';

/** Whether a mail was handed over; null when there is none. */
export async function readMailState(client: DataverseReader, emailId: string): Promise<MailState | null> {
  const email = await client.one(tables.email.entitySet, emailId, ['statecode'], emailRow);
  return email === null ? null : (states[email.statecode] ?? 'cancelled');
}
