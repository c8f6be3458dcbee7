import '@testing-library/jest-dom';
import * as React from 'react';
import { act, fireEvent, render, screen } from '@testing-library/react';
import { CommandState, CommandType } from '@crmjira/domain';
import { DeletePage } from '../../../webresources/src/pages/delete-time/delete-page';
import { pageFormat } from '../../../webresources/src/pages/platform/page-format';

const TIME = 'a1b2c3d4-e5f6-7890-abcd-ef1234567890';

let worklogId: string | null;
/** what happened, in its order */
let happened: string[];
let answer: Record<string, unknown>;
let refusal: unknown;
/** definition of the environment variable; null: it may not be read */
let variable: Record<string, unknown> | null;

beforeEach(() => {
  jest.useFakeTimers();
  jest.spyOn(console, 'error').mockImplementation(() => undefined);
  jest.spyOn(window, 'close').mockImplementation(() => void happened.push('closed'));
  worklogId = '48112';
  happened = [];
  answer = { crmjira_command_state: CommandState.Running };
  refusal = null;
  variable = { schemaname: 'crmjira_DeleteWorklogWithRecord', defaultvalue: 'no' };
  Object.assign(globalThis, {
    Xrm: {
      WebApi: {
        retrieveRecord: async (table: string) =>
          table === 'crmjira_time_record' ? { crmjira_jira_worklog_id: worklogId } : answer,
        retrieveMultipleRecords: async () => {
          if (variable === null) throw Object.assign(new Error('No privilege.'), { errorCode: 0x80040220 });
          return { entities: [variable] };
        },
        createRecord: async (_table: string, row: Record<string, unknown>) => {
          happened.push(`asked ${row['crmjira_command_type']} of ${row['crmjira_regarding_id']}`);
          return { id: 'new' };
        },
        deleteRecord: async (table: string, id: string) => {
          if (refusal) throw refusal;
          happened.push(`deleted ${table} ${id}`);
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

async function open(language: 1033 | 3084 = 1033): Promise<void> {
  const settings = { language, theme: null, recordId: TIME };
  render(<DeletePage facts={{ language, format: pageFormat(language, () => 0), dark: false, settings }} />);
  await pass(0);
}

test('R-1827 by default the record goes and its worklog stays in Jira', async () => {
  await open();
  expect(screen.getByRole('heading', { name: 'Delete this time record?' })).toBeVisible();
  expect(screen.getByText('Worklog 48112 stays in Jira unless you tick:')).toBeVisible();
  expect(screen.getByRole('checkbox', { name: 'Also remove it from Jira' })).not.toBeChecked();
  press('Delete');
  await pass(0);
  expect(happened).toEqual([`deleted crmjira_time_record ${TIME}`, 'closed']);
});

test('R-1827 where the environment says so the tick is set at first, and whoever takes it away keeps the worklog', async () => {
  variable = { ...variable, environmentvariabledefinition_environmentvariablevalue: [{ value: 'yes' }] };
  await open();
  expect(screen.getByRole('checkbox')).toBeChecked();
  expect(screen.getByText('Worklog 48112 is removed from Jira unless you clear:')).toBeVisible();
  fireEvent.click(screen.getByRole('checkbox'));
  // Read anew meanwhile, it is still what the person has chosen.
  await pass(31_000);
  expect(screen.getByRole('checkbox')).not.toBeChecked();
  press('Delete');
  await pass(0);
  expect(happened).toEqual([`deleted crmjira_time_record ${TIME}`, 'closed']);
});

test('R-1827 of somebody who may not read the settings the worklog stays', async () => {
  variable = null;
  await open();
  expect(screen.getByRole('checkbox')).not.toBeChecked();
});

test('R-1827 R-1808 with the tick the record is deleted only once the service says that the worklog is gone', async () => {
  await open();
  fireEvent.click(screen.getByRole('checkbox'));
  press('Delete');
  const asked = `asked ${CommandType.RemoveWorklog} of ${TIME}`;
  await pass(3_000);
  expect([happened, told()]).toEqual([[asked], 'Worklog 48112 is being removed from Jira.']);
  answer = { crmjira_command_state: CommandState.Done, crmjira_result: 'Removed.' };
  await pass(1_000);
  expect(happened).toEqual([asked, `deleted crmjira_time_record ${TIME}`, 'closed']);
});

test.each([
  ['refuses', { crmjira_command_state: CommandState.Refused, crmjira_result: 'Only the owner.' }, 'Only the owner.'],
  [
    'fails',
    { crmjira_command_state: CommandState.Failed, crmjira_result: '' },
    'The worklog could not be removed from Jira.',
  ],
])('R-1827 where the service %s, the record is kept and the page says so', async (_what, given, words) => {
  answer = given;
  await open();
  fireEvent.click(screen.getByRole('checkbox'));
  press('Delete');
  await pass(1_000);
  expect(happened).toHaveLength(1);
  expect(told()).toBe(`${words}The time record is kept.`);
});

test('R-1827 who may not delete the record is told so; nothing is left to remove of one that is not in Jira', async () => {
  worklogId = null;
  refusal = { errorCode: 0x80040220 };
  await open(3084);
  expect(screen.queryByRole('checkbox')).toBeNull();
  press('Supprimer');
  await pass(0);
  expect(told()).toBe(
    'Vous n’avez pas le privilège de supprimer cette feuille de temps.La feuille de temps est conservée.',
  );
  press('Annuler');
  expect(happened).toEqual(['closed']);
});
