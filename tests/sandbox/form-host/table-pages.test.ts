import { readTablePages } from '../../../sandbox/src/form-host/server/definition';
import { hostFolders } from '../../../sandbox/src/form-host/server/host-folders';
import { solution } from '../../solution/solution-folder';

test('R-207 the mapping brings its form, and for each list on it the table with its views', () => {
  const pages = readTablePages(hostFolders, 'crmjira_budget_mapping');
  expect(pages?.form?.tabs.length).toBeGreaterThan(1);
  const log = pages?.related['crmjira_budget_mapping_integration_log'];
  expect(log).toMatchObject({
    name: 'crmjira_integration_log',
    primaryName: 'crmjira_name',
    lookup: 'crmjira_budget_mapping_id',
  });
  expect(log?.views[0]).toMatchObject({ isDefault: true });
  expect(log?.views.length).toBeGreaterThan(3);
  expect(log?.associatedView?.name[1033]).toBe('CRM-JIRA Integration Log Associated View');
  expect(log?.views.map(({ id }) => id)).not.toContain(log?.associatedView?.id);
});

test('every table of the solution that people see has a list with a default view, and a form', () => {
  const names = solution.tables.filter((table) => !table.isBusinessProcessFlow).map(({ logicalName }) => logicalName);
  expect(names.length).toBeGreaterThan(20);
  const incomplete = names.filter((name) => {
    const pages = readTablePages(hostFolders, name);
    return !pages?.form || pages.views[0]?.isDefault !== true || pages.label[3084] === '';
  });
  expect(incomplete).toEqual([]);
});

test.each(['opportunity', 'incident', 'account', 'product'])(
  'R-1709 of the table %s of Microsoft the form of ours is shown, with the column that names a row in both languages',
  (name) => {
    const pages = readTablePages(hostFolders, name);
    expect(pages?.form?.tabs.length).toBeGreaterThan(0);
    expect(JSON.stringify(pages?.form)).toContain('crmjira_CrmJira.JiraIssues');
    expect(pages?.columns[pages.primaryName]).toMatchObject({ type: 'String', required: true });
    expect(pages?.collectionLabel[3084]).toBeTruthy();
  },
);

test('R-1831 R-211 a component of a table shows all its views, one of a view that view alone; other lists are the platform’s', () => {
  const shown = (table: string) =>
    Object.fromEntries(
      (readTablePages(hostFolders, table)?.views ?? []).map(({ name, component }) => [name[1033], component]),
    );
  const portfolio = { name: 'crmjira_CrmJira.Portfolio', dataSet: 'mappings' };
  const mappings = Object.values(shown('crmjira_budget_mapping'));
  expect(mappings.length).toBeGreaterThan(1);
  expect(mappings).toEqual(mappings.map(() => portfolio));
  const { 'My Time': mine, ...others } = shown('crmjira_time_record');
  expect(mine).toEqual({ name: 'crmjira_CrmJira.TimeRecords', dataSet: 'records' });
  expect(Object.values(others)).toEqual(Object.values(others).map(() => undefined));
});

test.each(['contact', '../metadata', 'crmjira_opportunitytojiraproject', ''])(
  'there are no such pages of "%s"',
  (name) => expect(readTablePages(hostFolders, name)).toBeNull(),
);
