import type { ProcessFlowMetadata } from '@crmjira/domain';
import type {
  ColumnFacts,
  FieldKind,
  FormCell,
  HostDefinition,
  Persona,
  TableRibbon,
} from '../../../../sandbox/src/form-host/contract';
import { FormSession } from '../../../../sandbox/src/form-host/client/form/form-session';
import type { Language } from '../../../../sandbox/src/form-host/client/language';
import type { PageNavigator } from '../../../../sandbox/src/form-host/client/xrm/navigation-api';

export const both = (english: string, french = english) => ({ 1033: english, 3084: french });
const cell = (column: string, kind: FieldKind, disabled = false): FormCell => ({
  id: column,
  label: both(column),
  showLabel: true,
  visible: true,
  columnSpan: 1,
  control: { id: column, kind, column, disabled, custom: null },
});
export const section = (name: string, cells: readonly FormCell[]) => ({
  id: name,
  name,
  label: both(name),
  showLabel: true,
  visible: true,
  columns: 1,
  rows: cells.map((one) => [one]),
});
export const tab = (name: string, sections: ReturnType<typeof section>[]) => ({
  id: name,
  name,
  label: both(name),
  visible: true,
  columns: [{ width: '100%', sections }],
});
export const facts = (type: string, rest: Partial<ColumnFacts> = {}): ColumnFacts => ({
  type,
  label: null,
  options: [],
  maxLength: null,
  precision: null,
  required: false,
  dateOnly: false,
  secured: false,
  targets: [],
  ...rest,
});

export const seller: Persona = {
  id: 'sales-rep',
  userId: '87654321-abcd-ef12-3456-7890abcdef12',
  userName: 'opportunity.owner@company.com',
  name: 'Olivia Owens',
  title: both('Sales rep'),
  roles: [{ id: 'r1', name: 'Salesperson' }],
  privileges: { prvreadopportunity: 1, prvwriteopportunity: 1, prvcreatecrmjira_command: 0 },
  columns: { 'opportunity.crmjira_jira_project_key': { read: true, create: false, update: false } },
};
/** In no profile that lets read the project key. */
export const withoutKey: Persona = { ...seller, columns: {} };
export const administrator: Persona = {
  ...seller,
  id: 'admin',
  roles: [{ id: 'r2', name: 'CRM-JIRA Integration Administrator' }],
  columns: { 'opportunity.crmjira_jira_project_key': { read: true, create: true, update: true } },
};

const stage = (id: string, next: string[], column?: string) => ({
  id,
  name: both(id),
  category: 0,
  table: 'opportunity',
  steps: column ? [{ id: `${id}-step`, label: both(column), column, required: true }] : [],
  next,
});
const process: ProcessFlowMetadata = {
  workflowId: 'workflow',
  uniqueName: 'process',
  name: both('Sales to delivery'),
  primaryTable: 'opportunity',
  stages: [stage('one', ['two'], 'budgetamount'), stage('two', ['three']), stage('three', [])],
};

/** A table whose command bars have nothing but what the platform puts there. */
export const noButtons: TableRibbon = { form: [], homepageGrid: [], subGrid: [] };

/** Two tabs with a column of each kind, and a process of three stages whose first asks for a budget amount. */
export const definition: HostDefinition = {
  table: {
    name: 'opportunity',
    primaryName: 'name',
    label: both('Opportunity'),
    collectionLabel: both('Opportunities'),
  },
  ribbon: noButtons,
  navigation: [],
  form: {
    id: 'form',
    name: both('Opportunity'),
    tabs: [
      tab('summary', [
        section('main', [
          cell('name', 'text'),
          cell('budgetamount', 'money'),
          cell('ownerid', 'lookup'),
          cell('estimatedclosedate', 'date'),
        ]),
      ]),
      tab('jira', [
        section('state', [
          cell('crmjira_budget_status', 'choice', true),
          cell('crmjira_jira_project_key', 'text'),
          cell('prioritycode', 'choice'),
        ]),
      ]),
    ],
    header: [],
    libraries: [],
    handlers: [],
  },
  process,
  processEntitySet: 'processes',
  controls: [],
  columns: {
    name: facts('String', { maxLength: 300, required: true }),
    budgetamount: facts('Money', { precision: 2 }),
    ownerid: facts('Owner', { targets: ['systemuser', 'team'] }),
    estimatedclosedate: facts('DateTime', { dateOnly: true }),
    statecode: facts('State', {
      options: [
        { value: 0, label: both('Open', 'Ouverte') },
        { value: 1, label: both('Won', 'Conclue') },
        { value: 2, label: both('Lost', 'Perdue') },
      ],
    }),
    crmjira_jira_project_key: facts('String', { secured: true }),
    crmjira_budget_status: facts('Picklist', {
      options: [
        { value: 1, label: both('Draft', 'Ébauche') },
        { value: 3, label: both('Active', 'Actif') },
      ],
    }),
    prioritycode: facts('Picklist', {
      options: [
        { value: 1, label: both('Low', 'Faible') },
        { value: 2, label: both('High', 'Élevée') },
      ],
    }),
  },
  personas: [],
  current: '',
  organizationId: 'organization',
  dataverseUrl: '',
  jiraUrl: '',
};

