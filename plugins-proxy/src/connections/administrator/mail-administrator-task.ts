import { administratorTaskMail, type AdministratorTrouble, derivedId } from '@crmjira/domain';
import { readQueueId } from '../environment/read-people';
import type { MailContext } from './mail-context';
import { makeDraft, sendDraft } from './send-once';

/**
 * Mails the administrator what stands in a task for them, once a task (R-1401): the mail's id comes from the task's, so that no retry,
 * no replica and no restart sends it again. Goes by the settings as last read: they may be what is wrong. Without
 * `crmjira_AdministratorMailbox` the task stands alone.
 */
export async function mailAdministratorTask(
  { dataverse, environmentSettings }: Pick<MailContext, 'dataverse' | 'environmentSettings'>,
  taskId: string,
  trouble: AdministratorTrouble,
): Promise<void> {
  const settings = environmentSettings.lastSettings();
  const mailbox = settings?.policy.administratorMailbox ?? null;
  const sender = settings?.senderQueue ?? null;
  if (mailbox === null || sender === null) return;
  const queueId = await readQueueId(dataverse, sender);
  if (queueId === null) return;
  const id = derivedId(taskId, 'mail');
  await makeDraft(dataverse, { id, ...administratorTaskMail(trouble), to: [mailbox], queueId });
  await sendDraft(dataverse, id);
}
