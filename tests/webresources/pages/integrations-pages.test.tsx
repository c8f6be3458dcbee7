import '@testing-library/jest-dom';
import * as React from 'react';
import { fireEvent, render, screen, within } from '@testing-library/react';
import { CommandState, CommandType, connectionFaultWords } from '@crmjira/domain';
import { DashboardPage } from '../../../webresources/src/pages/integrations-dashboard/dashboard-page';
import { ListPage } from '../../../webresources/src/pages/integrations-list/list-page';
import { LogsPage } from '../../../webresources/src/pages/integrations-logs/logs-page';
import { ProvidersPage } from '../../../webresources/src/pages/integrations-providers/providers-page';
import type { PageFacts } from '../../../webresources/src/pages/platform/start-page';
import { integrationAnswer, runRows } from './integration-rows';
import { type IntegrationsWorld, factsIn, forbidden, integrationsWorld, pass } from './integrations-world';
import { idOf } from './jira-rows';

let world: IntegrationsWorld;
beforeEach(() => {
  world = integrationsWorld();
});
afterEach(() => jest.useRealTimers());

async function open(
  Page: (props: { readonly facts: PageFacts }) => React.ReactElement,
  language: 1033 | 3084 = 1033,
  recordId: string | null = null,
): Promise<void> {
  render(<Page facts={factsIn(language, recordId)} />);
  await pass(0);
}

const press = (name: string | RegExp): void =>
  void fireEvent.click(screen.getAllByRole('button', { name })[0] as Element);
const tick = (name: string): void => void fireEvent.click(screen.getByRole('checkbox', { name: `Select ${name}` }));
const rowOf = (name: string | RegExp): HTMLElement => screen.getByRole('row', { name });
const cardOf = (heading: string): HTMLElement =>
  screen.getByRole('heading', { name: heading, level: 2 }).closest('.page-card') as HTMLElement;
const pageOf = (name: string, data?: string) => ({
  pageType: 'webresource',
  webresourceName: `crmjira_/pages/${name}.html`,
  ...(data === undefined ? {} : { data }),
});

describe('dashboard', () => {
  test('R-1602 R-1603 total, success rate against the week before, failures and triggers stand at a glance', async () => {
    await open(DashboardPage);
    expect(screen.getByText('Maple Ridge partner Jira is down')).toBeInTheDocument();
    expect(cardOf('Integrations')).toHaveTextContent(/8.*6 active, 2 inactive.*4 healthy.*1 attention.*1 down/);
    // 2,938 of 3,031 runs of May 10 to 16, 3,218 of 3,233 of the week before
    expect(cardOf('Success rate')).toHaveTextContent(
      /\d{2}\.\d%.*of 3,031 runs, last 7 days.*Down \d\.\d points.*99\.5% before/,
    );
    expect(cardOf('Failed runs')).toHaveTextContent(
      /93.*last 7 days; 15 in the 7 days before.*77 of them: Maple Ridge/,
    );
    expect(cardOf('Runs by trigger')).toHaveTextContent(/3,031.*Scheduled.*Webhook.*Retry/);
  });

  test('R-1603 runs a day and errors by cause add up, each cause with what to check first', async () => {
    await open(DashboardPage);
    expect(
      screen.getByRole('img', { name: /^Runs a day from May 3 to today: 337, .*Failed: 1, 0, 3/ }),
    ).toBeInTheDocument();
    const causes = within(screen.getByRole('table', { name: 'Errors by cause' }));
    expect(causes.getByRole('row', { name: /^Authentication \(401\)/ })).toHaveTextContent(
      /Check credentials and permissions.*77.*0.*New/,
    );
    expect(causes.getByRole('row', { name: /^Time-out/ })).toHaveTextContent(/Check firewall and connectivity/);
    expect(causes.getByRole('row', { name: /^Total/ })).toHaveTextContent(/9315.*Up 520%/);
  });

  test('R-1603 R-1616 active integrations stand with health and rate, and recent activity has runs and actions', async () => {
    await open(DashboardPage);
    const active = within(screen.getByRole('table', { name: 'Active integrations' }));
    expect(active.getAllByRole('row')).toHaveLength(8);
    expect(active.getByRole('row', { name: /^Maple Ridge partner Jira · Jira/ })).toHaveTextContent(
      /Down.*77.*77.*0\.0%/,
    );
    expect(active.getByRole('row', { name: /^Total/ })).toHaveTextContent('3,031');
    const recent = within(cardOf('Recent activity')).getAllByRole('listitem');
    expect(recent.map((one) => one.textContent)).toEqual([
      '12:45Rideau Logic JiraScheduled, succeeded41 records · 3.2 s',
      '12:41Rideau Logic JiraWebhook, succeeded1 record · 0.4 s',
      '12:40Maple Ridge partner JiraScheduled, failed: Jira refused the sign-in (401).Replace token',
      '12:32Rideau Logic Data CenterAda Singh: Field mapping changed',
      '12:00Active DirectoryManual, succeeded214 records · 8.7 s',
      '11:52Rideau Logic Data CenterWebhook, failed: Conflict in mapping 4 (Priority).',
    ]);
    press('Replace token: Maple Ridge partner Jira');
    expect(world.opened).toEqual([pageOf('integration-detail', `id=${idOf('Maple Ridge partner Jira')}&tab=settings`)]);
  });

  test('R-1603 it is read with aggregates and the newest rows alone: nothing grows with the past', async () => {
    await open(DashboardPage);
    const logs = world.asked.filter(
      (query) => query.includes('crmjira_sync_log') || query.includes('crmjira_admin_audit'),
    );
    expect(logs).toHaveLength(9);
    expect(logs.every((query) => query.includes('aggregate="true"') || query.includes('top="6"'))).toBe(true);
  });

  test('R-1602 without an integration it says what to do next; in French too', async () => {
    world.answer = integrationAnswer(true);
    await open(DashboardPage, 3084);
    expect(screen.getByText('Aucune intégration.')).toBeInTheDocument();
    press('Active Directory ou LDAP');
    expect(world.opened).toEqual([pageOf('integration-directory')]);
  });
});

