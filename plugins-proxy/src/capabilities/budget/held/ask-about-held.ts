import { derivedId, heldMail, heldTrigger } from '@crmjira/domain';
import { readHeld, readLastStop } from './held-projects';
import { makeDraft, sendDraft } from '../../../connections/administrator/send-once';
import type { MailContext } from '../../../connections/administrator/mail-context';

/**
 * Mails the administrator which opportunities wait, once a stop (R-2305): the mail's id comes from what was held back last, so that
 * no replica and no restart sends it again, nor does the release of some of them.
 * @returns how many wait
 */
export async function askAboutHeld(
  context: MailContext & { readonly connectionIds: () => readonly string[] },
): Promise<number> {
  const held = await readHeld(context.dataverse, context.connectionIds());
  if (held.length === 0) return 0;
  const [{ policy }, queueId, lastStop] = await Promise.all([
    context.environmentSettings.settings(),
    context.environmentSettings.senderQueueId(),
    readLastStop(context.dataverse, context.connectionIds()),
  ]);
  const heldOn = [...held.map((one) => one.heldOn), ...(lastStop === null ? [] : [lastStop])];
  const trigger = heldTrigger(heldOn, context.now().toISOString());
  // Without a mailbox the list in health and "crmjira release" still tell.
  if (trigger === null || queueId === null || policy.administratorMailbox === null) return held.length;
  const id = derivedId(context.connectionId, 'provisioning-held', trigger);
  const { subject, body } = heldMail(held, policy.provisioningLimit, policy.recordUrl);
  await makeDraft(context.dataverse, { id, subject, body, to: [policy.administratorMailbox], queueId });
  await sendDraft(context.dataverse, id);
  return held.length;
}
