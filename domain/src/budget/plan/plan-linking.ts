import { nameOfCommand } from '../../authority/refusal-texts';
import { wholeSecond } from '../../calendar/calendar';
import { CommandState, CommandType } from '../../schema/generated/options';
import { type LinkTarget, projectInWords } from '../link/link-target';
import type { Action, RowWrite } from './actions';
import { initialBudget } from './approved-amount';
import { announcement } from './announcement';
import type { CommandFacts, CrmFacts, Instant, JiraFacts, MappingFacts } from './facts';
import { linkRefusedText, type LinkRefusal } from './linking-texts';
import { refusalLog } from './plan-authority';
import { isHeld } from './plan-holding';
import type { Policy } from './policy';
import { update } from './write-rows';

/** Whether a mapping's project stood before the integration knew it: it lends nobody roles there and does not archive it (F-302). */
export function isLinked(mapping: MappingFacts): boolean {
  return mapping.historyFrom !== null;
}

/** The command that asks for an existing project, while there is none or it is held back; the reader looks for what it names. */
export function linkCommand(crm: CrmFacts): CommandFacts | undefined {
  const { mapping } = crm;
  if (mapping && !(mapping.projectId === null && isHeld(mapping))) return undefined;
  return crm.commands.find(({ type }) => type === CommandType.LinkProject);
}

/** The project that a link command names; null: none of a connected site. */
export function targetOf({ target, argument }: CommandFacts): LinkTarget | null {
  return target === undefined ? { connectionId: null, project: argument?.trim() ?? '' } : target;
}

function refusalOf(crm: CrmFacts, jira: JiraFacts, command: CommandFacts): LinkRefusal | null {
  const { opportunity } = crm;
  if (opportunity?.state !== 'open') return 'closed';
  if ((command.argument?.trim() ?? '') === '') return 'no-argument';
  if (jira.state !== 'found') return 'no-project';
  // Before anything is told of the project: whoever may not link it need not learn of its state.
  if (jira.isLinkable !== true) return 'not-offered';
  if (jira.project.archived) return 'project-archived';
  const owner = jira.project.ownership?.opportunityId;
  if (owner !== undefined && owner !== opportunity.id) return 'project-taken';
  return initialBudget(opportunity) === null ? 'no-amount' : null;
}

/**
 * Links an opportunity to a project that exists (R-2303): the mapping starts with what was spent so far and at the alert level
 * that holds already, so that nobody is mailed about thresholds crossed before. Ownership, budget and root issue follow as for a
 * project of our own, the history after that.
 */
export function planLinking(crm: CrmFacts, jira: JiraFacts, policy: Policy, now: Instant): Action[] {
  const command = linkCommand(crm);
  const { opportunity } = crm;
  if (!command || !opportunity) return [];
  const refusal = refusalOf(crm, jira, command);
  if (refusal !== null) {
    const write: RowWrite = update('crmjira_command', command.id, {
      crmjira_command_state: CommandState.Refused,
      crmjira_result: linkRefusedText(refusal, projectInWords(command.argument ?? ''), command.language),
      crmjira_finished_on: wholeSecond(now),
    });
    const by = command.requestedById;
    const log = refusalLog(command.id, { wish: nameOfCommand(command.type), need: 'linkable-project', by }, crm);
    const writes = refusal === 'not-offered' ? [write, log] : [write];
    return [{ kind: 'dataverse.change-set', because: 'a project could not be linked', writes }];
  }
  if (jira.state !== 'found') return [];
  const { project, budget } = jira;
  const writes = announcement(crm, opportunity, { key: project.key, existing: { project, budget } }, policy, now);
  return [{ kind: 'dataverse.change-set', because: `the project ${project.key} is to be linked`, writes }];
}