describe('list', () => {
  test('R-1602 R-1621 each stands with its state and one next action', async () => {
    await open(ListPage);
    expect(screen.getAllByRole('button', { pressed: true })[0]).toHaveTextContent('All (8)');
    expect(rowOf(/^Select Rideau Logic Data Center/)).toHaveTextContent(
      /jira\.corp\.rideaulogic\.example.*Jira.*Active.*Attention.*Answers in 4\.6 s, limit 5 s.*12:00, passed.*60 min/,
    );
    expect(rowOf(/^Select Maple Ridge partner Jira/)).toHaveTextContent(
      /Down.*Token refused since May 14 23:10.*Replace token/,
    );
    expect(rowOf(/^Select Active Directory/)).toHaveTextContent(/dc1\.corp\.rideaulogic\.example:636.*4 h.*Sync now/);
    expect(rowOf(/^Select Carrier rates/)).toHaveTextContent(/Inactive.*Never.*None yet.*Activate/);
    expect(rowOf(/^Select Customs broker status/)).toHaveTextContent(/Unknown.*Not tested yet.*Test/);
    press('Inactive (2)');
    expect(screen.getAllByRole('row')).toHaveLength(3);
  });

  test('R-1611 R-1621 what is pressed is asked for by a command about the integration', async () => {
    await open(ListPage);
    press('Sync now: ERP item master');
    press('Activate: Carrier rates');
    press('Test: Customs broker status');
    await pass(0);
    const about = (name: string) => ['crmjira_integration', idOf(name)];
    expect(
      world.commands.map((one) => [
        ...[one.crmjira_command_type, one.crmjira_regarding_table, one.crmjira_regarding_id],
        one.crmjira_payload === undefined ? null : JSON.parse(one.crmjira_payload),
      ]),
    ).toEqual([
      [CommandType.Run, ...about('ERP item master'), { mode: 'changes' }],
      [CommandType.SetActive, ...about('Carrier rates'), { active: true }],
      [CommandType.TestConnection, ...about('Customs broker status'), null],
    ]);
    // Asked once: until it is answered its button cannot be pressed.
    expect(screen.getByRole('button', { name: 'Sync now: ERP item master' })).toHaveAttribute('aria-disabled', 'true');
  });

  test('R-1621 an activation without a passed test is refused in words, with the test beside them', async () => {
    world.answers = {
      [CommandType.SetActive]: {
        state: CommandState.Refused,
        result: 'Refused.',
        answer: { isSaved: false, problems: [{ path: '', code: 'not-tested', says: 'Refused.' }] },
      },
    };
    await open(ListPage);
    tick('Customs broker status');
    press('Activate');
    await pass(1_500);
    expect(
      screen.getByText('Customs broker status cannot be activated: its saved settings have not passed a test.'),
    ).toBeInTheDocument();
    expect(screen.getByText('Nothing was changed. Test it, then activate it.')).toBeInTheDocument();
    fireEvent.click(within(screen.getByRole('status')).getByRole('button', { name: 'Test connection' }));
    await pass(0);
    expect(world.commands.at(-1)).toMatchObject({ crmjira_command_type: CommandType.TestConnection });
  });

  test('R-1602 a delete asks first, says what goes, and has the focus where nothing happens', async () => {
    await open(ListPage);
    tick('Customs broker status');
    press('Delete');
    const dialog = within(screen.getByRole('dialog', { name: 'Delete Customs broker status?' }));
    expect(
      dialog.getByText(
        'It has never run. Its settings, mappings and stored secrets are removed. This cannot be undone.',
      ),
    ).toBeInTheDocument();
    const keep = dialog.getAllByRole('button', { name: 'Keep it' }).at(-1);
    expect(keep).toHaveFocus();
    fireEvent.click(dialog.getByRole('button', { name: 'Delete' }));
    await pass(0);
    expect(world.commands).toMatchObject([
      { crmjira_command_type: CommandType.DeleteIntegration, crmjira_regarding_id: idOf('Customs broker status') },
    ]);
  });

  test('R-1602 an active one is deactivated after a question, and cannot be deleted', async () => {
    await open(ListPage);
    tick('ERP item master');
    expect(screen.getByRole('button', { name: 'Delete' })).toHaveAttribute('aria-disabled', 'true');
    press('Deactivate');
    expect(world.commands).toEqual([]);
    fireEvent.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'Deactivate' }));
    await pass(0);
    expect(world.commands.map(({ crmjira_payload }) => crmjira_payload)).toEqual(['{"active":false}']);
  });

  test('R-1601 the menu of new ones has five kinds, goes by arrow keys and closes with Escape', async () => {
    await open(ListPage);
    const button = screen.getByRole('button', { name: 'New integration' });
    fireEvent.click(button);
    const items = screen.getAllByRole('menuitem');
    expect(items.map((item) => item.textContent)).toEqual([
      'Active Directory or LDAPUsers and team membership',
      'JiraProjects, issues, budgets',
      'REST serviceAny JSON service',
      'SOAP serviceOlder XML services',
      'NotificationsTell a Teams or Slack channel, or a webhook',
    ]);
    expect(items[0]).toHaveFocus();
    fireEvent.keyDown(items[0] as Element, { key: 'ArrowUp' });
    expect(items[4]).toHaveFocus();
    fireEvent.click(items[4] as Element);
    expect(world.opened).toEqual([pageOf('integration-notification')]);
    fireEvent.keyDown(items[4] as Element, { key: 'Escape' });
    expect(screen.queryByRole('menu')).not.toBeInTheDocument();
    expect(button).toHaveFocus();
  });
});

