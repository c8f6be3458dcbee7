import '@testing-library/jest-dom';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { IssuePicker } from '../../../controls/issue-picker/src/IssuePicker/index';
import { issue } from '../jira-issues/issue-rows';
import type { Row } from '../platform/rows';
import { type ControlClass, freezePage, showControl, thawPage } from '../platform/show-control';
import { CONNECTION_OF_OLIVIA, TIME_ID, timeRecord, timeTables } from '../worklog-sync/time-rows';

// The lifecycle is driven without the control's own inputs.
const Control = IssuePicker as unknown as ControlClass;
type Options = Omit<Parameters<typeof showControl>[1], 'control' | 'rows'> & {
  readonly value?: string;
  readonly rows?: Parameters<typeof timeTables>[0];
};
const LETTERS = issue('CRMYKBZADZ-17', { crmjira_summary: 'Letters in English and French' });
const TEST = issue('CRMYKBZADZ-38', { crmjira_summary: 'Test letters with assistive technology' });
const show = ({ value, rows, ...options }: Options = {}) =>
  showControl(Control, {
    control: 'issue-picker',
    table: 'crmjira_time_record',
    recordId: TIME_ID,
    rows: timeTables({ crmjira_time_record: [], crmjira_jira_issue: [LETTERS, TEST], ...rows }),
    fields: { issueKey: value ?? null },
    ...options,
  });
const user = () => userEvent.setup({ advanceTimers: (ms) => void jest.advanceTimersByTime(ms) });
const field = () => screen.getByRole('combobox', { name: 'Jira issue' });
const text = () => (document.body.textContent ?? '').replace(/[\u00a0\u202f]/g, ' ');
const options = () => screen.queryAllByRole('option').map(({ textContent }) => textContent);
const groups = () =>
  screen
    .queryAllByRole('group')
    .map((group) => [group.getAttribute('aria-label'), within(group).getAllByRole('option').length]);
const asked = (commands: readonly Row[] | undefined) =>
  (commands ?? []).map((row) => [
    row.crmjira_command_type,
    row.crmjira_regarding_id,
    JSON.parse(String(row.crmjira_payload)),
  ]);
/** Plays the integration: answers the newest command. */
const answer = (commands: readonly Row[] | undefined, issues: readonly object[], state = 3) =>
  Object.assign(commands?.at(-1) ?? {}, { crmjira_command_state: state, crmjira_answer: JSON.stringify({ issues }) });
const TEMPLATES = {
  key: 'CRMYKBZADZ-26',
  summary: 'Letter templates',
  status: 'To Do',
  category: 'new',
  assignee: null,
};

beforeEach(freezePage);
afterEach(thawPage);

it('R-1805 before the first letter it offers the last issues of the own time, then what is assigned in Jira', async () => {
  const own = ['CRMYKBZADZ-38', 'CRMYKBZADZ-38', 'CRMOTFFHAU-8'].map((key) =>
    timeRecord({ crmjira_jira_issue_key: key }),
  );
  const { server, pass } = await show({ rows: { crmjira_time_record: own } });
  expect(text()).toContain('Optional. Needed to sync this time to Jira.');
  await user().click(field());
  await pass(0);
  expect(groups()).toEqual([['Recent', 2]]);
  expect(asked(server.tables.crmjira_command)).toEqual([[16, CONNECTION_OF_OLIVIA, { assigned: true }]]);
  answer(server.tables.crmjira_command, [{ key: 'CRMYKBZADZ-38', summary: 'Known' }, TEMPLATES]);
  await pass(500);
  // What stands above is not repeated.
  expect(groups()).toEqual([
    ['Recent', 2],
    ['Assigned to me', 1],
  ]);
  // Of one without a copy Jira is asked for its summary.
  expect(asked(server.tables.crmjira_command).at(-1)).toEqual([16, CONNECTION_OF_OLIVIA, { key: 'CRMOTFFHAU-8' }]);
  answer(server.tables.crmjira_command, [{ key: 'CRMOTFFHAU-8', summary: 'Portal search', status: null }]);
  await pass(500);
  expect(options()).toContain('[CRMOTFFHAU-8] Portal searchUnassigned');
});

it('R-1805 searches the copy at two letters and Jira 300 ms after the last one, whose answer comes below', async () => {
  const { server, pass } = await show();
  await user().type(field(), 'l');
  await pass(1_000);
  expect(options()).toEqual([]);
  const before = server.tables.crmjira_command?.length ?? 0;
  await user().type(field(), 'etter');
  await pass(0);
  expect(options()).toEqual([
    '[CRMYKBZADZ-17] Letters in English and FrenchIn ProgressAmélie Roy',
    '[CRMYKBZADZ-38] Test letters with assistive technologyIn ProgressAmélie Roy',
  ]);
  await pass(299);
  expect(server.tables.crmjira_command).toHaveLength(before);
  await pass(1);
  expect(asked(server.tables.crmjira_command).at(-1)).toEqual([16, CONNECTION_OF_OLIVIA, { text: 'letter' }]);
  answer(server.tables.crmjira_command, [TEMPLATES, { key: 'CRMYKBZADZ-17', summary: 'Letters' }]);
  await pass(500);
  expect(groups()).toEqual([
    ['In Dynamics 365, as of 14:04', 2],
    ['From Jira', 1],
  ]);
  expect(text()).toContain('3 issues found');
  expect(screen.getAllByText(/^letter$/i, { selector: 'mark' })).toHaveLength(3);
});

