import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CommandState, CommandType, ConflictState } from '@crmjira/domain';
import type { Persona } from '../../sandbox/src/form-host/contract';
import type { RibbonContext } from '../../sandbox/src/form-host/client/ribbon/ribbon-context';
import { buttonsOf, visibleButtons } from '../../sandbox/src/form-host/client/ribbon/visible-buttons';
import { parseRibbonDiff } from '../../sandbox/src/form-host/server/parse-ribbon-diff';
import * as commands from '../../webresources/src/commands/issues/index';
import { readTask } from '../../webresources/src/commands/issues/dialog';

const CASE = 'a1b2c3d4-e5f6-7890-abcd-ef1234567890';
const OTHER = 'b1b2c3d4-e5f6-7890-abcd-ef1234567890';
const SOLUTION = join(__dirname, '..', '..', 'solution');
const RIBBONS = {
  incident: 'cases/Entities/Incident/RibbonDiff.xml',
  opportunity: 'src/Entities/Opportunity/RibbonDiff.xml',
  account: 'src/Entities/Account/RibbonDiff.xml',
  product: 'src/Entities/Product/RibbonDiff.xml',
} as const;

let links: readonly unknown[];
let conflict: Record<string, unknown>;
let created: Record<string, unknown>[];
let opened: unknown[];
let said: string[];
let refusal: unknown;
let dirty: boolean;
let refreshed: number;

beforeEach(() => {
  links = [];
  created = [];
  opened = [];
  said = [];
  refusal = null;
  dirty = false;
  refreshed = 0;
  const kept = new Map<string, string>();
  jest.spyOn(console, 'error').mockImplementation(() => undefined);
  Object.assign(globalThis, {
    sessionStorage: {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => kept.set(key, value),
    },
    Xrm: {
      Utility: { getGlobalContext: () => ({ userSettings: { languageId: 1033 } }) },
      WebApi: {
        retrieveMultipleRecords: async () => {
          if (refusal) throw refusal;
          return { entities: links };
        },
        retrieveRecord: async (table: string) =>
          table === 'crmjira_sync_conflict'
            ? conflict
            : { crmjira_command_state: CommandState.Done, crmjira_result: 'The case has “High” again.' },
        createRecord: async (_table: string, row: Record<string, unknown>) => {
          if (refusal) throw refusal;
          created.push(row);
          return { id: 'new' };
        },
      },
      Navigation: {
        navigateTo: async (page: unknown) => void opened.push(page),
        openUrl: (url: string) => void opened.push(url),
        openAlertDialog: async ({ text }: { text: string }) => void said.push(text),
      },
    },
  });
});

// only what the commands use of a form and of a list is here
const form = {
  data: { entity: { getIsDirty: () => dirty }, refresh: async () => void (refreshed += 1) },
  ui: { refreshRibbon: () => undefined },
} as unknown as Xrm.FormContext;
const list = { refresh: () => void (refreshed += 1) } as unknown as Xrm.Controls.GridControl;
const issue = (key: string, url: string | null): unknown => ({
  crmjira_jira_issue: { crmjira_issue_key: key, crmjira_url: url },
});
const at = (key: string): string => `https://acme.atlassian.net/browse/${key}`;

