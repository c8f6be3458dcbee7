import { readFileSync } from 'node:fs';
import type { Persona } from '../../../sandbox/src/form-host/contract';
import type { RibbonContext } from '../../../sandbox/src/form-host/client/ribbon/ribbon-context';
import { buttonsOf, press, visibleButtons } from '../../../sandbox/src/form-host/client/ribbon/visible-buttons';
import { hostFolders, ribbonFile } from '../../../sandbox/src/form-host/server/host-folders';
import { RibbonDiffError, parseRibbonDiff } from '../../../sandbox/src/form-host/server/parse-ribbon-diff';
import { readRolePrivileges } from './read-role-privileges';

const xml = readFileSync(ribbonFile(hostFolders, 'opportunity'), 'utf8');
// What is done about Jira issues is the same on four tables: tests/webresources/issue-commands.test.ts.
const buttons = buttonsOf(parseRibbonDiff(xml, 'opportunity').form).filter(
  ({ action }) => action.library === 'crmjira_/scripts/opportunity-commands.js',
);
const roles = readRolePrivileges(hostFolders.metadata[0]!);
const depths = ['Basic', 'Local', 'Deep', 'Global'];

function persona(...names: string[]): Persona {
  const privileges = Object.fromEntries(
    names
      .flatMap((name) => [...(roles.get(name) ?? [])])
      .map(([privilege, depth]) => [privilege, depths.indexOf(depth)]),
  );
  return {
    id: 'p',
    userId: 'u',
    userName: 'n',
    name: 'N',
    title: { 1033: '', 3084: '' },
    roles: [],
    privileges,
    columns: {},
  };
}

const formContext = {};
const context: RibbonContext = {
  primaryControl: formContext,
  primaryTable: 'opportunity',
  primaryIds: [],
  list: null,
  language: 1033,
};
const called: unknown[][] = [];
/** Every command enabled but those named; the functions where the platform looks for them. */
function install(disabled: readonly string[] = []): void {
  const functions = buttons.flatMap(({ action, enableRules }) => [
    action,
    ...enableRules.flatMap((rule) => (rule.kind === 'function' ? rule : [])),
  ]);
  const OpportunityCommands = Object.fromEntries(
    functions.map(({ functionName }) => {
      const name = functionName.split('.').at(-1) ?? '';
      return [
        name,
        (...values: unknown[]) => {
          called.push([name, ...values]);
          return !disabled.includes(name);
        },
      ];
    }),
  );
  Object.assign(globalThis, { window: { CrmJira: { OpportunityCommands } } });
}

beforeEach(() => {
  called.splice(0);
  install();
});
afterAll(() => Reflect.deleteProperty(globalThis, 'window'));

const namesFor = (who: Persona): string[] => visibleButtons(buttons, who, context).map((button) => button.label[1033]);

test('R-205 the buttons are those of the RibbonDiff, in its order and in both languages', () => {
  expect(buttons.map(({ label }) => label[1033])).toEqual([
    'Create Jira Project',
    'Link Existing Project',
    'Sync Now',
    'Request Approval',
    'Approve Budget',
    'Retry',
    'Complete Project',
    'Reopen Project',
    'Open Final Report',
    'Open in Jira',
  ]);
  expect(buttons.map(({ label }) => label[3084])).toContain('Demander l’approbation');
  for (const { toolTip } of buttons) expect(toolTip[1033]).toMatch(/\.$/);
});

test('R-205 only a budget approver is shown the approval, and nobody without our roles a button', () => {
  expect(namesFor(persona('CRM-JIRA Integration User'))).not.toContain('Approve Budget');
  expect(namesFor(persona('CRM-JIRA Integration User'))).toContain('Request Approval');
  expect(namesFor(persona('CRM-JIRA Integration User', 'CRM-JIRA Budget Approver'))).toContain('Approve Budget');
  expect(namesFor(persona('CRM-JIRA Integration User'))).toEqual(
    expect.arrayContaining(['Open Final Report', 'Open in Jira']),
  );
  expect(namesFor(persona('Salesperson'))).toEqual([]);
});

test('R-205 a button whose enable rule says no is not there; the rule is given the form', () => {
  install(['canSyncNow']);
  expect(namesFor(persona('CRM-JIRA Integration User'))).not.toContain('Sync Now');
  expect(called).toContainEqual(['canSyncNow', formContext]);
});

test('a press calls the function that the command names, with the form', () => {
  const [first] = buttons;
  if (!first) throw new Error('There is no button.');
  called.splice(0);
  press(first, context);
  expect(called).toEqual([['createProject', formContext]]);
});

test('a function that the script does not have is named', () => {
  Object.assign(globalThis, { window: {} });
  expect(() => namesFor(persona('CRM-JIRA Integration User'))).toThrow(
    'crmjira_/scripts/opportunity-commands.js has no function CrmJira.OpportunityCommands.canCreateProject.',
  );
});

test('a button of a command that is not defined is refused by name', () => {
  const broken = xml.replace(
    '<CommandDefinition Id="crmjira.opportunity.SyncNow.Command">',
    '<CommandDefinition Id="x">',
  );
  expect(() => parseRibbonDiff(broken, 'opportunity')).toThrow(
    new RibbonDiffError('The ribbon names the command crmjira.opportunity.SyncNow.Command, which it does not define.'),
  );
  expect(() => parseRibbonDiff('<a/>', 'opportunity')).toThrow('no <RibbonDiffXml>');
});

test.each(['opportunity', 'crmjira_issue_link', 'crmjira_time_record', 'crmjira_budget_mapping'])(
  'the form of %s asks why a record is not in sync for whoever may ask the service, and for nobody else',
  (table) => {
    const found = buttonsOf(parseRibbonDiff(readFileSync(ribbonFile(hostFolders, table), 'utf8'), table).form).filter(
      ({ action }) => action.library === 'crmjira_/scripts/explain-commands.js',
    );
    const where = { ...context, primaryTable: table, primaryIds: ['1'] };
    const offered = (...names: string[]): string[] =>
      visibleButtons(found, persona(...names), where).map(({ label }) => label[1033]);
    for (const role of ['CRM-JIRA Integration User', 'CRM-JIRA Integration Administrator'])
      expect([role, offered(role)]).toEqual([role, ['Why is this record not in sync?']]);
    expect(offered('CRM-JIRA Worklog Viewer')).toEqual([]);
  },
);
