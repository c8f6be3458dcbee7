import { alertMail, derivedId } from '@crmjira/domain';
import type { HealthReport } from '../health/health-report';
import type { SpeakingAlert } from '../metrics/judge-alerts';
import type { MailContext } from '../../connections/administrator/mail-context';
import { makeDraft, sendDraft } from '../../connections/administrator/send-once';

/** Looks at what speaks; what has spoken at two looks in a row is mailed: one probe that failed may have met a restart. */
export type AlertTeller = (report: Pick<HealthReport, 'alerts'>) => Promise<void>;

const keyOf = ({ alert, of, connection }: SpeakingAlert): string =>
  `${alert} ${of ?? ''}${connection === null ? '' : ` ${connection.id}`}`;

/**
 * Mails the administrator each alert that speaks, once an alert, matter and UTC day: the mail's id comes from these, so that no replica
 * and no restart sends it again. Without `crmjira_AdministratorMailbox` health and the rules of the monitor tell alone.
 */
export function createAlertTeller(context: MailContext): AlertTeller {
  let before = new Set<string>();
  /** Mails that were handed over; at most a day's. */
  let told: { readonly day: string; readonly ids: Set<string> } = { day: '', ids: new Set() };
  return async ({ alerts }) => {
    const lasting = alerts.filter((one) => before.has(keyOf(one)));
    before = new Set(alerts.map(keyOf));
    if (lasting.length === 0) return;
    const day = context.now().toISOString().slice(0, 10);
    if (told.day !== day) told = { day, ids: new Set() };
    const { environmentSettings, dataverse, connectionId } = context;
    const [{ policy }, queueId] = await Promise.all([
      environmentSettings.settings(),
      environmentSettings.senderQueueId(),
    ]);
    if (queueId === null || policy.administratorMailbox === null) return;
    for (const one of lasting) {
      const id = derivedId(connectionId, 'alert', keyOf(one), day);
      if (told.ids.has(id)) continue;
      await makeDraft(dataverse, { id, ...alertMail(one), to: [policy.administratorMailbox], queueId });
      await sendDraft(dataverse, id);
      told.ids.add(id);
    }
  };
}