/** Nobody goes anywhere here. */
export const nowhere: PageNavigator = {
  go: () => undefined,
  replace: () => undefined,
  openDialog: () => Promise.reject(new Error('There is no page to open a dialog on.')),
};

export interface OpenOptions {
  readonly row?: Readonly<Record<string, unknown>>;
  readonly persona?: Persona;
  /** what Dataverse says that the person may do with the row; absent: read it, and change it where the roles let change some */
  readonly access?: string;
  readonly language?: Language;
  readonly stage?: string;
  readonly path?: readonly string[];
  readonly definition?: HostDefinition;
  /** Rows that Dataverse has for a FetchXML query, before paging. */
  readonly rowsOf?: (fetch: Element) => readonly Readonly<Record<string, unknown>>[];
}

/** One page of a FetchXML query, as the Web API answers it. */
function pageOf(fetchXml: string, rowsOf: OpenOptions['rowsOf']) {
  const fetch = new DOMParser().parseFromString(fetchXml, 'text/xml').documentElement;
  const rows = rowsOf?.(fetch) ?? [];
  const count = Number(fetch.getAttribute('count'));
  const start = (Number(fetch.getAttribute('page')) - 1) * count;
  return {
    value: rows.slice(start, start + count),
    '@Microsoft.Dynamics.CRM.morerecords': rows.length > start + count,
    '@Microsoft.Dynamics.CRM.totalrecordcount': rows.length,
  };
}

/** A record on the form, over a Web API of one row: what is written to it, and a switch that makes it refuse. */
export async function openForm(options: OpenOptions = {}) {
  const row: Record<string, unknown> = {
    '@odata.etag': 'W/"1"',
    name: 'Acme',
    statecode: 0,
    budgetamount: 100,
    estimatedclosedate: '2025-06-30',
    crmjira_budget_status: 3,
    crmjira_jira_project_key: 'CRMACME',
    prioritycode: 1,
    _ownerid_value: 'o1',
    '_ownerid_value@OData.Community.Display.V1.FormattedValue': 'Olivia Owens',
    '_ownerid_value@Microsoft.Dynamics.CRM.lookuplogicalname': 'systemuser',
    transactioncurrencyid: { isocurrencycode: 'CAD' },
    ...options.row,
  };
  const instance = { active: options.stage ?? 'one', path: (options.path ?? [options.stage ?? 'one']).join(',') };
  const server = { written: [] as Record<string, unknown>[], addresses: [] as string[], refuse: false, closed: 0 };
  const { privileges } = options.persona ?? seller;
  const mayWrite = `prvwrite${(options.definition ?? definition).table.name}` in privileges;
  const access = options.access ?? (mayWrite ? 'ReadAccess, WriteAccess' : 'ReadAccess');
  const answer = (status: number, body: unknown) => ({
    ok: status < 400,
    status,
    headers: new Map([['odata-entityid', '']]),
    json: async () => body,
  });
  // jsdom has no fetch; the page reads only these members of an answer
  const ask = async (address: string, init?: { method?: string; body?: string }) => {
    const fetchXml = new URL(address, 'http://host').searchParams.get('fetchXml');
    if (fetchXml !== null) return answer(200, pageOf(fetchXml, options.rowsOf));
    if (address.includes('RetrievePrincipalAccess')) return answer(200, { AccessRights: access });
    const ofProcess = address.includes('processes');
    if ((init?.method ?? 'GET') === 'GET') {
      if (!ofProcess) return answer(200, row);
      const started = { businessprocessflowinstanceid: 'i', createdon: '2025-01-15T14:00:00Z', statuscode: 1 };
      return answer(200, {
        value: [{ ...started, _activestageid_value: instance.active, traversedpath: instance.path }],
      });
    }
    if (server.refuse) return answer(400, { error: { code: '0x80040265', message: 'The plug-in refused it.' } });
    const body: Record<string, unknown> = JSON.parse(init?.body ?? '{}');
    server.written.push(body);
    server.addresses.push(address);
    if (ofProcess) {
      instance.active = /\((\w+)\)/.exec(String(body['activestageid@odata.bind']))?.[1] ?? instance.active;
      instance.path = String(body['traversedpath']);
    } else Object.assign(row, body);
    return answer(204, null);
  };
  Object.assign(globalThis, { fetch: ask });
  const session = new FormSession({
    id: 'a1b2c3d4-e5f6-7890-abcd-ef1234567890',
    definition: options.definition ?? definition,
    persona: options.persona ?? seller,
    language: options.language ?? 1033,
    close: () => void (server.closed += 1),
    pageNavigator: nowhere,
  });
  await session.open();
  // opened; what polls for other people's changes is not what is tested here
  session.close();
  const attribute = (name: string) => {
    const found = session.formContext.getAttribute(name);
    if (!found || Array.isArray(found)) throw new Error(`The form has no column ${name}.`);
    return found;
  };
  const control = (name: string) => {
    const found = session.formContext.getControl(name);
    if (!found || Array.isArray(found) || !('getAttribute' in found)) throw new Error(`The form has no field ${name}.`);
    return found;
  };
  const grid = (name: string) => {
    const found = session.formContext.getControl(name);
    if (!found || Array.isArray(found) || !('getGrid' in found)) throw new Error(`The form has no sub-grid ${name}.`);
    return found;
  };
  return { session, form: session.formContext, attribute, control, grid, server };
}