describe('logs', () => {
  const queryOf = (part: string): string | undefined =>
    [...world.asked].reverse().find((query) => query.includes('top=') && query.includes(part));

  test('R-1615 runs stand newest first with time, status, records and what happened; one opens for its hint', async () => {
    await open(LogsPage);
    expect(screen.getByText('5 runs found')).toBeInTheDocument();
    expect(screen.getByLabelText('From')).toHaveValue('2025-05-10');
    const row = rowOf(/^12:40 Maple Ridge partner Jira/);
    expect(row).toHaveTextContent(/Scheduled.*Service.*Failed.*0\.6 s.*0.*0.*Jira refused the sign-in \(401\)\./);
    press('Details: Maple Ridge partner Jira, 12:40');
    expect(screen.getByText('Hint: Check credentials and permissions.')).toBeInTheDocument();
    expect(screen.getByText(`Correlation ID ${idOf('correlation 20')}`)).toBeInTheDocument();
    expect(rowOf(/^12:00 Active Directory/)).toHaveTextContent('Ada Singh');
  });

  test('R-1615 dates, integration, status, trigger, person and words narrow the search on the server', async () => {
    await open(LogsPage);
    const choose = (name: string, value: string): void =>
      void fireEvent.change(screen.getByLabelText(name), { target: { value } });
    choose('From', '2025-05-01');
    choose('Integration', idOf('Rideau Logic Jira'));
    choose('Status', 'failed');
    choose('Trigger', '4');
    choose('By', 'service');
    choose('Words', '50% <b>');
    await pass(1_000);
    const query = queryOf('crmjira_sync_log') ?? '';
    expect(query).toContain(
      '<condition attribute="crmjira_started_on" operator="ge" value="2025-05-01T04:00:00.000Z" />',
    );
    expect(query).toContain(
      `<condition attribute="crmjira_integration_id" operator="eq" value="${idOf('Rideau Logic Jira')}" />`,
    );
    expect(query).toContain('<condition attribute="crmjira_status" operator="eq" value="3" />');
    expect(query).toContain('<condition attribute="crmjira_trigger" operator="eq" value="4" />');
    expect(query).toContain('<condition attribute="crmjira_actor" operator="null" />');
    // Neither a wildcard nor markup of the query.
    expect(query).toContain('operator="like" value="%50[%] &#60;b&#62;%"');
    press('Clear filters');
    await pass(1_000);
    expect(queryOf('crmjira_sync_log')).not.toContain('like');
  });

  test('R-1613 a failed run is told in the language of whoever reads, with what helps; rows of before keep their text', async () => {
    const facts = { crmjira_error_code: 'connection-refused', crmjira_error_arguments: '{"host":"rates.example"}' };
    const usual = integrationAnswer();
    world.answer = (table, query) => {
      const rows = usual(table, query);
      if (table !== 'crmjira_sync_log' || query.includes('aggregate') || rows === null) return rows;
      return rows.map((row) =>
        'crmjira_error_message' in row && row.crmjira_error_message === 'Jira refused the sign-in (401).'
          ? { ...row, ...facts }
          : row,
      );
    };
    await open(LogsPage, 3084);
    expect(screen.getByText('rates.example refuse la connexion.')).toBeInTheDocument();
    press(/^Détails\s: Maple Ridge/);
    expect(screen.queryByText(/Jira refused/)).not.toBeInTheDocument();
    expect(screen.getByText(connectionFaultWords['connection-refused'].words[3084]({}).remedy)).toBeInTheDocument();
    press(/^Détails\s: Rideau Logic Data Center/);
    expect(screen.getByText('Conflict in mapping 4 (Priority).')).toHaveAttribute('lang', 'en');
  });

  test('R-1615 more rows are shown with a press, and all of them are exported without a formula', async () => {
    const many = Array.from({ length: 60 }, (_, index) => ({ ...runRows[0], crmjira_sync_logid: `run-${index}` }));
    const wicked = { ...runRows[2], crmjira_error_message: '=HYPERLINK("http://x")' };
    const usual = integrationAnswer();
    world.answer = (table, query) => {
      if (table !== 'crmjira_sync_log' || query.includes('crmjira_actor" alias')) return usual(table, query);
      if (query.includes('aggregate')) return [{ found: 60 }];
      return query.includes('page="1"')
        ? [wicked, ...many.slice(1)]
        : many.slice(0, Number(/top="(\d+)"/.exec(query)?.[1]));
    };
    const saved: Blob[] = [];
    Object.assign(URL, {
      createObjectURL: (blob: Blob) => `blob:${saved.push(blob)}`,
      revokeObjectURL: () => undefined,
    });
    jest.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => undefined);
    await open(LogsPage);
    expect(screen.getByText(/^25 of 60 shown/)).toBeInTheDocument();
    press('Show 25 more');
    await pass(0);
    expect(screen.getByText(/^50 of 60 shown/)).toBeInTheDocument();
    expect(screen.getByRole('button', { name: 'Show 10 more' })).toBeInTheDocument();
    press('Export 60 rows');
    await pass(0);
    expect(screen.getByText('60 rows were exported.')).toBeInTheDocument();
    const text = await new Promise<string>((resolve) => {
      const reader = new FileReader();
      reader.onload = () => resolve(String(reader.result));
      reader.readAsText(saved[0] as Blob);
      jest.runAllTicks();
      void jest.advanceTimersByTimeAsync(10);
    });
    expect(text.trim().split('\r\n')).toHaveLength(61);
    expect(text).toContain(`"'=HYPERLINK(""http://x"")"`);
    expect(text).not.toMatch(/[,;]"?=HYPERLINK/);
  });

  test('R-1615 what Dataverse does not count is said as such, with the limit of an export', async () => {
    const usual = integrationAnswer();
    world.answer = (table, query) => {
      if (table === 'crmjira_sync_log' && query.includes('aggregate'))
        throw Object.assign(new Error('AggregateQueryRecordLimit exceeded.'), { errorCode: -2147164125 });
      return usual(table, query);
    };
    await open(LogsPage);
    expect(screen.getByText('More than 50,000 runs found')).toBeInTheDocument();
    expect(
      screen.getByText('The export holds the first 50,000 rows. Narrow the search for the rest.'),
    ).toBeInTheDocument();
  });

  test('R-1616 the other tab has what administrators did, also what was refused, with a fingerprint of before and after', async () => {
    await open(LogsPage);
    fireEvent.keyDown(screen.getByRole('tab', { name: 'Sync runs' }), { key: 'ArrowRight' });
    await pass(1_000);
    expect(screen.getByRole('tab', { name: 'Administrative actions' })).toHaveFocus();
    expect(screen.getByText('5 actions found')).toBeInTheDocument();
    expect(rowOf(/^12:32/)).toHaveTextContent(
      /Ada Singh.*Field mapping changed.*Rideau Logic Data Center.*9f2c…3333.*41ab…4444/,
    );
    expect(rowOf(/Refused/)).toHaveTextContent(
      /Refused: Integration activated.*Carrier rates · needs the role Integration Administrator.*None.*None/,
    );
    expect(screen.getByText(/They are kept for 7 years\.$/)).toBeInTheDocument();
    expect(screen.queryByLabelText('Trigger')).not.toBeInTheDocument();
  });

  test('R-1615 opened for one integration it shows the runs of that one', async () => {
    await open(LogsPage, 1033, idOf('ERP item master'));
    expect(queryOf('crmjira_sync_log')).toContain(`value="${idOf('ERP item master')}"`);
  });

  test('R-1615 nothing that fits is said, and the filters can be cleared', async () => {
    world.answer = integrationAnswer(true);
    await open(LogsPage);
    expect(screen.getByText('No run fits. Choose other dates or filters.')).toBeInTheDocument();
  });
});

