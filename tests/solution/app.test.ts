import { parseSiteMap } from '../../sandbox/src/form-host/server/parse-site-map';
import { readFolder } from '../../solution/tools/package/folder-files';
import { pathsOf, readXml } from '../../solution/tools/package/solution-files';
import { descendants } from '../../solution/tools/xml/descendants';
import { attributeNamed, childText } from '../../solution/tools/xml/xml-tree';
import { solution, SOLUTION_SOURCE } from './solution-folder';

const files = readFolder(SOLUTION_SOURCE);
const inFile = (path: string, element: string, attribute: string): string[] =>
  descendants(readXml(files, path))
    .filter(({ name }) => name === element)
    .flatMap((node) => attributeNamed(node, attribute) ?? []);

const APP = 'AppModules/crmjira_ProjectBudgets/AppModule.xml';
const SITE_MAP = 'AppModuleSiteMaps/crmjira_ProjectBudgets/AppModuleSiteMap.xml';

/** Read by the service and by pages; a list of them says nothing to a person (ADR-23). */
const NOT_FOR_PEOPLE = ['crmjira_secret', 'crmjira_service_key'];

test('R-212 R-1709 the app leads to opportunity, account and product and to every table of ours but keys and the instances of the process', () => {
  const own = solution.tables.filter(
    ({ isBusinessProcessFlow, logicalName }) => !isBusinessProcessFlow && !NOT_FOR_PEOPLE.includes(logicalName),
  );
  expect(inFile(SITE_MAP, 'SubArea', 'Entity').sort()).toEqual(
    ['account', 'opportunity', 'product', ...own.map(({ logicalName }) => logicalName)].sort(),
  );
});

test('R-212 R-1602 R-1713 R-1812 the site map has four areas, that of Jira with pages and links, my work with pages of time, integrations with theirs; a list that it names by its view exists', () => {
  const entries = parseSiteMap(new TextDecoder().decode(files.get(SITE_MAP)), solution);
  const areas = [...new Set(entries.map(({ area }) => area))].map((area) => [area?.[1033], area?.[3084]]);
  expect([...new Map(areas.map((area) => [area.join(), area])).values()]).toEqual([
    ['Project Budgets', 'Budgets de projet'],
    ['My Work', 'Mon travail'],
    ['Jira', 'Jira'],
    ['Integrations', 'Intégrations'],
  ]);
  const ofJira = entries.filter(({ area }) => area?.[1033] === 'Jira').map(({ kind, name }) => `${kind} ${name}`);
  expect(ofJira).toEqual(
    expect.arrayContaining([
      'web-resource crmjira_/pages/jira-projects.html',
      'view crmjira_integration',
      'table crmjira_jira_project',
      'table crmjira_issue_link',
      'view crmjira_issue_link',
    ]),
  );
  const ofMine = entries.filter(({ area }) => area?.[1033] === 'My Work');
  expect(ofMine.map(({ kind, name, title }) => `${title?.[1033]}: ${kind} ${name}`)).toEqual([
    'My Time: view crmjira_time_record',
    'Not Synced: view crmjira_time_record',
    'History: web-resource crmjira_/pages/sync-history.html',
    'My Connections: web-resource crmjira_/pages/my-connection.html',
    'Requests: table crmjira_command',
    'My Approvals: view crmjira_budget_approval',
  ]);
  const ofIntegrations = entries.filter(({ area }) => area?.[1033] === 'Integrations');
  expect(ofIntegrations.slice(0, 4).map(({ name, title }) => [title?.[1033], title?.[3084], name])).toEqual([
    ['Dashboard', 'Tableau de bord', 'crmjira_/pages/integrations-dashboard.html'],
    ['All Integrations', 'Toutes les intégrations', 'crmjira_/pages/integrations-list.html'],
    ['Providers', 'Fournisseurs', 'crmjira_/pages/integrations-providers.html'],
    ['Audit Logs', 'Journaux d’audit', 'crmjira_/pages/integrations-logs.html'],
  ]);
  for (const { kind, name, viewId } of entries) {
    if (kind !== 'view') continue;
    const view = readXml(files, `Entities/${name}/SavedQueries/{${viewId}}.xml`);
    expect([name, childText(view.children[0]!, 'querytype')]).toEqual([name, '0']);
  }
});

test('every table, dashboard and process that the site map names is a component of the app', () => {
  const components = inFile(APP, 'AppModuleComponent', 'schemaName');
  expect(inFile(SITE_MAP, 'SubArea', 'Entity').filter((table) => !components.includes(table))).toEqual([]);
  const ids = inFile(APP, 'AppModuleComponent', 'id').map((id) => id.replace(/[{}]/g, ''));
  const dashboards = pathsOf(files, /^Dashboards\//).map((path) => childText(readXml(files, path), 'FormId') ?? '');
  expect(inFile(SITE_MAP, 'SubArea', 'DefaultDashboard').sort()).toEqual(
    dashboards.map((id) => id.replace(/[{}]/g, '')).sort(),
  );
  expect(ids).toEqual(expect.arrayContaining(inFile(SITE_MAP, 'SubArea', 'DefaultDashboard')));
  expect(ids).toEqual(expect.arrayContaining(solution.processFlows.map(({ workflowId }) => workflowId)));
});

test('people open the app by their role; the service, which signs in without one, does not', () => {
  const roles = inFile(APP, 'Role', 'id').map((id) => id.replace(/[{}]/g, ''));
  const mapped = solution.roles.filter(({ id }) => roles.includes(id)).map(({ name }) => name);
  expect(mapped.sort()).toEqual([
    'CRM-JIRA Budget Approver',
    'CRM-JIRA Integration Administrator',
    'CRM-JIRA Integration User',
    'CRM-JIRA Worklog Viewer',
  ]);
});

test('R-211 the grid of the mappings is the portfolio on every device', () => {
  const root = readXml(files, 'Entities/crmjira_budget_mapping/Entity.xml');
  const bound = descendants(root)
    .filter((node) => node.name === 'customControl' && attributeNamed(node, 'name') === 'crmjira_CrmJira.Portfolio')
    .map((node) => [
      attributeNamed(node, 'formFactor'),
      ...descendants(node).flatMap((inner) => (inner.name === 'data-set' ? attributeNamed(inner, 'name') : [])),
    ]);
  expect(bound).toEqual([
    ['0', 'mappings'],
    ['1', 'mappings'],
    ['2', 'mappings'],
  ]);
});
