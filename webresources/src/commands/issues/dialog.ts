import { plainId } from '@crmjira/form-data';

/** What a person does about the Jira issues of records, in a dialog. */
export type IssueTask = 'create' | 'tickets' | 'link' | 'comment' | 'open';

/** Records that a dialog is about. */
export interface Selection {
  readonly table: string;
  readonly ids: readonly string[];
}

const PAGE = 'crmjira_/pages/record-issues.html';
/** A list may have more selected than an address can name: the dialog is of the same origin and tab. */
export const KEPT = 'crmjira.selection';

/** Opens the dialog. @returns once it is closed */
export async function openIssueDialog(task: IssueTask, { table, ids }: Selection): Promise<void> {
  sessionStorage.setItem(KEPT, JSON.stringify({ table, ids: ids.map(plainId) } satisfies Selection));
  await Xrm.Navigation.navigateTo(
    { pageType: 'webresource', webresourceName: PAGE, data: `task=${task}` },
    { target: 2, position: 1, width: { value: 640, unit: 'px' }, height: { value: 640, unit: 'px' } },
  );
}

/** What the dialog was opened for; null: it was not opened by a command. */
export function readTask(search: string): { readonly task: IssueTask; readonly selection: Selection } | null {
  const task = new URLSearchParams(new URLSearchParams(search).get('data') ?? '').get('task');
  const kept = sessionStorage.getItem(KEPT);
  if (kept === null || !isTask(task)) return null;
  // our own text, of this tab
  const selection = JSON.parse(kept) as Selection;
  return selection.ids.length === 0 ? null : { task, selection };
}

const isTask = (task: string | null): task is IssueTask =>
  task !== null && ['create', 'tickets', 'link', 'comment', 'open'].includes(task);
