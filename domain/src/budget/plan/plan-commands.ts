import { wholeSecond } from '../../calendar/calendar';
import { derivedId } from '../../hash/derived-id';
import { resolutionRefusedText, resolvedText } from '../drift/discrepancy-texts';
import { parseResolution } from '../drift/resolve-discrepancy';
import { projectInWords } from '../link/link-target';
import {
  CommandState,
  CommandType,
  IntegrationStatus,
  OperationType,
  ProvisioningState,
  SourceSystem,
} from '../../schema/generated/options';
import type { Action, RowWrite } from './actions';
import { type CommandOutcome, commandResult } from './command-texts';
import type { CommandFacts, CrmFacts, Instant, JiraFacts, MappingFacts } from './facts';
import { linkRefusedText } from './linking-texts';
import { logRow } from './log-row';
import { rootIssueCompletes } from './plan-completion';
import { isHeld } from './plan-holding';
import { targetOf } from './plan-linking';
import type { Policy } from './policy';
import { create, update } from './write-rows';

type AnswerOutcome = CommandOutcome | 'resolved' | 'already-linked';

function answerCompletion(command: CommandFacts, crm: CrmFacts, jira: JiraFacts, policy: Policy) {
  const completed = crm.mapping?.completedOn != null;
  if (command.type === CommandType.CompleteProject) {
    return completed
      ? { state: CommandState.Done, outcome: 'completed' as const }
      : { state: CommandState.Failed, outcome: 'not-linked' as const };
  }
  if (!completed) return { state: CommandState.Done, outcome: 'reopened' as const };
  return rootIssueCompletes(jira, policy)
    ? { state: CommandState.Refused, outcome: 'root-issue-done' as const }
    : { state: CommandState.Failed, outcome: 'not-linked' as const };
}

/** Whether "Link project" names the project that is linked. */
function isProjectOf(mapping: MappingFacts, command: CommandFacts): boolean {
  const target = targetOf(command);
  if (target === null || (target.connectionId ?? mapping.connectionId) !== mapping.connectionId) return false;
  const wanted = target.project.toUpperCase();
  return wanted === mapping.projectKey.toUpperCase() || wanted === mapping.projectId;
}

/** The sentence of an answer, in the language of who asked. */
function sentence(command: CommandFacts, outcome: AnswerOutcome, crm: CrmFacts, policy: Policy): string {
  const { argument, language } = command;
  if (outcome === 'already-linked') return linkRefusedText(outcome, projectInWords(argument ?? ''), language);
  if (outcome !== 'resolved') return commandResult(outcome, crm, policy, language);
  const request = parseResolution(argument);
  return request && crm.mapping
    ? resolvedText(request, crm.mapping, language)
    : resolutionRefusedText('unknown-argument', language);
}

/** What a person decided about a discrepancy stays on record. */
function resolutionLog(command: CommandFacts, crm: CrmFacts): RowWrite[] {
  if (command.type !== CommandType.ResolveDiscrepancy || !crm.mapping || !crm.opportunity) return [];
  const entry = {
    operation: OperationType.Update,
    source: SourceSystem.Dynamics365,
    sourceId: crm.opportunity.id,
    targetId: crm.mapping.projectKey,
    status: IntegrationStatus.Success,
    mapping: crm.mapping.id,
    eventType: `discrepancy_resolved: ${command.argument ?? ''}`,
  };
  return [create('crmjira_integration_log', derivedId(command.id, 'log'), logRow(entry))];
}

/** What is about a project that is there: without one, nobody asked for it to be created. */
const NEEDS_PROJECT: ReadonlySet<CommandType> = new Set([
  CommandType.CompleteProject,
  CommandType.Reopen,
  CommandType.ResolveDiscrepancy,
]);

function answer(command: CommandFacts, crm: CrmFacts, jira: JiraFacts, policy: Policy) {
  const linked = crm.mapping?.provisioningState === ProvisioningState.Linked;
  if (!crm.mapping) {
    const outcome = NEEDS_PROJECT.has(command.type) ? ('no-project' as const) : ('not-eligible' as const);
    return { state: CommandState.Refused, outcome };
  }
  if (jira.state === 'deleted') return { state: CommandState.Failed, outcome: 'project-deleted' as const };
  if (linked && jira.state === 'found' && jira.budget === null)
    return { state: CommandState.Failed, outcome: 'budget-missing' as const };
  if (command.type === CommandType.CompleteProject || command.type === CommandType.Reopen) {
    return answerCompletion(command, crm, jira, policy);
  }
  if (crm.mapping.projectId === null && isHeld(crm.mapping)) {
    return { state: CommandState.Refused, outcome: 'held' as const };
  }
  if (!linked) return { state: CommandState.Failed, outcome: 'not-linked' as const };
  if (command.type === CommandType.ResolveDiscrepancy)
    return { state: CommandState.Done, outcome: 'resolved' as const };
  if (command.type === CommandType.LinkProject) {
    return isProjectOf(crm.mapping, command)
      ? { state: CommandState.Done, outcome: 'project-exists' as const }
      : { state: CommandState.Refused, outcome: 'already-linked' as const };
  }
  const outcome = command.type === CommandType.CreateProject ? ('project-exists' as const) : ('synced' as const);
  return { state: CommandState.Done, outcome };
}

/** Commands are answered last, when everything else agrees: then "Done" is true (ADR-2). */
export function planCommands(crm: CrmFacts, jira: JiraFacts, policy: Policy, now: Instant): Action[] {
  if (crm.commands.length === 0) return [];
  const answers = crm.commands.map((command) => ({ command, ...answer(command, crm, jira, policy) }));
  const at = wholeSecond(now);
  const writes: RowWrite[] = answers.map(({ command, state, outcome }) =>
    update('crmjira_command', command.id, {
      crmjira_command_state: state,
      crmjira_result: sentence(command, outcome, crm, policy),
      crmjira_finished_on: at,
    }),
  );
  for (const { command, outcome } of answers) if (outcome === 'resolved') writes.push(...resolutionLog(command, crm));
  const { mapping } = crm;
  if (mapping && answers.some(({ outcome }) => outcome === 'synced')) {
    // Unchanged figures were confirmed just now: that is what "last sync" tells the person who asked.
    writes.push(update('crmjira_budget_mapping', mapping.id, { crmjira_last_sync_date: at }, mapping.version));
  }
  return [{ kind: 'dataverse.change-set', because: 'commands were carried out', writes }];
}
