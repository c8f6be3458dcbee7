import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readFolder } from '../../solution/tools/package/folder-files';
import { readXml } from '../../solution/tools/package/solution-files';
import { attributeNamed, type XmlNode } from '../../solution/tools/xml/xml-tree';
import { descendants } from '../../solution/tools/xml/descendants';
import * as commands from '../../webresources/src/commands/index';
import { REPOSITORY, SOLUTION_SOURCE } from './solution-folder';

const ribbon = readXml(readFolder(SOLUTION_SOURCE), 'Entities/Opportunity/RibbonDiff.xml');
const all = (name: string): XmlNode[] => descendants(ribbon).filter((node) => node.name === name);
const value = (node: XmlNode | undefined, name: string): string => (node && attributeNamed(node, name)) ?? '';
const NAMESPACE = 'CrmJira.OpportunityCommands.';

/** The button, what it calls, what enables it, whose privilege shows it. */
const buttons = all('Button').map((button) => {
  const command = all('CommandDefinition').find((one) => value(one, 'Id') === value(button, 'Command'));
  const inside = command === undefined ? [] : descendants(command);
  const ruleIds = inside.filter(({ name }) => /^(Enable|Display)Rule$/.test(name)).map((rule) => value(rule, 'Id'));
  const rules = all('RuleDefinitions').flatMap(descendants);
  const bodies = rules.filter((rule) => ruleIds.includes(value(rule, 'Id'))).flatMap(descendants);
  const label = all('LocLabel').find((one) => `$LocLabels:${value(one, 'Id')}` === value(button, 'LabelText'));
  return {
    label: value(label && descendants(label).find((node) => value(node, 'languagecode') === '1033'), 'description'),
    action: value(
      inside.find(({ name }) => name === 'JavaScriptFunction'),
      'FunctionName',
    ),
    rule: value(
      bodies.find(({ name }) => name === 'CustomRule'),
      'FunctionName',
    ),
    privilege: bodies
      .filter(({ name }) => name === 'EntityPrivilegeRule')
      .map((one) => `${value(one, 'PrivilegeType')} ${value(one, 'EntityName')}`)
      .join(),
  };
});

test('R-205 every command of the Opportunity has a button', () => {
  expect(buttons.map(({ label }) => label)).toEqual([
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
});

test('buttons and rules call functions that the script has, and the script has no others', () => {
  const called = buttons.flatMap(({ action, rule }) => [action, rule]);
  for (const name of called) expect(name.startsWith(NAMESPACE)).toBe(true);
  expect(called.map((name) => name.slice(NAMESPACE.length)).sort()).toEqual(Object.keys(commands).sort());
});

test('R-205 a button is shown to those who may create the row that it creates, or read the one that it opens', () => {
  const shownTo = buttons.map(({ label, privilege }) => [label, privilege]);
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

test('every text stands in both languages', () => {
  for (const label of all('LocLabel')) {
    const texts = descendants(label).filter(({ name }) => name === 'Title');
    expect(texts.map((title) => value(title, 'languagecode'))).toEqual(['1033', '3084']);
    for (const title of texts) expect(value(title, 'description')).not.toBe('');
  }
});

test('the README of the solution lists the buttons with their functions', () => {
  const readme = readFileSync(join(REPOSITORY, 'solution', 'README.md'), 'utf8');
  const rows = [...readme.matchAll(/^\| ([A-Z][^|]+?) +\| `(\w+)` +\| `(can\w+)` +\|/gm)].map((row) => row.slice(1));
  expect(rows).toEqual(
    buttons.map(({ label, action, rule }) => [label, action.slice(NAMESPACE.length), rule.slice(NAMESPACE.length)]),
  );
});
