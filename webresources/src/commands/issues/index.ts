import { CommandType, ConflictState, UNDO_DAYS, commandTypeLabels } from '@crmjira/domain';
import { type RawRow, isForbidden, numberField, plainId, textField } from '@crmjira/form-data';
import { askAbout } from '../ask-about';
import { words } from '../words';
import { userLanguage } from '../../opportunity-form/words';
import { askForSync } from './ask-for-sync';
import { type IssueTask, openIssueDialog } from './dialog';
import { readLinkedIssues } from './read-links';

/**
 * Commands about the Jira issues of a case, opportunity, account or product, on its form and in its lists (R-1705, R-1714, R-1718). The
 * ribbons of the four tables bind each button to the function of its name and its enabling to `has…`; all get what the command bar is
 * on, the table and the ids: of the form's record, or of the rows that are selected.
 */
type Bar = Xrm.FormContext | Xrm.Controls.GridControl;

const isForm = (bar: Bar): bar is Xrm.FormContext => 'data' in bar && 'ui' in bar;

/** Whatever goes wrong is said in words; nothing is lost. */
async function inWords(act: () => Promise<void>): Promise<void> {
  try {
    await act();
  } catch (error) {
    console.error('A command about Jira issues failed.', error);
    await say(words(isForbidden(error) ? 'notAllowed' : 'failed'));
  }
}

async function say(text: string): Promise<void> {
  await Xrm.Navigation.openAlertDialog({ text });
}

/** The service reads what is saved. @returns whether there is nothing that it would not see */
async function isSaved(bar: Bar): Promise<boolean> {
  if (!isForm(bar) || !bar.data.entity.getIsDirty()) return true;
  await say(words('unsaved'));
  return false;
}

/** What was done in a dialog is shown: never over what a person is editing. */
async function showAgain(bar: Bar): Promise<void> {
  if (!isForm(bar)) return bar.refresh();
  if (!bar.data.entity.getIsDirty()) await bar.data.refresh(false);
  bar.ui.refreshRibbon();
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
    for (const id of ids) await askForSync(table, plainId(id));
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

/** Whether a record has issues to comment on and to sync; what cannot be read is not offered. */
export async function hasLinks(table: string, ids: readonly string[]): Promise<boolean> {
  return answered(table, ids, (issues) => issues.length > 0);
}

/** Whether there is an issue to open. */
export async function hasIssue(table: string, ids: readonly string[]): Promise<boolean> {
  return answered(table, ids, (issues) => issues.some(({ url }) => url !== null));
}

const CONFLICT = '?$select=crmjira_state,crmjira_regarding_table,crmjira_regarding_id,crmjira_decided_on,createdon';

/** Looks, one a second, after which it is said that the answer is still to come. */
const LOOKS = 60;

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
    let looks = 0;
    const { notSent, result } = await askAbout(
      { regarding, type, name, payload: { conflict: plainId(id) } },
      () => (looks += 1) <= LOOKS,
    );
    await say(notSent === null ? result || words('waiting') : words(notSent === 'forbidden' ? 'notAllowed' : 'failed'));
    await showAgain(bar);
  });
}

/** Whether a conflict of a case has been decided, lately enough; what cannot be read is not offered. */
export async function canUndoConflict(_table: string, ids: readonly string[]): Promise<boolean> {
  const [id] = ids;
  if (!id) return false;
  try {
    const row = await readConflict(id);
    const state = numberField(row, 'crmjira_state');
    const decidedOn = textField(row, 'crmjira_decided_on') ?? textField(row, 'createdon') ?? '';
    const isDecided = state === ConflictState.KeptCrm || state === ConflictState.KeptJira;
    const isOfCase = textField(row, 'crmjira_regarding_table') === 'incident';
    return isOfCase && isDecided && Date.now() - Date.parse(decidedOn) <= UNDO_DAYS * 86_400_000;
  } catch (error) {
    console.error('Whether a command is to be offered could not be read.', error);
    return false;
  }
}

async function answered(
  table: string,
  ids: readonly string[],
  holds: (issues: Awaited<ReturnType<typeof readLinkedIssues>>) => boolean,
): Promise<boolean> {
  const [id] = ids;
  if (!id) return false;
  try {
    return holds(await readLinkedIssues(table, plainId(id)));
  } catch (error) {
    console.error('Whether a command is to be offered could not be read.', error);
    return false;
  }
}
