import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readFolder } from '../../solution/tools/package/folder-files';
import { readXml } from '../../solution/tools/package/solution-files';
import { attributeNamed, type XmlNode } from '../../solution/tools/xml/xml-tree';
import { descendants } from '../../solution/tools/xml/descendants';
import * as opportunityCommands from '../../webresources/src/commands/index';
import { explainedTables } from '@crmjira/domain';
import * as explainCommands from '../../webresources/src/commands/explain/index';
import * as issueCommands from '../../webresources/src/commands/issues/index';
import * as timeCommands from '../../webresources/src/commands/time/index';
import { REPOSITORY, SOLUTION_SOURCE } from './solution-folder';

const CASES_SOURCE = join(REPOSITORY, 'solution', 'cases');
const value = (node: XmlNode | undefined, name: string): string => (node && attributeNamed(node, name)) ?? '';
const named = (nodes: readonly XmlNode[], name: string): XmlNode[] => nodes.filter((node) => node.name === name);
const textOf = (label: XmlNode | undefined, language: string): string =>
  value(label && descendants(label).find((node) => value(node, 'languagecode') === language), 'description');

/** Each script by the library that a ribbon names, with the namespace of its functions. */
const OPPORTUNITY = '$webresource:crmjira_/scripts/opportunity-commands.js CrmJira.OpportunityCommands';
const ISSUES = '$webresource:crmjira_/scripts/issue-commands.js CrmJira.IssueCommands';
const TIME = '$webresource:crmjira_/scripts/time-commands.js CrmJira.TimeCommands';

const EXPLAIN = '$webresource:crmjira_/scripts/explain-commands.js CrmJira.ExplainCommands';

/** @returns the script and the function in it */
function calledBy(node: XmlNode): { readonly script: string; readonly name: string } {
  const [, namespace = '', name = ''] = /^(.*)\.(\w+)$/.exec(value(node, 'FunctionName')) ?? [];
  return { script: `${value(node, 'Library')} ${namespace}`, name };
}

function readRibbon(source: string, table: string) {
  const nodes = descendants(readXml(readFolder(source), `Entities/${table}/RibbonDiff.xml`));
  const rules = named(nodes, 'RuleDefinitions').flatMap(descendants);
  /** The button, where it stands, what it calls, what enables it, whose privilege shows it. */
  const buttons = named(nodes, 'CustomAction').flatMap((place) =>
    named(descendants(place), 'Button').map((button) => {
      const command = named(nodes, 'CommandDefinition').find((one) => value(one, 'Id') === value(button, 'Command'));
      const inside = command === undefined ? [] : descendants(command);
      const ruleIds = inside.filter(({ name }) => /^(Enable|Display)Rule$/.test(name)).map((rule) => value(rule, 'Id'));
      const bodies = rules.filter((rule) => ruleIds.includes(value(rule, 'Id'))).flatMap(descendants);
      const label = named(nodes, 'LocLabel').find(
        (one) => `$LocLabels:${value(one, 'Id')}` === value(button, 'LabelText'),
      );
      return {
        label: textOf(label, '1033'),
        french: textOf(label, '3084'),
        on: /^Mscrm\.(\w+)\./.exec(value(place, 'Location'))?.[1] === 'Form' ? 'form' : 'list',
        command: value(button, 'Command'),
        actions: named(inside, 'JavaScriptFunction').map(calledBy),
        enabledBy: named(bodies, 'CustomRule').map(calledBy),
        rows: named(bodies, 'SelectionCountRule').map((one) => [value(one, 'Minimum'), value(one, 'Maximum')]),
        privilege: named(bodies, 'EntityPrivilegeRule')
          .map((one) => `${value(one, 'PrivilegeType')} ${value(one, 'EntityName')}`)
          .join(),
      };
    }),
  );
  return {
    /** Those whose function is in the script. */
    of: (script: string) => buttons.filter(({ actions }) => actions.every((action) => action.script === script)),
    buttons,
    hidden: named(nodes, 'HideCustomAction').map((one) => value(one, 'Location')),
    commands: named(nodes, 'CommandDefinition').map((command) => value(command, 'Id')),
    labels: named(nodes, 'LocLabel'),
    functions: nodes.filter(({ name }) => /^(JavaScriptFunction|CustomRule)$/.test(name)).map(calledBy),
  };
}

