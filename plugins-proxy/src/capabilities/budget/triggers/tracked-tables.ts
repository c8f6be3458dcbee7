import { CommandState, process, tables } from '@crmjira/domain';
import { z } from 'zod';
import { guid, optionalGuid, optionalNumber, optionalText } from '../../../clients/dataverse/columns';
import { jobKey } from '../../../queue/job-key';
import type { TrackedTable } from '../../../reconciler/triggers';

const opportunityRow = z.object({
  opportunityid: guid,
  versionnumber: optionalNumber,
  statecode: optionalNumber,
  budgetamount: optionalNumber,
  crmjira_jira_project_key: optionalText,
});
const commandRow = z.object({
  crmjira_commandid: guid,
  crmjira_command_state: optionalNumber,
  _createdby_value: optionalGuid,
  _modifiedby_value: optionalGuid,
});
const approvalRow = z.object({ _crmjira_opportunity_id_value: optionalGuid });
const decisionRow = z.object({ crmjira_budget_decisionid: guid });
const instanceRow = z.object({ _bpf_opportunityid_value: optionalGuid });

const noKeys = (): readonly string[] => [];
const opportunityKeys = (id: string | null): readonly string[] => (id === null ? [] : [jobKey('opportunity', id)]);

/**
 * Instances of our process, followed where no synchronous step is asked before they move: who enters the stage of its creation asks for
 * the project, and a move or an end that comes too early is taken back (R-303, R-310; ADR-3).
 */
const processTable: TrackedTable = {
  name: process.uniqueName,
  collection: process.entitySet,
  select: ['_bpf_opportunityid_value'],
  keysOf: (row) => opportunityKeys(instanceRow.parse(row)._bpf_opportunityid_value),
  // Where a process stands at the very first start was nobody's move.
  keysAtStart: noKeys,
  keysOfDeleted: noKeys,
};

/**
 * Tables read by change tracking at start and every minute (ARCHITECTURE.md): Dataverse forgets a webhook that failed twice.
 * At the very first start only rows that may need work are queued, not the whole table.
 */
const trackedTables: readonly TrackedTable[] = [
  {
    name: 'opportunity',
    collection: tables.opportunity.entitySet,
    select: Object.keys(opportunityRow.shape),
    keysOf: (row) => opportunityKeys(opportunityRow.parse(row).opportunityid),
    keysAtStart: (row) => {
      const parsed = opportunityRow.parse(row);
      const wanted =
        (parsed.statecode === 0 && parsed.budgetamount !== null) || parsed.crmjira_jira_project_key !== null;
      return wanted ? opportunityKeys(parsed.opportunityid) : [];
    },
    isSettled: (row, settled) => {
      const { opportunityid, versionnumber } = opportunityRow.parse(row);
      return versionnumber !== null && settled.covers(opportunityid, versionnumber);
    },
    keysOfDeleted: (id) => opportunityKeys(id),
  },
  {
    name: 'crmjira_command',
    collection: tables.crmjira_command.entitySet,
    select: Object.keys(commandRow.shape),
    // Our own answers change the row as well. What its creator alone has written waits, whatever state they gave it.
    keysOf: (row) => {
      const { crmjira_commandid: id, crmjira_command_state: state, ...by } = commandRow.parse(row);
      const isCreators = by._createdby_value !== null && by._modifiedby_value === by._createdby_value;
      return state === CommandState.Requested || isCreators ? [jobKey('command', id)] : [];
    },
    keysAtStart: (row) => {
      const { crmjira_commandid: id, crmjira_command_state: state } = commandRow.parse(row);
      return state === CommandState.Requested ? [jobKey('command', id)] : [];
    },
    keysOfDeleted: noKeys,
  },
  {
    name: 'crmjira_budget_approval',
    collection: tables.crmjira_budget_approval.entitySet,
    select: Object.keys(approvalRow.shape),
    keysOf: (row) => opportunityKeys(approvalRow.parse(row)._crmjira_opportunity_id_value),
    // Their opportunities have a budget and are queued by the table above.
    keysAtStart: noKeys,
    keysOfDeleted: noKeys,
  },
  {
    name: 'crmjira_budget_decision',
    collection: tables.crmjira_budget_decision.entitySet,
    select: ['crmjira_budget_decisionid'],
    keysOf: (row) => [jobKey('decision', decisionRow.parse(row).crmjira_budget_decisionid)],
    keysAtStart: noKeys,
    keysOfDeleted: noKeys,
  },
  {
    name: 'crmjira_budget_mapping',
    collection: tables.crmjira_budget_mapping.entitySet,
    select: ['crmjira_budget_mappingid'],
    // Our own writes; only a deletion is somebody else's (R-1232).
    keysOf: noKeys,
    keysAtStart: noKeys,
    keysOfDeleted: (id) => [jobKey('deleted-mapping', id)],
  },
];

/** The tables to be followed, by whether steps reach the service. */
export function budgetTables(inbound: 'direct' | 'none'): readonly TrackedTable[] {
  return inbound === 'none' ? [...trackedTables, processTable] : trackedTables;
}
