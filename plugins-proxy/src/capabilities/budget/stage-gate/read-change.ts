import { process } from '@crmjira/domain';
import { z } from 'zod';
import { IntegrationError } from '../../../platform/errors/integration-error';
import { type RemoteExecutionContext, targetOf } from '../../../clients/dataverse/remote-execution-context';

/** What an update of a process instance changes; undefined for a column that it leaves alone. */
export interface ProcessChange {
  readonly stageId: string | undefined;
  readonly state: number | undefined;
  readonly status: number | undefined;
  readonly opportunityId: string | undefined;
}

const guid = z.guid().transform((value) => value.toLowerCase());
/** An EntityReference, or its id alone. */
const lookup = z.union([guid, z.object({ Id: guid }).transform(({ Id }) => Id)]);
/** An OptionSetValue, or its value alone. */
const choice = z.union([z.number().int(), z.object({ Value: z.number().int() }).transform(({ Value }) => Value)]);

/** What cannot be read is not let through: nobody knows what it would do (F-316). */
function refuse(what: string): never {
  throw new IntegrationError(`The service cannot read ${what}.`, { code: 'step-not-read', errorClass: 'permanent' });
}

/**
 * What a synchronous step is about.
 * @param organizationId that the service works for
 * @returns null for another table, about which the service has no rule
 * @throws IntegrationError when the step comes from another environment, or is in no form that Dataverse is known to send
 */
export function readChange(step: RemoteExecutionContext, organizationId: string): ProcessChange | null {
  if (step.OrganizationId !== organizationId.toLowerCase()) refuse('a step of another environment');
  if (step.PrimaryEntityName.toLowerCase() !== process.uniqueName) return null;
  if (step.MessageName.toLowerCase() !== 'update') refuse(`the message "${step.MessageName.slice(0, 50)}"`);
  const target = targetOf(step);
  // Above 256 KB Dataverse leaves out what is changed; then nobody can say where the move leads.
  if (target === null) refuse('what is changed');
  const valueOf = <S extends z.ZodType>(column: string, form: S): z.output<S> | undefined => {
    const given = target.Attributes.filter(({ key }) => key.toLowerCase() === column);
    if (given.length === 0) return undefined;
    const parsed = form.safeParse(given[0]?.value);
    return parsed.success && given.length === 1 ? parsed.data : refuse(`the value of ${column}`);
  };
  return {
    stageId: valueOf('activestageid', lookup),
    state: valueOf('statecode', choice),
    status: valueOf('statuscode', choice),
    opportunityId: valueOf('bpf_opportunityid', lookup),
  };
}
