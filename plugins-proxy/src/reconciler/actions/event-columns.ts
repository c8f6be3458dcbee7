import type { TableRows } from '@crmjira/domain';
import { senderIdentifier } from '../../queue/delivery-id';
import type { DeliveredEvent } from '../../queue/store/store';
import type { Regarding } from '../log-context';

/**
 * What a log row says of the event that began its run. Where several events share a run it is the first of them, whose
 * correlation id the row carries as well.
 * @param event null: nothing was delivered, as in what a schedule, a poll or a person at the command line began
 */
export function eventColumns(event: DeliveredEvent | null): Partial<TableRows['crmjira_integration_log']> {
  if (event === null) return {};
  return {
    crmjira_event_id: senderIdentifier(event.id),
    crmjira_event_type: event.event,
    crmjira_payload_hash: event.bodyHash,
  };
}

/** Which record a log row is about, whatever its table. */
export function regardingColumns(regarding: Regarding | undefined): Partial<TableRows['crmjira_integration_log']> {
  return regarding === undefined
    ? {}
    : { crmjira_regarding_table: regarding.table, crmjira_regarding_id: regarding.id };
}
