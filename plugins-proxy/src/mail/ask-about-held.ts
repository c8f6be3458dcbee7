import { derivedId, heldMail } from '@crmjira/domain';
import type { DataverseClient } from '../dataverse/dataverse-client';
import type { Surroundings } from '../dataverse/surroundings';
import { readHeld } from './held-projects';
import { makeDraft, sendDraft } from './send-once';

export interface MailContext {
  readonly dataverse: DataverseClient;
  readonly surroundings: Surroundings;
  readonly connectionId: string;
  readonly now: () => Date;
}

/** A stop is asked about when nothing was added to it for so long, in milliseconds: one mail names a whole import. */
const quietMs = 60_000;
/** And after so long at the latest. */
const longestMs = 10 * 60_000;

/**
 * Mails the administrator which opportunities wait, once a stop (R-2305): the mail's id comes from the newest of them, so that
 * no replica and no restart sends it again.
 * @returns how many wait
 */
export async function askAboutHeld(context: MailContext): Promise<number> {
  const held = await readHeld(context.dataverse, context.connectionId);
  const [oldest, newest] = [held[0], held.at(-1)];
  if (oldest === undefined || newest === undefined) return 0;
  const now = context.now().getTime();
  const isQuiet = now - Date.parse(newest.heldOn) >= quietMs || now - Date.parse(oldest.heldOn) >= longestMs;
  const [{ policy }, queueId] = await Promise.all([
    context.surroundings.settings(),
    context.surroundings.senderQueueId(),
  ]);
  // Without a mailbox the list in health and "crmjira release" still tell.
  if (!isQuiet || queueId === null || policy.administratorMailbox === null) return held.length;
  const id = derivedId(context.connectionId, 'provisioning-held', newest.heldOn);
  const { subject, body } = heldMail(held, policy.provisioningLimit, policy.recordUrl);
  await makeDraft(context.dataverse, { id, subject, body, to: [policy.administratorMailbox], queueId });
  await sendDraft(context.dataverse, id);
  return held.length;
}
