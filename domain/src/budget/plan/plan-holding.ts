import { wholeSecond } from '../../calendar/calendar';
import { derivedId } from '../../hash/derived-id';
import type { FailureCode } from '../../faults/failure-texts';
import { CommandType, IntegrationStatus, OperationType, SourceSystem } from '../../schema/generated/options';
import type { Action } from './actions';
import type { CrmFacts, Instant, MappingFacts, OpportunityFacts } from './facts';
import { logRow } from './log-row';
import type { Policy } from './policy';
import { create, update } from './write-rows';

/** An announced project waits for an administrator (R-2305). */
export function isHeld(mapping: MappingFacts): boolean {
  return mapping.heldOn !== null && (mapping.releasedOn === null || mapping.releasedOn < mapping.heldOn);
}

/** An administrator's command to create the project, or to try again, is the release. */
function isReleasedByCommand(crm: CrmFacts): boolean {
  return crm.commands.some(
    ({ type, byAdministrator }) =>
      byAdministrator && (type === CommandType.CreateProject || type === CommandType.Retry),
  );
}

function change(
  mapping: MappingFacts,
  opportunity: OpportunityFacts,
  what: 'provisioning_held' | 'provisioning_released',
  message: string,
  columns: { readonly crmjira_held_on?: Instant; readonly crmjira_released_on?: Instant },
): Action[] {
  const held = what === 'provisioning_held';
  return [
    {
      kind: 'dataverse.change-set',
      because: held ? 'too many projects were to be created within an hour' : 'an administrator released the project',
      writes: [
        update(
          'crmjira_budget_mapping',
          mapping.id,
          {
            ...columns,
            crmjira_last_error: held ? message : null,
            crmjira_last_error_code: held ? ('provisioning-held' satisfies FailureCode) : null,
          },
          mapping.version,
        ),
        create(
          'crmjira_integration_log',
          derivedId(mapping.id, 'log', what, mapping.version),
          logRow({
            operation: OperationType.Create,
            source: SourceSystem.Dynamics365,
            sourceId: opportunity.id,
            targetId: null,
            status: IntegrationStatus.Pending,
            mapping: mapping.id,
            eventType: what,
            message,
            ...(held ? { code: 'provisioning-held' } : {}),
          }),
        ),
      ],
    },
  ];
}

/**
 * Bulk edits and imports: more projects than the policy allows within an hour stop, until an administrator releases them (R-2305).
 * Judged after the announcement, by the order of the announcements in Dataverse: every replica counts the same rows, and a restart
 * forgets nothing.
 * @returns null when the project may be created; no action while it waits
 */
export function planHolding(
  crm: CrmFacts & { readonly mapping: MappingFacts; readonly opportunity: OpportunityFacts },
  policy: Policy,
  now: Instant,
): Action[] | null {
  const { mapping, opportunity } = crm;
  const released = isReleasedByCommand(crm);
  if (isHeld(mapping)) {
    if (!released) return [];
    return change(mapping, opportunity, 'provisioning_released', 'An administrator released the project.', {
      crmjira_released_on: wholeSecond(now),
    });
  }
  if (mapping.heldOn !== null || released || crm.earlierProvisionings < policy.provisioningLimit) return null;
  const message = `Not created: more than ${policy.provisioningLimit} Jira projects were to be created within an hour. An administrator was asked; "Retry" by an administrator creates this one.`;
  return change(mapping, opportunity, 'provisioning_held', message, { crmjira_held_on: wholeSecond(now) });
}
