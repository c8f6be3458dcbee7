import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { descendantsOf, findChild, parseXml, type XmlElement } from '../../solution/tools/read/xml-element';
import { solution, SOLUTION_SOURCE } from './solution-folder';

/** Ids of the components as they were first given. */
const PINNED = {
  'CRM-JIRA Budget Approver': '0eaeb339-fdcd-5b24-884e-337ac2e0848e',
  'CRM-JIRA Integration Administrator': '02c1a9e4-e25e-55b2-bca9-5b23b33d73ae',
  'CRM-JIRA Integration Columns: Readers': 'd7d77769-71ee-599c-8739-221f52f60f8e',
  'CRM-JIRA Integration Columns: Service': 'd6985ec9-39d2-5ca3-9e53-3278aa119c43',
  'CRM-JIRA Integration Service': '354f1549-7677-5831-9401-d96e9f708d6b',
  'CRM-JIRA Integration User': '8ea1c7f0-9781-50d4-bd29-4b21d73af948',
  'CRM-JIRA Worklog Viewer': '0e8516e6-4ae7-5ef7-bd99-a77db611f543',
  form: '{d3090515-913f-5280-9ee8-d798a5a7d658}',
  webResource: '{cda69c03-da00-5fbd-8068-de9f707efb02}',
  commands: '{77f11344-daaa-59e6-a955-7382a4f8d3bc}',
  dashboards: ['{311e3ba6-879a-5d36-9c39-4e816173480f}', '{fb70a8bf-899c-5a36-b617-81002790a2e1}'],
};

/** First half of SHA-256 over the sorted step ids, as they were first given. */
const STEP_IDS_DIGEST = '41129348ea1d1aae';

const open = (path: string): XmlElement => parseXml(path, readFileSync(join(SOLUTION_SOURCE, path), 'utf8'));
const files = readdirSync(SOLUTION_SOURCE, { recursive: true, encoding: 'utf8' }).map((path) =>
  path.replaceAll('\\', '/'),
);
const filesIn = (pattern: RegExp): XmlElement[] =>
  files
    .filter((path) => pattern.test(path))
    .sort()
    .map(open);

/** Identifier of each component, as a tenant keeps it from one version to the next. */
function componentIds(): string[] {
  return [
    ...solution.processFlows.flatMap(({ workflowId, stages }) => [
      workflowId,
      ...stages.flatMap((stage) => [stage.id, ...stage.steps.map(({ id }) => id)]),
    ]),
    ...solution.roles.map(({ id }) => id),
    ...solution.columnSecurityProfiles.map(({ id }) => id),
    ...filesIn(/^WebResources\/.*\.data\.xml$/).map((root) => findChild(root, 'WebResourceId')?.text ?? ''),
    ...filesIn(/^(Entities\/[^/]+\/FormXml|Dashboards)\/.*\.xml$/).flatMap((root) => [
      ...['formid', 'FormId'].flatMap((name) => descendantsOf(root, name)).map(({ text }) => text),
      ...['tab', 'section', 'cell', 'header'].flatMap((name) =>
        descendantsOf(root, name).map(({ attributes }) => attributes.id ?? ''),
      ),
      ...descendantsOf(root, 'control').flatMap(({ attributes }) => attributes.uniqueid ?? []),
      ...descendantsOf(root, 'Library').map(({ attributes }) => attributes.libraryUniqueId ?? ''),
      ...descendantsOf(root, 'Handler').map(({ attributes }) => attributes.handlerUniqueId ?? ''),
    ]),
  ].map((id) => id.replace(/[{}]/g, ''));
}

test('every identifier is a lower-case GUID and stands for one component', () => {
  const ids = componentIds();
  expect(ids.length).toBeGreaterThan(60);
  for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([]);
});

test('roles, profiles, form and web resource keep the ids they were first given: an upgrade finds them by these', () => {
  const [form] = filesIn(/^Entities\/Opportunity\/FormXml\/.*\.xml$/);
  const [webResource] = filesIn(/^WebResources\/.*opportunity-form\.js\.data\.xml$/);
  const [commands] = filesIn(/^WebResources\/.*opportunity-commands\.js\.data\.xml$/);
  expect({
    ...Object.fromEntries(solution.roles.map(({ name, id }) => [name, id])),
    ...Object.fromEntries(solution.columnSecurityProfiles.map(({ name, id }) => [name, id])),
    form: form && findChild(form, 'systemform', 'formid')?.text,
    webResource: webResource && findChild(webResource, 'WebResourceId')?.text,
    commands: commands && findChild(commands, 'WebResourceId')?.text,
    dashboards: filesIn(/^Dashboards\//).map((root) => findChild(root, 'FormId')?.text),
  }).toEqual(PINNED);
});

test('every step id of the process keeps its value', () => {
  const ids = solution.processFlows.flatMap(({ stages }) => stages.flatMap(({ steps }) => steps.map(({ id }) => id)));
  expect(createHash('sha256').update(ids.sort().join(',')).digest('hex').slice(0, 16)).toBe(STEP_IDS_DIGEST);
});
