import { type Action, moneyText, process, type RowWrite, tables } from '@crmjira/domain';
import { z } from 'zod';
import type { DataverseClient } from '../../clients/dataverse/dataverse-client';
import { columnText, valueText } from './value-text';

/** One column that changes, in words; `from` is null for a row that is made. */
export interface ColumnChange {
  readonly column: string;
  readonly from: string | null;
  readonly to: string;
  /** The same for programs: the column's own name, and its values as the Web API has them. */
  readonly raw: { readonly column: string; readonly from: unknown; readonly to: unknown };
}

/** One thing to do, in words; row changes stand below it. */
export interface PlannedStep {
  readonly kind: Action['kind'];
  readonly text: string;
  readonly rows: readonly { readonly row: string; readonly changes: readonly ColumnChange[] }[];
}

const anyRow = z.record(z.string(), z.unknown());

async function describeWrite(client: DataverseClient, write: RowWrite): Promise<PlannedStep['rows'][number]> {
  const entries = Object.entries(write.columns).filter(([, value]) => value !== undefined);
  const readable = entries.map(([column]) => column).filter((column) => !column.includes('@'));
  const table = columnText(write.table);
  // A create never meets its row; an upsert may.
  const { entitySet } = tables[write.table];
  const stored = write.op === 'create' ? null : await client.one(entitySet, write.id, readable, anyRow);
  const changes = entries.flatMap(([column, value]): ColumnChange[] => {
    const to = valueText(column, value);
    const raw = { column, from: stored?.[column] ?? null, to: value };
    if (stored === null) return value === null ? [] : [{ column: columnText(column), from: null, to, raw }];
    if (column.includes('@')) return [];
    const from = valueText(column, stored[column]);
    return from === to ? [] : [{ column: columnText(column), from, to, raw }];
  });
  return { row: `${stored === null ? 'new' : 'change'} ${table.toLowerCase()} ${write.id}`, changes };
}

/** Name of a stage, e.g. `Budget Approval`. */
function stageText(id: string): string {
  const name = Object.entries(process.stages).find(([, stage]) => stage === id)?.[0] ?? id;
  return name.replace(/(?<=[a-z])(?=[A-Z])/g, ' ');
}

/** What an action is, in a sentence. */
export function actionText(action: Action): string {
  switch (action.kind) {
    case 'dataverse.change-set':
      return `Write to Dynamics, as ${action.because}`;
    case 'dataverse.send-email':
      return `Send e-mail ${action.emailId}`;
    case 'dataverse.move-stage':
      return `Move the process from "${stageText(action.fromStageId)}" to "${stageText(action.toStageId)}"`;
    case 'dataverse.win-opportunity':
      return `Close the opportunity as won: ${action.subject}`;
    case 'dataverse.finish-process':
      return 'Finish the process';
    case 'dataverse.reactivate-process':
      return 'Make the process active again';
    case 'jira.create-project':
      return `Create Jira project ${action.key} "${action.name}"`;
    case 'jira.set-ownership':
      return `Claim Jira project ${action.projectId} for ${action.ownership.reference}`;
    case 'jira.archive-project':
      return `Archive Jira project ${action.projectId}`;
    case 'jira.restore-project':
      return `Restore Jira project ${action.projectId}`;
    case 'jira.assign-team':
      return `Give ${action.members.length} people a role in Jira project ${action.projectId}`;
    case 'budget.create':
      return `Create the budget of ${action.projectKey}: ${moneyText(action.amount)} from ${action.from} to ${action.to}`;
    case 'budget.set-amount':
      return `Set the amount of budget ${action.budgetId} to ${moneyText(action.amount)}`;
    case 'jira.create-root-issue':
      return `Create the root issue "${action.summary}"`;
    case 'jira.update-root-issue':
      return `Update root issue ${action.issueId}`;
    default:
      // A kind that is younger than this text.
      return (action as Action).kind;
  }
}

function issueChanges(action: Action): PlannedStep['rows'] {
  if (action.kind !== 'jira.create-root-issue' && action.kind !== 'jira.update-root-issue') return [];
  const words = (name: string): string => columnText(name.replace(/([A-Z])/g, ' $1').toLowerCase());
  const changes = Object.entries(action.fields).map(([name, value]) => ({
    column: words(name),
    from: null,
    to: valueText(name, value),
    raw: { column: name, from: null, to: value },
  }));
  return [{ row: 'fields in Jira', changes }];
}

/** Puts a plan into words, with the values as they stand in Dynamics now: call it before the plan is applied. */
export async function describePlan(
  client: DataverseClient,
  actions: readonly Action[],
): Promise<readonly PlannedStep[]> {
  return Promise.all(
    actions.map(async (action) => ({
      kind: action.kind,
      text: actionText(action),
      rows:
        action.kind === 'dataverse.change-set'
          ? await Promise.all(action.writes.map((write) => describeWrite(client, write)))
          : issueChanges(action),
    })),
  );
}

/** The lines of a step: what, then one line a column, `Spent amount: 0 → 46,000`. */
export function stepLines(step: PlannedStep): readonly string[] {
  return [
    `  ${step.text}`,
    ...step.rows.flatMap(({ row, changes }) => [
      `    ${row}`,
      ...changes.map(({ column, from, to }) => `      ${column}: ${from === null ? to : `${from} → ${to}`}`),
    ]),
  ];
}
