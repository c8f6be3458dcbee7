import { childNamed, childText, type XmlNode, xmlText } from '../../solution/tools/xml/xml-tree';
import { descendants } from '../../solution/tools/xml/descendants';
import { readFolder } from '../../solution/tools/package/folder-files';
import { pathsOf, readXml } from '../../solution/tools/package/solution-files';
import { startDataverse, type Fixture } from '../sandbox/dataverse/dataverse-fixture';
import { SOLUTION_SOURCE } from './solution-folder';

const files = readFolder(SOLUTION_SOURCE);
const all = (pattern: RegExp): XmlNode[] => pathsOf(files, pattern).map((path) => readXml(files, path));
const name = (node: XmlNode, language = '1033'): string =>
  childNamed(node, 'LocalizedNames')?.children.flatMap(({ attributes }) => {
    const label = Object.fromEntries(attributes);
    return label.languagecode === language ? [label.description ?? ''] : [];
  })[0] ?? '';

const views = all(/\/SavedQueries\//).flatMap(({ children }) => children);
const charts = all(/\/Visualizations\//);
const dashboards = all(/^Dashboards\//);

const byId = (nodes: readonly XmlNode[], key: string, id: string): XmlNode => {
  const found = nodes.find((node) => childText(node, key)?.toLowerCase() === id.toLowerCase());
  if (found === undefined) throw new Error(`There is no ${key} ${id}.`);
  return found;
};

interface Widget {
  readonly label: string;
  readonly view: XmlNode;
  readonly chart: XmlNode | undefined;
  readonly rows: string | undefined;
}

function widgetsOf(dashboard: XmlNode): Widget[] {
  return descendants(dashboard)
    .filter((node) => node.name === 'cell')
    .map((cell) => {
      const parameters = descendants(cell).find((node) => node.name === 'parameters') ?? cell;
      const chart = childText(parameters, 'VisualizationId') ?? '';
      return {
        label: Object.fromEntries(childNamed(cell, 'labels')?.children[0]?.attributes ?? []).description ?? '',
        view: byId(views, 'savedqueryid', childText(parameters, 'ViewId') ?? ''),
        chart: chart === '' ? undefined : byId(charts, 'savedqueryvisualizationid', chart),
        rows: childText(parameters, 'RecordsPerPage'),
      };
    });
}

const fetchIn = (node: XmlNode): XmlNode => descendants(node).find(({ name: tag }) => tag === 'fetch') ?? node;

/** What a chart over a view asks: the chart's fetch, with the view's filter. */
function chartFetch({ chart, view }: Widget): string {
  const fetch = fetchIn(chart ?? view);
  const filters = fetchIn(view).children.flatMap(({ children }) => children.filter((child) => child.name === 'filter'));
  const [entity] = fetch.children;
  if (entity === undefined || chart === undefined) return xmlText(fetch, false);
  return xmlText({ ...fetch, children: [{ ...entity, children: [...entity.children, ...filters] }] }, false);
}

const health = dashboards.find((dashboard) => name(dashboard) === 'CRM-JIRA Integration Health');
const widgets = health === undefined ? [] : widgetsOf(health);
const widget = (label: string): Widget => {
  const found = widgets.find((each) => each.label.startsWith(label));
  if (found === undefined) throw new Error(`The dashboard has no widget ${label}.`);
  return found;
};

test('R-1104 the dashboard CRM-JIRA Integration Health has its four widgets, each over its own span of time', () => {
  expect(widgets.map(({ label, view }) => [label, name(view)])).toEqual([
    ['Integration Success Rate (24 hours)', 'Integration Log, Last 24 Hours'],
    ['Daily Integration Volume (30 days)', 'Integration Log, Last 30 Days'],
    ['Integration Operations Distribution (7 days)', 'Integration Log, Last 7 Days'],
    ['Recent Integration Errors (24 hours)', 'Recent Integration Errors'],
  ]);
  const types = widgets.map(({ chart }) =>
    chart === undefined
      ? 'Table'
      : descendants(chart).flatMap((node) => Object.fromEntries(node.attributes).ChartType ?? [])[0],
  );
  expect(types).toEqual(['Doughnut', 'Line', 'Pie', 'Table']);
  expect(widget('Recent').rows).toBe('10');
});

test('dashboards, charts and their views are named in both languages', () => {
  for (const node of [...dashboards, ...charts]) expect([name(node), name(node, '3084')]).not.toContain('');
  expect(dashboards.map((dashboard) => name(dashboard)).sort()).toEqual([
    'CRM-JIRA Integration Health',
    'JIRA Project Budgets',
  ]);
});

describe('R-1104 asked of Dataverse', () => {
  let f: Fixture;
  const hoursAgo = (hours: number): string => new Date(Date.UTC(2025, 0, 15, 14) - hours * 3_600_000).toISOString();
  /** hours ago, operation, status, error */
  const LOG: readonly (readonly [number, number, number, string?])[] = [
    [1, 4, 2],
    [2, 4, 2],
    [3, 2, 2],
    [5, 2, 3, 'HTTP 503 from Jira'],
    [4, 4, 3, 'HTTP 429 from Jira'],
    [23, 1, 1],
    [30, 1, 3, 'older than a day'],
    [24 * 6, 2, 2],
    [24 * 20, 4, 2],
    [24 * 40, 4, 2],
  ];

  beforeAll(async () => {
    f = await startDataverse();
    await f.dataverse.seed(
      LOG.map(([hours, operation, status, error], at) => ({
        table: 'crmjira_integration_log',
        row: {
          crmjira_integration_logid: `00000000-0000-4000-8000-${String(at).padStart(12, '0')}`,
          createdon: hoursAgo(hours),
          crmjira_operation_type: operation,
          crmjira_integration_status: status,
          crmjira_source_system: 2,
          crmjira_error_message: error ?? null,
        },
      })),
    );
  });
  afterAll(() => f.dataverse.close());

  const ask = async (fetch: string): Promise<Record<string, unknown>[]> => {
    const { status, json, text } = await f.call(
      'GET',
      `crmjira_integration_logs?fetchXml=${encodeURIComponent(fetch)}`,
    );
    if (status !== 200) throw new Error(text);
    return (json as { value: Record<string, unknown>[] }).value;
  };
  const counted = (rows: readonly Record<string, unknown>[], key: string): Record<string, unknown> =>
    Object.fromEntries(rows.map((row) => [String(row[key]), row.rows]));

  test('the success rate counts every row of the last 24 hours by status', async () => {
    // 3 of 6: Pending and Retry are in the divisor.
    expect(counted(await ask(chartFetch(widget('Integration Success'))), 'status')).toEqual({ 1: 1, 2: 3, 3: 2 });
  });

  test('the daily volume goes back 30 days, per operation', async () => {
    const rows = await ask(chartFetch(widget('Daily')));
    expect(rows.reduce((sum, row) => sum + Number(row.rows), 0)).toBe(9);
    expect(new Set(rows.map((row) => row.operation))).toEqual(new Set([1, 2, 4]));
  });

  test('the distribution counts the last 7 days by operation', async () => {
    expect(counted(await ask(chartFetch(widget('Integration Operations'))), 'operation')).toEqual({ 1: 2, 2: 3, 4: 3 });
  });

  test('the errors are the failures of the last 24 hours, newest first', async () => {
    const rows = await ask(chartFetch(widget('Recent')));
    expect(rows.map((row) => row.crmjira_error_message)).toEqual(['HTTP 429 from Jira', 'HTTP 503 from Jira']);
    expect(Object.keys(rows[0] ?? {})).toEqual(expect.arrayContaining(['createdon', 'crmjira_source_system']));
  });
});