describe.each(Object.entries(RIBBONS))('R-1718 the command bars of %s', (table, file) => {
  const ribbon = parseRibbonDiff(readFileSync(join(SOLUTION, file), 'utf8'), table);
  const ours = (items: Parameters<typeof buttonsOf>[0]) =>
    buttonsOf(items).filter(({ action }) => action.library === 'crmjira_/scripts/issue-commands.js');

  test('have what is done about Jira issues, in both languages', () => {
    const [onForm, onList] = [ours(ribbon.form), ours(ribbon.homepageGrid)];
    const functionOf = ({ action }: (typeof onForm)[number]): string => action.functionName.split('.').at(-1) ?? '';
    // on the form of an opportunity the last two are those of its project (commands.test.ts)
    const ofProject = table === 'opportunity' ? [] : ['syncIssues', 'openIssue'];
    expect(onForm.map(functionOf)).toEqual(['createIssue', 'linkIssue', 'commentToJira', ...ofProject]);
    expect(onList.map(functionOf)).toEqual(['createTickets', 'linkIssue', 'commentToJira', 'syncIssues', 'openIssue']);
    expect(onList[0]?.label).toEqual({ 1033: 'Create JIRA Tickets', 3084: 'Créer des tickets JIRA' });
    for (const { label, toolTip } of [...onForm, ...onList])
      expect([label[1033], label[3084], toolTip[1033], toolTip[3084]].filter((text) => !text)).toEqual([]);
  });

  test('call functions that are there, with the record of the form or the rows that are selected', () => {
    const called = [...ours(ribbon.form), ...ours(ribbon.homepageGrid)].flatMap(({ action, enableRules }) => [
      action,
      ...enableRules.flatMap((rule) => (rule.kind === 'function' ? rule : [])),
    ]);
    const unknown = called.filter(
      ({ functionName }) => !(functionName.replace('CrmJira.IssueCommands.', '') in commands),
    );
    expect(unknown).toEqual([]);
    const ids = new Set(called.map(({ parameters }) => JSON.stringify(parameters.at(-1))));
    expect([...ids].sort()).toEqual([
      '{"crmParameter":"PrimaryItemIds"}',
      '{"crmParameter":"SelectedControlSelectedItemIds"}',
    ]);
  });

  test.each([
    [
      'may change records and ask',
      [`write${table}`, 'createcrmjira_command', 'readcrmjira_issue_link'],
      'Existing',
      'all',
    ],
    [
      'may change records, but not this one',
      [`write${table}`, 'createcrmjira_command', 'readcrmjira_issue_link'],
      'ReadOnly',
      'open on the form',
    ],
    ['may only read records', ['createcrmjira_command', 'readcrmjira_issue_link'], 'Existing', 'open'],
    ['may ask for nothing', [`write${table}`, 'readcrmjira_issue_link'], 'Existing', 'open'],
    ['may see no links', [`write${table}`, 'createcrmjira_command'], 'Existing', 'none'],
  ] as const)('to whoever %s', (_who, granted, state, expected) => {
    // of a person and a form only what rules look at
    const persona = { privileges: Object.fromEntries(granted.map((name) => [`prv${name}`, 3])) } as unknown as Persona;
    const context = { form: { state, valueOf: () => undefined }, list: { selectedIds: new Set([CASE]) } };
    const seenOf = (items: Parameters<typeof ours>[0], given: object) =>
      visibleButtons(ours(items), persona, given as RibbonContext, () => true).map(({ label }) => label[1033]);
    const all = (items: Parameters<typeof ours>[0]): string[] => ours(items).map(({ label }) => label[1033]);
    const opens = (labels: readonly string[]): string[] => labels.filter((label) => label === 'Open in Jira');
    const [form, list] = [all(ribbon.form), all(ribbon.homepageGrid)];
    const offered = {
      all: [form, list],
      'open on the form': [opens(form), list],
      open: [opens(form), opens(list)],
      none: [[], []],
    }[expected];
    expect([seenOf(ribbon.form, context), seenOf(ribbon.homepageGrid, { ...context, form: undefined })]).toEqual(
      offered,
    );
  });

  test('of a closed case or opportunity no issue is created or linked', () => {
    const given = { form: { state: 'Disabled', valueOf: () => undefined } } as unknown as RibbonContext;
    const everything = new Proxy({}, { get: () => 3 });
    const persona = { privileges: everything } as unknown as Persona;
    const seen = visibleButtons(ours(ribbon.form), persona, given, () => true).map(({ label }) => label[1033]);
    const closes = table === 'incident' || table === 'opportunity';
    expect(seen.includes('Create Jira Issue') || seen.includes('Link Issue')).toBe(!closes);
    expect(seen).toContain('Comment to Jira');
  });
});

test('R-1705 the dialog is opened on what is selected, and the list is read again afterwards', async () => {
  await commands.createTickets(list, 'incident', [`{${CASE.toUpperCase()}}`, OTHER]);
  expect(opened).toEqual([
    { pageType: 'webresource', webresourceName: 'crmjira_/pages/record-issues.html', data: 'task=tickets' },
  ]);
  expect(readTask('?data=task%3Dtickets')).toEqual({
    task: 'tickets',
    selection: { table: 'incident', ids: [CASE, OTHER] },
  });
  expect(readTask('?data=task%3Dformat')).toBeNull();
  expect(refreshed).toBe(1);
});

test('R-1705 a form with unsaved changes is saved first: the service reads what is saved', async () => {
  dirty = true;
  await commands.createIssue(form, 'incident', [CASE]);
  expect([opened, said]).toEqual([[], ['Save the record first, then try again.']]);
});

test('R-1714 a sync is asked of all links of each record, of an opportunity not of its budget', async () => {
  await commands.syncIssues(list, 'opportunity', [CASE]);
  expect(created).toEqual([
    {
      'crmjira_opportunity_id@odata.bind': `/opportunities(${CASE})`,
      crmjira_command_type: CommandType.SyncNow,
      crmjira_command_state: CommandState.Requested,
      crmjira_name: 'Sync now',
      crmjira_payload: '{}',
    },
  ]);
  refusal = { errorCode: 0x80040220 };
  await commands.syncIssues(list, 'incident', [CASE]);
  expect(said.at(-1)).toMatch(/^You do not have the privilege/);
});

test('R-1714 one issue is opened, several are offered, an address that is none is not', async () => {
  links = [issue('DOCK-1', at('DOCK-1')), issue('DOCK-2', 'javascript:alert(1)')];
  await commands.openIssue(form, 'incident', [CASE]);
  links = [issue('DOCK-1', at('DOCK-1')), issue('DOCK-2', at('DOCK-2'))];
  await commands.openIssue(form, 'incident', [CASE]);
  expect(opened).toEqual([at('DOCK-1'), expect.objectContaining({ data: 'task=open' })]);
  expect(await commands.hasIssue('incident', [CASE])).toBe(true);
  links = [issue('', null)];
  expect([await commands.hasIssue('incident', [CASE]), await commands.hasLinks('incident', [CASE])]).toEqual([
    false,
    true,
  ]);
  refusal = new Error('away');
  expect(await commands.hasLinks('incident', [CASE])).toBe(false);
});

