import { CommandType, ConflictState, UNDO_DAYS, commandTypeLabels } from '@crmjira/domain';
import { type RawRow, numberField, plainId, textField } from '@crmjira/form-data';
import { askAndTell } from '../ask-and-tell';
import { type Bar, answered, inWords, isForm, say, showAgain } from '../bar';
import { askForSync } from '../send-command';
import { words } from '../words';
import { userLanguage } from '../../opportunity-form/words';
import { type IssueTask, openIssueDialog } from './dialog';
import { type LinkedIssue, readLinkedIssues } from './read-links';

/**
 * Commands about the Jira issues of a case, opportunity, account or product, on its form and in its lists (R-1705, R-1714, R-1718). The
 * ribbons of the four tables bind each button to the function of its name and its enabling to `has…`; all get what the command bar is
 * on, the table and the ids: of the form's record, or of the rows that are selected.
 */

/** The service reads what is saved. @returns whether there is nothing that it would not see */
async function isSaved(bar: Bar): Promise<boolean> {
  if (!isForm(bar) || !bar.data.entity.getIsDirty()) return true;
  await say(words('unsaved'));
  return false;
}

const inDialog =
  (task: IssueTask) =>
  (bar: Bar, table: string, ids: readonly string[]): Promise<void> =>
    inWords(async () => {
      if (!(await isSaved(bar))) return;
      await openIssueDialog(task, { table, ids });
      await showAgain(bar);
    });

export const createIssue = inDialog('create');
export const createTickets = inDialog('tickets');
export const linkIssue = inDialog('link');
export const commentToJira = inDialog('comment');

/** All links of each record, by one row a record. */
export function syncIssues(_bar: Bar, table: string, ids: readonly string[]): Promise<void> {
  return inWords(async () => {
    for (const id of ids) await askForSync({ table, id: plainId(id) }, userLanguage());
    await say(ids.length === 1 ? words('syncAskedOne') : words('syncAsked', { n: String(ids.length) }));
  });
}

/** One issue is opened; several are offered in a dialog. */
export function openIssue(_bar: Bar, table: string, ids: readonly string[]): Promise<void> {
  return inWords(async () => {
    const [id = ''] = ids;
    const issues = (await readLinkedIssues(table, plainId(id))).flatMap(({ url }) => url ?? []);
    const [only] = issues;
    if (only === undefined) return say(words('noIssue'));
    if (issues.length === 1) return Xrm.Navigation.openUrl(only);
    await openIssueDialog('open', { table, ids });
  });
}

const linksOf =
  (fits: (issue: LinkedIssue) => boolean) =>
  async (table: string, [id]: readonly string[]): Promise<boolean> =>
    id !== undefined && answered(readLinkedIssues(table, plainId(id)).then((issues) => issues.some(fits)));

/** Whether a record has issues to comment on and to sync; what cannot be read is not offered. */
export const hasLinks = linksOf(() => true);

/** Whether there is an issue to open. */
export const hasIssue = linksOf(({ url }) => url !== null);

const CONFLICT =
  '?$select=crmjira_state,crmjira_regarding_table,crmjira_regarding_id,crmjira_decided_on,createdon,crmjira_crm_value,crmjira_jira_value,_crmjira_link_value';

const readConflict = async (id: string): Promise<RawRow> =>
  await Xrm.WebApi.retrieveRecord('crmjira_sync_conflict', plainId(id), CONFLICT);

/** Takes the other value of a decided conflict back, and says what came of it. */
export function undoConflict(bar: Bar, _table: string, ids: readonly string[]): Promise<void> {
  return inWords(async () => {
    const [id = ''] = ids;
    const row = await readConflict(id);
    const regarding = {
      table: textField(row, 'crmjira_regarding_table') ?? '',
      id: textField(row, 'crmjira_regarding_id') ?? '',
    };
    const type = CommandType.Undo;
    const name = commandTypeLabels[type][userLanguage()];
    await askAndTell(bar, { regarding, type, name, payload: { conflict: plainId(id) } });
  });
}

/** Whether a conflict of a case and its issue has been decided, lately enough; what cannot be read is not offered. */
export async function canUndoConflict(_table: string, [id]: readonly string[]): Promise<boolean> {
  return id !== undefined && answered(readConflict(id).then(isUndoable));
}

function isUndoable(conflict: RawRow): boolean {
  const state = numberField(conflict, 'crmjira_state');
  const decidedOn = textField(conflict, 'crmjira_decided_on') ?? textField(conflict, 'createdon') ?? '';
  const isDecided = state === ConflictState.KeptCrm || state === ConflictState.KeptJira;
  const isOfCase = textField(conflict, 'crmjira_regarding_table') === 'incident';
  const isOfIssue = textField(conflict, '_crmjira_link_value') !== null;
  return isOfCase && isOfIssue && isDecided && Date.now() - Date.parse(decidedOn) <= UNDO_DAYS * 86_400_000;
}

/** A value of a conflict as the person sees it: what a form shows may be older than what stands by now, and a decision counts for that alone. */
const shownValue = (bar: Bar, row: RawRow, column: string): string | null =>
  isForm(bar) ? (bar.getAttribute<Xrm.Attributes.StringAttribute>(column)?.getValue() ?? null) : textField(row, column);

const keep =
  (side: 'crm' | 'jira') =>
  (bar: Bar, table: string, ids: readonly string[]): Promise<void> =>
    inWords(async () => {
      const [id = ''] = ids;
      const row = await readConflict(id);
      const type = CommandType.ResolveConflict;
      const [crm, jira] = [shownValue(bar, row, 'crmjira_crm_value'), shownValue(bar, row, 'crmjira_jira_value')];
      await askAndTell(bar, {
        regarding: { table, id: plainId(id) },
        type,
        name: commandTypeLabels[type][userLanguage()],
        payload: { keep: side, crm, jira },
      });
    });

/** Decides a conflict about a row that an integration with a REST or SOAP service synchronises; its next run carries it out. */
export const keepDynamics = keep('crm');
export const keepOther = keep('jira');

/** Whether it is such a conflict, and open: those about issues are decided beside their issue. */
export async function canDecideConflict(_table: string, [id]: readonly string[]): Promise<boolean> {
  const isOpen = (row: RawRow): boolean =>
    numberField(row, 'crmjira_state') === ConflictState.Open && textField(row, '_crmjira_link_value') === null;
  return id !== undefined && answered(readConflict(id).then(isOpen));
}
