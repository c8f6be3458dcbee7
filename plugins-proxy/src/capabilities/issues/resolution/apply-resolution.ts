import {
  cutText,
  fitText,
  type Language,
  type ResolutionAction,
  type ResolutionFacts,
  resolutionSubject,
  type RowWrite,
  tables,
} from '@crmjira/domain';
import type { DataverseClient } from '../../../clients/dataverse/dataverse-client';
import { PlanOutdated } from '../../../platform/errors/plan-outdated';
import { applyChangeSet } from '../../../reconciler/actions/apply-change-set';
import type { LogContext } from '../../../reconciler/log-context';
import { timelineRows } from '../timeline/timeline-rows';
import { resolutionColumn } from './stored-resolution';
import { hasChangedMeanwhile, hasCode } from '../../../platform/errors/has-code';

/** `CloseIncident` takes the status reason that the environment has as its default. */
const defaultReason = -1;
/** Characters of the description of an activity. */
const longestDescription = 2_000;

/**
 * Closes a case. What is stored of it goes along under the version that was read: where somebody has changed the case since, the whole
 * set is refused, and so is a second row of resolution with the same id.
 * @throws PlanOutdated then
 */
async function resolveCase(
  client: DataverseClient,
  caseId: string,
  action: Extract<ResolutionAction, { kind: 'resolve' }>,
  language: Language,
): Promise<void> {
  const { incident, incidentresolution } = tables;
  const description = [action.resolution, action.by].filter(Boolean).join(' · ');
  const resolution = {
    '@odata.type': 'Microsoft.Dynamics.CRM.incidentresolution',
    [incidentresolution.primaryId]: action.resolutionId,
    subject: fitText('incidentresolution', 'subject', resolutionSubject(action.key, language)),
    ...(description === '' ? {} : { description: cutText(description, longestDescription) }),
    'incidentid@odata.bind': `/${incident.entitySet}(${caseId})`,
  };
  try {
    await client.changeSet(
      [
        {
          op: 'update',
          collection: incident.entitySet,
          id: caseId,
          columns: resolutionColumn(action.stored),
          ifMatch: action.guard,
        },
      ],
      { name: 'CloseIncident', parameters: { IncidentResolution: resolution, Status: defaultReason } },
    );
  } catch (error) {
    if (hasChangedMeanwhile(error) || hasCode(error, 'dataverse-not-found'))
      throw new PlanOutdated('the case has changed since it was read', { cause: error });
    throw error;
  }
}

/**
 * Carries out one step; what was done by a run that was cut off is found and not done again.
 * @returns whether it is stored: a closed case may take no write. It is told all the same, and its rows of resolution say what has
 * happened when it is open again.
 * @throws PlanOutdated
 */
export async function applyResolution(
  client: DataverseClient,
  record: ResolutionFacts['record'],
  action: ResolutionAction,
  language: Language,
  log: LogContext,
): Promise<boolean> {
  const { id, closed } = record;
  if (action.kind === 'resolve') {
    await resolveCase(client, id, action, language);
    return true;
  }
  const told = action.notice === null ? [] : timelineRows({ table: 'incident', id }, [action.notice], language);
  const columns = resolutionColumn(action.stored);
  const stored: RowWrite = { op: 'update', table: 'incident', id, columns, ifMatch: action.guard.record };
  try {
    await applyChangeSet(client, [stored, ...told], log);
    return true;
  } catch (error) {
    if (!closed || !hasCode(error, 'dataverse-refused')) throw error;
    await applyChangeSet(client, told, log);
    return false;
  }
}
