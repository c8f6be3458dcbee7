import { derivedId, fitText, Health, tables, wholeSecond } from '@crmjira/domain';
import { z } from 'zod';
import { optionalInstant, optionalNumber } from '../../../clients/dataverse/columns';
import type { DataverseClient } from '../../../clients/dataverse/dataverse-client';
import type { IntegrationError } from '../../../platform/errors/integration-error';
import { isLimit } from '../../../platform/errors/side-of';

/** A connection whose health is shown. */
interface Monitor {
  readonly id: string;
  readonly name: string;
}

const row = z.object({ crmjira_health: optionalNumber, crmjira_since: optionalInstant });
const { entitySet } = tables.crmjira_integration_health;
const dependency = 'sentry';

/**
 * Writes whether a monitor answers, and since when, for the pages that show its errors. A monitor that goes on not to answer is not
 * written again.
 * @param error null: it has answered
 */
export async function showMonitorHealth(
  dataverse: Pick<DataverseClient, 'one' | 'changeSet'>,
  { id: connectionId, name }: Monitor,
  error: Pick<IntegrationError, 'code' | 'message'> | null,
  now: Date,
): Promise<void> {
  const id = derivedId(connectionId, 'health', dependency);
  const shown = await dataverse.one(entitySet, id, Object.keys(row.shape), row);
  const health = error === null ? Health.Healthy : isLimit(error.code) ? Health.Degraded : Health.Down;
  const stands = shown?.crmjira_health === health && shown.crmjira_since !== null;
  if (stands && error !== null) return;
  const at = wholeSecond(now.toISOString());
  const columns = {
    crmjira_name: fitText('crmjira_integration_health', 'crmjira_name', `${name} ${dependency}`),
    'crmjira_integration_id@odata.bind': `/${tables.crmjira_integration.entitySet}(${connectionId})`,
    crmjira_dependency: dependency,
    crmjira_health: health,
    ...(stands ? {} : { crmjira_since: at }),
    ...(error === null ? { crmjira_last_good_on: at } : {}),
    crmjira_reason: error?.message ?? null,
    crmjira_reason_code: error?.code ?? null,
  };
  await dataverse.changeSet([{ op: 'upsert', collection: entitySet, id, columns }]);
}