test('R-1708 a decided conflict offers its undo for 30 days, on its form and in its list, and says what came of it', async () => {
  const ribbon = parseRibbonDiff(
    readFileSync(join(SOLUTION, 'src/Entities/crmjira_sync_conflict/RibbonDiff.xml'), 'utf8'),
    'crmjira_sync_conflict',
  );
  for (const [bar, ids] of [
    [ribbon.form, 'PrimaryItemIds'],
    [ribbon.homepageGrid, 'SelectedControlSelectedItemIds'],
  ] as const) {
    const button = buttonsOf(bar).find(({ label }) => label[1033] === 'Undo');
    expect([button?.action.functionName, button?.label[3084]]).toEqual([
      'CrmJira.IssueCommands.undoConflict',
      'Annuler',
    ]);
    const rule = button?.enableRules.find(({ kind }) => kind === 'function');
    expect(rule).toMatchObject({ functionName: 'CrmJira.IssueCommands.canUndoConflict' });
    expect(button?.action.parameters.at(-1)).toEqual({ crmParameter: ids });
  }
  const daysAgo = (days: number): string => new Date(Date.now() - days * 86_400_000).toISOString();
  const offered = (state: number, days: number, table = 'incident', link: string | null = OTHER): Promise<boolean> => {
    conflict = {
      _crmjira_link_value: link,
      crmjira_state: state,
      crmjira_regarding_table: table,
      crmjira_regarding_id: OTHER,
      crmjira_decided_on: daysAgo(days),
    };
    return commands.canUndoConflict('crmjira_sync_conflict', [CASE]);
  };
  expect(await offered(ConflictState.Open, 1)).toBe(false);
  expect(await offered(ConflictState.KeptCrm, 31)).toBe(false);
  expect(await offered(ConflictState.KeptJira, 29, 'crmjira_time_record')).toBe(false);
  // Rows of an integration with a service are decided once.
  expect(await offered(ConflictState.KeptJira, 29, 'incident', null)).toBe(false);
  expect(await offered(ConflictState.KeptJira, 29)).toBe(true);
  await commands.undoConflict(list, 'crmjira_sync_conflict', [CASE]);
  expect(created).toMatchObject([
    { crmjira_command_type: CommandType.Undo, crmjira_payload: JSON.stringify({ conflict: CASE }) },
  ]);
  expect([said, refreshed]).toEqual([['The case has “High” again.'], 1]);
});

test('R-1614 an open conflict of a row is decided on its form and in its list, for the values that are shown', async () => {
  const ribbon = parseRibbonDiff(
    readFileSync(join(SOLUTION, 'src/Entities/crmjira_sync_conflict/RibbonDiff.xml'), 'utf8'),
    'crmjira_sync_conflict',
  );
  for (const bar of [ribbon.form, ribbon.homepageGrid])
    expect(buttonsOf(bar).map(({ label, action }) => [label[1033], action.functionName])).toEqual([
      ['Keep Dynamics Value', 'CrmJira.IssueCommands.keepDynamics'],
      ['Keep Other Value', 'CrmJira.IssueCommands.keepOther'],
      ['Undo', 'CrmJira.IssueCommands.undoConflict'],
    ]);
  const offered = (state: number, link: string | null): Promise<boolean> => {
    conflict = {
      ...{ crmjira_state: state, crmjira_regarding_table: 'product', crmjira_regarding_id: OTHER },
      ...{ crmjira_crm_value: '12', crmjira_jira_value: null, _crmjira_link_value: link },
    };
    return commands.canDecideConflict('crmjira_sync_conflict', [CASE]);
  };
  expect(await offered(ConflictState.KeptJira, null)).toBe(false);
  expect(await offered(ConflictState.Open, OTHER)).toBe(false);
  expect(await offered(ConflictState.Open, null)).toBe(true);
  await commands.keepDynamics(list, 'crmjira_sync_conflict', [`{${CASE.toUpperCase()}}`]);
  // The form was opened before the row changed.
  const attributes: Record<string, string | null> = { crmjira_crm_value: '11', crmjira_jira_value: 'x' };
  const shown = { ...form, getAttribute: (name: string) => ({ getValue: () => attributes[name] ?? null }) };
  await commands.keepOther(shown as never, 'crmjira_sync_conflict', [CASE]);
  expect(created).toMatchObject([
    {
      crmjira_command_type: CommandType.ResolveConflict,
      crmjira_regarding_table: 'crmjira_sync_conflict',
      crmjira_regarding_id: CASE,
      crmjira_payload: JSON.stringify({ keep: 'crm', crm: '12', jira: null }),
    },
    { crmjira_payload: JSON.stringify({ keep: 'jira', crm: '11', jira: 'x' }) },
  ]);
});