test('R-1601 the four providers stand with what they bring, webhooks and number, also where no row tells of one yet', async () => {
  await open(ProvidersPage);
  expect(rowOf(/^Active Directory or LDAP/)).toHaveTextContent(
    /Users and team membership.*No.*1 active, 0 inactive.*New/,
  );
  expect(rowOf(/^Jira/)).toHaveTextContent(/Projects, issues, budgets.*Yes.*3 active, 0 inactive/);
  expect(rowOf(/^REST service/)).toHaveTextContent(/Any JSON service.*Yes.*1 active, 1 inactive/);
  expect(rowOf(/^SOAP service/)).toHaveTextContent(/Older XML services.*–.*0 active, 1 inactive/);
  expect(rowOf(/^Sentry/)).toHaveTextContent(/Errors of running software.*Set up with the service/);
  press('New integration: Jira');
  expect(world.opened).toEqual([pageOf('integration-jira')]);
});

test.each([
  ['dashboard', DashboardPage],
  ['list', ListPage],
  ['logs', LogsPage],
  ['providers', ProvidersPage],
] as const)(
  'R-1617 R-1602 %s: a person without the role reads which one it takes, and sees nothing else',
  async (_name, Page) => {
    world.answer = forbidden;
    await open(Page, 3084);
    expect(screen.getByText('Vous n’avez pas l’autorisation de gérer les intégrations.')).toBeInTheDocument();
    expect(
      screen.getByText('Le rôle CRM-JIRA Integration Administrator est requis; un administrateur l’attribue.'),
    ).toBeInTheDocument();
    expect(screen.queryByRole('button')).not.toBeInTheDocument();
    expect(screen.queryByRole('table')).not.toBeInTheDocument();
  },
);
