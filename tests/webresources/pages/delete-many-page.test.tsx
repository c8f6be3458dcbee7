import '@testing-library/jest-dom';
import * as React from 'react';
import { act, fireEvent, render, screen } from '@testing-library/react';
import { CommandState } from '@crmjira/domain';
import { DeleteManyPage } from '../../../webresources/src/pages/delete-time/delete-many-page';
import { pageFormat } from '../../../webresources/src/pages/platform/page-format';
import { pageSettings } from '../../../webresources/src/pages/platform/page-settings';

const idOf = (n: number): string => `a1b2c3d4-e5f6-7890-abcd-${String(n).padStart(12, '0')}`;

/** by record: its worklog */
let worklogs: Map<string, string | null>;
let asked: string[];
let deleted: string[];
/** by record: how its removal from Jira ends; left out: it goes on */
let answers: Map<string, Record<string, unknown>>;
let refused: Set<string>;

const done = { crmjira_command_state: CommandState.Done, crmjira_result: 'Removed.' };

beforeEach(() => {
  jest.useFakeTimers();
  jest.spyOn(console, 'error').mockImplementation(() => undefined);
  jest.spyOn(window, 'close').mockImplementation(() => undefined);
  worklogs = new Map([1, 2, 3, 4, 5, 6].map((n) => [idOf(n), n === 6 ? null : `4811${n}`]));
  [asked, deleted, answers, refused] = [[], [], new Map(), new Set()];
  Object.assign(globalThis, {
    Xrm: {
      WebApi: {
        retrieveRecord: async (_table: string, id: string) => answers.get(id) ?? { crmjira_command_state: 1 },
        retrieveMultipleRecords: async (table: string, query: string) =>
          table === 'crmjira_time_record'
            ? {
                entities: [...worklogs].flatMap(([id, worklog], at) =>
                  decodeURIComponent(query).includes(`<value>${id}</value>`)
                    ? [
                        {
                          crmjira_time_recordid: id,
                          crmjira_subject: `Work ${at + 1}`,
                          crmjira_jira_worklog_id: worklog,
                        },
                      ]
                    : [],
                ),
              }
            : { entities: [] },
        createRecord: async (_table: string, row: Record<string, unknown>) => {
          const id = String(row['crmjira_regarding_id']);
          asked.push(id);
          return { id };
        },
        deleteRecord: async (_table: string, id: string) => {
          if (refused.has(id)) throw { errorCode: 0x80040220 };
          deleted.push(id);
          worklogs.delete(id);
        },
      },
    },
  });
});
afterEach(() => {
  jest.useRealTimers();
  jest.restoreAllMocks();
});

const pass = (milliseconds: number) => act(async () => void (await jest.advanceTimersByTimeAsync(milliseconds)));
const press = (name: string): void => void fireEvent.click(screen.getByRole('button', { name }));
const told = (): string => screen.getByRole('status').textContent ?? '';
const all = [1, 2, 3, 4, 5, 6].map(idOf);

async function open(language: 1033 | 3084 = 1033) {
  const { recordIds } = pageSettings(`?data=${encodeURIComponent(`ids=${all.join().toUpperCase()}`)}`);
  const settings = { language, theme: null, recordId: null };
  const facts = { language, format: pageFormat(language, () => 0), dark: false, settings };
  const { unmount } = render(<DeleteManyPage facts={facts} ids={recordIds ?? []} />);
  await pass(0);
  return unmount;
}

test('R-1827 several records are deleted at once; by default their worklogs stay in Jira', async () => {
  await open();
  expect(screen.getByRole('heading', { name: 'Delete 6 time records?' })).toBeVisible();
  expect(screen.getByText('In Jira: 5. Worklogs stay there unless you tick:')).toBeVisible();
  press('Delete');
  await pass(0);
  expect([deleted.sort(), asked]).toEqual([all, []]);
  expect(told()).toBe('All 6 time records are deleted.');
  expect(screen.queryByRole('button', { name: 'Delete' })).toBeNull();
  expect(screen.getByRole('button', { name: 'Close' })).toBeVisible();
});

test('R-1827 R-1837 with the tick the worklogs go first, four at once; what stops one stops no other, and says why', async () => {
  answers.set(idOf(2), { crmjira_command_state: CommandState.Refused, crmjira_result: 'Only the owner.' });
  refused.add(idOf(6));
  await open();
  fireEvent.click(screen.getByRole('checkbox', { name: 'Also remove them from Jira' }));
  press('Delete');
  await pass(0);
  expect([asked, deleted]).toEqual([all.slice(0, 4), []]);
  expect(screen.getByRole('progressbar', { name: 'Deletion of time records' })).toHaveAttribute('aria-valuenow', '0');
  for (const n of [1, 3, 5]) answers.set(idOf(n), done);
  await pass(10_000);
  // One is still under way in Jira: it is not gone, and the bar says so.
  expect(deleted.sort()).toEqual([idOf(1), idOf(3), idOf(5)]);
  expect(screen.getByRole('progressbar')).toHaveAttribute('aria-valuenow', '5');
  answers.set(idOf(4), done);
  await pass(10_000);
  expect(told()).toBe('Deleted: 4. Kept: 2.');
  expect(screen.getAllByRole('listitem').map(({ textContent }) => textContent)).toEqual([
    'Work 2 Only the owner.',
    'Work 6 You do not have the privilege to delete this time record.',
  ]);
});

test('R-1827 closing the window leaves what has not begun, in French as well', async () => {
  const close = await open(3084);
  fireEvent.click(screen.getByRole('checkbox', { name: 'Les retirer aussi de Jira' }));
  press('Supprimer');
  await pass(0);
  expect(screen.getByText(/^Fermer cette fenêtre arrête ici/)).toBeVisible();
  close();
  for (const id of all) answers.set(id, done);
  await pass(20_000);
  expect([asked.length, deleted]).toEqual([4, []]);
});