const opportunity = readRibbon(SOLUTION_SOURCE, 'Opportunity');
const RIBBONS = [
  ['Opportunity', opportunity],
  ['Account', readRibbon(SOLUTION_SOURCE, 'Account')],
  ['Product', readRibbon(SOLUTION_SOURCE, 'Product')],
  ['Incident', readRibbon(CASES_SOURCE, 'Incident')],
] as const;

const conflict = readRibbon(SOLUTION_SOURCE, 'crmjira_sync_conflict');
const time = readRibbon(SOLUTION_SOURCE, 'crmjira_time_record');

const sorted = (names: Iterable<string>): string[] => [...names].sort();
const functionsIn = (script: string, called: readonly { readonly script: string; readonly name: string }[]): string[] =>
  called.filter((one) => one.script === script).map(({ name }) => name);

test('R-205 every command of the Opportunity has a button', () => {
  expect(opportunity.of(OPPORTUNITY).map(({ label }) => label)).toEqual([
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
  expect(new Set(opportunity.of(OPPORTUNITY).map(({ on }) => on))).toEqual(new Set(['form']));
});

test.each(RIBBONS)('R-1718 the %s has the buttons about Jira issues on its form and in its lists', (table, ribbon) => {
  // those of the Opportunity's project are about its issues too
  const forBoth = table === 'Opportunity' ? [] : ['form: Sync Now', 'form: Open in Jira'];
  expect(ribbon.of(ISSUES).map(({ on, label }) => `${on}: ${label}`)).toEqual([
    'form: Create Jira Issue',
    'form: Link Issue',
    'form: Comment to Jira',
    ...forBoth,
    'list: Create JIRA Tickets',
    'list: Link Issue',
    'list: Comment to Jira',
    'list: Sync Now',
    'list: Open in Jira',
  ]);
});

const ALL = [...RIBBONS, ['conflict', conflict], ['time record', time]] as const;
test.each(ALL)('each button of the %s calls one function, each command has a button', (table, ribbon) => {
  for (const { label, actions } of ribbon.buttons) expect([label, actions.length]).toEqual([label, 1]);
  expect(sorted(ribbon.commands)).toEqual(sorted(ribbon.buttons.map(({ command }) => command)));
  const scripts = table === 'Opportunity' ? [OPPORTUNITY, ISSUES] : table === 'time record' ? [TIME] : [ISSUES];
  const isExplained = ['Opportunity', 'Incident', 'time record'].includes(table);
  expect(new Set(ribbon.functions.map(({ script }) => script))).toEqual(
    new Set([...scripts, ...(isExplained ? [EXPLAIN] : [])]),
  );
  // what enables a button is in the script that it calls
  for (const { label, actions, enabledBy } of ribbon.buttons)
    for (const { script } of enabledBy) expect([label, script]).toEqual([label, actions[0]?.script]);
});

test('buttons and rules call functions that their script has, and the scripts have no others', () => {
  const called = opportunity.buttons.flatMap(({ actions, enabledBy }) => [...actions, ...enabledBy]);
  // a button and a rule for each
  expect(sorted(functionsIn(OPPORTUNITY, called))).toEqual(sorted(Object.keys(opportunityCommands)));
  expect(sorted(new Set(functionsIn(TIME, time.functions)))).toEqual(sorted(Object.keys(timeCommands)));
  const ofConflict = new Set(functionsIn(ISSUES, conflict.functions));
  expect(sorted(ofConflict)).toEqual([
    'canDecideConflict',
    'canUndoConflict',
    'keepDynamics',
    'keepOther',
    'undoConflict',
  ]);
  const exported = sorted(Object.keys(issueCommands).filter((name) => !ofConflict.has(name)));
  for (const [table, { buttons, functions }] of RIBBONS) {
    const used = buttons.flatMap(({ actions, enabledBy }) => [...actions, ...enabledBy]);
    expect([table, sorted(new Set(functionsIn(ISSUES, used)))]).toEqual([table, exported]);
    expect([table, sorted(new Set(functionsIn(ISSUES, functions)))]).toEqual([table, exported]);
  }
});

/** Records of a mapping are kept in agreement with their opportunity. */
test.each([...explainedTables, 'crmjira_budget_mapping'])(
  'the form of %s offers to say why the record is not in sync, to whoever may ask',
  (table) => {
    const [source, folder] =
      table === 'incident'
        ? [CASES_SOURCE, 'Incident']
        : [SOLUTION_SOURCE, table === 'opportunity' ? 'Opportunity' : table];
    const buttons = readRibbon(source, folder).of(EXPLAIN);
    expect(buttons).toMatchObject([
      {
        label: 'Why is this record not in sync?',
        french: 'Pourquoi cet enregistrement n’est-il pas synchronisé?',
        on: 'form',
        actions: [{ name: 'explainSync' }],
        enabledBy: [],
        privilege: 'Create crmjira_command',
      },
    ]);
    expect(Object.keys(explainCommands)).toEqual(['explainSync']);
  },
);

test('R-205 a button is shown to those who may create the row that it creates, or read the one that it opens', () => {
  const shownTo = opportunity.of(OPPORTUNITY).map(({ label, privilege }) => [label, privilege]);
  expect(Object.fromEntries(shownTo)).toEqual({
    'Create Jira Project': 'Create crmjira_command',
    'Link Existing Project': 'Create crmjira_command',
    'Sync Now': 'Create crmjira_command',
    Retry: 'Create crmjira_command',
    'Complete Project': 'Create crmjira_command',
    // Administrators of the integration alone write mappings (F-101).
    'Reopen Project': 'Create crmjira_command,Write crmjira_budget_mapping',
    'Request Approval': 'Create crmjira_budget_approval',
    'Approve Budget': 'Create crmjira_budget_decision',
    'Open Final Report': 'Read crmjira_final_report',
    'Open in Jira': 'Read crmjira_budget_mapping',
  });
});

test('R-1831 R-1827 form and list of time records have a Delete of their own instead of the platform’s; each button is for who may do it', () => {
  expect(time.hidden).toEqual([
    'Mscrm.Form.crmjira_time_record.Delete',
    // the split button that Delete and bulk deletion stand in
    'Mscrm.HomepageGrid.crmjira_time_record.DeleteMenu',
  ]);
  const shown = time.of(TIME).map(({ on, label, french, privilege }) => [`${on}: ${label} / ${french}`, privilege]);
  expect(Object.fromEntries(shown)).toEqual({
    'form: Stop clock / Arrêter le chronomètre': 'Write crmjira_time_record',
    'form: Sync to Jira / Synchroniser avec Jira': 'Create crmjira_command',
    'form: Remove from Jira / Retirer de Jira': 'Create crmjira_command',
    'form: Open in Jira / Ouvrir dans Jira': '',
    'form: Sync history / Historique de synchronisation': 'Read crmjira_worklog_sync_log',
    'form: Delete / Supprimer': 'Delete crmjira_time_record',
    'list: Start clock / Démarrer le chronomètre': 'Create crmjira_time_record',
    'list: Sync to Jira / Synchroniser avec Jira': 'Create crmjira_command',
    'list: Sync history / Historique de synchronisation': 'Read crmjira_worklog_sync_log',
    'list: Link earlier time / Lier du temps antérieur': 'Create crmjira_command,Write crmjira_time_record',
    'list: Delete / Supprimer': 'Delete crmjira_time_record',
  });
});

test.each(RIBBONS)(
  'R-1718 buttons about Jira issues of the %s are for who may ask, change and see',
  (table, ribbon) => {
    const changes = `Create crmjira_command,Read crmjira_issue_link,Write ${table.toLowerCase()}`;
    for (const { label, privilege } of ribbon.of(ISSUES)) {
      const needed = label === 'Open in Jira' ? 'Read crmjira_issue_link' : changes;
      expect([label, privilege]).toEqual([label, needed]);
    }
  },
);

test.each(RIBBONS)('R-1718 of one command each bar of the %s says the same', (_table, ribbon) => {
  const [sync, open] = ['Sync Now/Synchroniser', 'Open in Jira/Ouvrir dans Jira'];
  const labels = new Map([
    ['syncNow', sync],
    ['syncIssues', sync],
    ['openInJira', open],
    ['openIssue', open],
  ]);
  for (const { label, french, actions } of ribbon.buttons)
    for (const { name } of actions)
      expect([name, `${label}/${french}`]).toEqual([name, labels.get(name) ?? `${label}/${french}`]);
});

test.each(ALL)('every text of the %s stands in both languages', (_table, ribbon) => {
  expect(ribbon.labels).not.toEqual([]);
  for (const label of ribbon.labels) {
    const texts = named(descendants(label), 'Title');
    expect(texts.map((title) => value(title, 'languagecode'))).toEqual(['1033', '3084']);
    for (const title of texts) expect(value(title, 'description')).not.toBe('');
  }
});

const readme = readFileSync(join(REPOSITORY, 'solution', 'README.md'), 'utf8');
/** Rows of the table below a heading of the README. */
function documented(heading: string): string[][] {
  const section = readme.split(/^## /m).find((one) => one.startsWith(`${heading}\n`)) ?? '';
  const table = /^\| ([A-Z][^|]+?) +\| (form|list) +\| `(\w+)` +\| ([^|]+?) +\|$/gm;
  return [...section.matchAll(table)].map((row) => row.slice(1));
}
/** The same of a ribbon: button, where it stands, function, what enables it. */
const rowsOf = (ribbon: typeof time, script: string): string[][] =>
  ribbon.of(script).map(({ label, on, actions, rows, enabledBy }) => {
    const selection = rows.map(([from, to]) => (from === to ? `${from} row` : `${from} to ${to} rows`));
    const conditions = [...selection, ...enabledBy.map((rule) => `\`${rule.name}\``)];
    return [label, on, ...actions.map((action) => action.name), conditions.join(', ') || 'always'];
  });

test('R-1831 the README of the solution lists the buttons of time records with their functions', () => {
  expect(documented('Buttons of time records')).toEqual(rowsOf(time, TIME));
});

test('the README of the solution lists the button that says why a record is not in sync', () => {
  expect(documented('Why is this record not in sync')).toEqual(rowsOf(opportunity, EXPLAIN));
});

test('the README of the solution lists the buttons with their functions', () => {
  const rows = [...readme.matchAll(/^\| ([A-Z][^|]+?) +\| `(\w+)` +\| `(can\w+)` +\|/gm)].map((row) => row.slice(1));
  expect(rows).toEqual(
    opportunity
      .of(OPPORTUNITY)
      .map(({ label, actions, enabledBy }) => [label, ...[...actions, ...enabledBy].map(({ name }) => name)]),
  );
});

test.each(RIBBONS)(
  'the README of the solution lists the buttons about Jira issues as the %s has them',
  (name, ribbon) => {
    const rows = documented('Buttons about Jira issues');
    const isOfProject = ([label = '', on = '']: readonly string[]): boolean =>
      name === 'Opportunity' && on === 'form' && /^(Sync|Open)/.test(label);
    expect(rows.filter((row) => !isOfProject(row))).toEqual(rowsOf(ribbon, ISSUES));
  },
);