it('R-1805 is worked by keys: Down opens and moves, Enter takes, Escape closes and then restores', async () => {
  const { control, pass } = await show();
  await user().type(field(), 'letter');
  await pass(0);
  expect(field()).not.toHaveAttribute('aria-activedescendant');
  await user().keyboard('{ArrowDown}{ArrowDown}');
  expect(screen.getByRole('option', { selected: true })).toHaveTextContent('CRMYKBZADZ-38');
  expect(field().getAttribute('aria-activedescendant')).toBe(screen.getByRole('option', { selected: true }).id);
  await user().keyboard('{Escape}');
  expect(options()).toEqual([]);
  expect(field()).toHaveValue('letter');
  await user().keyboard('{Escape}');
  expect(field()).toHaveValue('');
  await user().type(field(), 'letter');
  await pass(0);
  await user().keyboard('{ArrowDown}{Enter}');
  expect(control.getOutputs?.()).toEqual({ issueKey: 'CRMYKBZADZ-17' });
  await pass(0);
  expect(text()).toContain('[CRMYKBZADZ-17] Letters in English and French');
  expect(screen.getByRole('link', { name: 'Open in Jira' })).toHaveAttribute('href', LETTERS.crmjira_url);
});

it('R-1805 the chosen issue is cleared by its button, and the field has the focus then', async () => {
  const { control, pass } = await show({ value: 'CRMYKBZADZ-17' });
  await user().click(screen.getByRole('button', { name: 'Clear the issue' }));
  await pass(0);
  expect(control.getOutputs?.()).toEqual({ issueKey: null });
  expect(field()).toHaveFocus();
});

it('R-1834 takes a whole key as it is typed, and keeps the last value where it is none', async () => {
  const { control, pass } = await show();
  await user().type(field(), 'YKBZADZ17');
  await user().tab();
  expect(text()).toContain(
    '“YKBZADZ17” is not an issue key.A key is capital letters, a hyphen and a number: PROJ-123.',
  );
  expect(field()).toBeInvalid();
  expect(control.getOutputs?.()).toEqual({ issueKey: null });
  await user().clear(field());
  await user().type(field(), 'crmykbzadz-417');
  await user().tab();
  expect(control.getOutputs?.()).toEqual({ issueKey: 'CRMYKBZADZ-417' });
  await pass(0);
});

describe('R-1805 states', () => {
  const REMOVED = { rows: { crmjira_jira_connection: [] } };
  it.each([
    [{ ...REMOVED }, 'You have no Jira connection.You can type a key. Search and sync need a connection.'],
    [{ offline: true }, 'You are offline.Issues as of 14:04 are searched.'],
    [{ readable: false }, 'You do not have permission to see the Jira issue.'],
    [{ hang: true, value: 'CRMYKBZADZ-17' }, ''],
    [
      { disabled: true, value: 'CRMYKBZADZ-17', rows: { crmjira_time_record: [timeRecord()] } },
      'Read-only: this time belongs to Olivia Martin.',
    ],
    [
      {
        value: 'CRMYKBZADZ-9',
        rows: {
          crmjira_jira_issue: [
            issue('CRMYKBZADZ-9', {
              crmjira_status: 'Done',
              crmjira_status_category: 'done',
              crmjira_resolved_on: '2025-05-13T15:00:00Z',
            }),
          ],
        },
      },
      'This issue is closed: Done since May 13.Jira may refuse time on it.',
    ],
  ] as [Options, string][])('%#', async (given, words) => {
    await show(given);
    expect(text()).toContain(words);
    if (given.hang) expect(screen.getByRole('status', { name: 'Reading the issue' })).toBeInTheDocument();
    if (given.disabled || given.readable === false) expect(screen.queryByRole('combobox')).toBeNull();
  });

  it('a key that Jira does not know is kept, and told', async () => {
    const { server, pass } = await show({ value: 'CRMYKBZADZ-417' });
    expect(asked(server.tables.crmjira_command)).toEqual([[16, CONNECTION_OF_OLIVIA, { key: 'CRMYKBZADZ-417' }]]);
    answer(server.tables.crmjira_command, []);
    await pass(500);
    expect(text()).toContain('CRMYKBZADZ-417 is not in Jira, or you may not see it.');
    expect(field()).toHaveValue('CRMYKBZADZ-417');
  });

  it('a closed issue that Jira gives no date of is told without one', async () => {
    const { server, pass } = await show({ value: 'CRMYKBZADZ-26' });
    answer(server.tables.crmjira_command, [{ ...TEMPLATES, status: 'Done', category: 'done' }]);
    await pass(500);
    expect(text()).toContain('This issue is closed: Done.Jira may refuse time on it.');
  });

  it('where Jira does not answer the copy serves, and a key can be taken', async () => {
    const { server, pass } = await show({ rows: { crmjira_jira_issue: [] } });
    await user().type(field(), 'CRMYKBZADZ-40');
    await pass(300);
    answer(server.tables.crmjira_command, [], 5);
    await pass(500);
    expect(text()).toContain('Jira does not answer. Issues as of 14:04 are shown.');
    expect(options()).toEqual(['Use CRMYKBZADZ-40 as typed']);
  });

  it('says that nothing was found once both have answered', async () => {
    const { server, pass } = await show({ rows: { crmjira_jira_issue: [] } });
    await user().type(field(), 'lettres');
    await pass(300);
    expect(text()).toContain('Searching Jira…');
    answer(server.tables.crmjira_command, []);
    await pass(500);
    expect(text()).toContain('No issue matches “lettres”.Check the spelling, or type a full key such as PROJ-123.');
  });
});
