/** @jest-environment jsdom */
import { fireEvent, screen, waitFor } from '@testing-library/react';
import type { HostDefinition } from '../../../../sandbox/src/form-host/contract';
import { createXrm } from '../../../../sandbox/src/form-host/client/xrm/xrm-global';
import { definition, facts, nowhere, openForm, seller } from './open-form';

// jsdom draws no modal dialogs.
Object.assign(HTMLDialogElement.prototype, {
  showModal(this: HTMLDialogElement) {
    this.open = true;
  },
  close(this: HTMLDialogElement) {
    this.open = false;
  },
});

const id = (n: number): string => `00000000-0000-4000-8000-00000000000${n}`;
const primary: Readonly<Record<string, string>> = { systemuser: 'fullname', team: 'name', account: 'name' };
const rows: Readonly<Record<string, readonly Readonly<Record<string, string>>[]>> = {
  systemuser: [
    { systemuserid: id(1), fullname: 'Olivia Owens' },
    { systemuserid: id(2), fullname: 'Paul Martin' },
  ],
  team: [{ teamid: id(3), name: 'Delivery' }],
  account: [{ accountid: id(4), name: 'Acme' }],
};

const labels = (english: string, french: string) => ({
  LocalizedLabels: [
    { Label: english, LanguageCode: 1033 },
    { Label: french, LanguageCode: 3084 },
  ],
});

/** The Web API of three tables: their definitions and their rows. @returns the queries, parsed, in the order in which they came */
function dataverse(): Element[] {
  const asked: Element[] = [];
  const { fetch } = globalThis;
  const answer = (body: unknown) => ({
    ok: true,
    status: 200,
    json: async () => body,
    text: async () => JSON.stringify(body),
  });
  Object.assign(globalThis, {
    fetch: async (address: string, init?: RequestInit) => {
      const table = /EntityDefinitions\(LogicalName='(\w+)'\)/.exec(address)?.[1];
      if (table !== undefined)
        return answer({
          LogicalName: table,
          EntitySetName: `${table}s`,
          PrimaryIdAttribute: `${table}id`,
          PrimaryNameAttribute: primary[table],
          DisplayName: labels(table, `${table} (fr)`),
          DisplayCollectionName: labels(`${table}s`, `${table}s (fr)`),
          Description: { LocalizedLabels: [] },
          OwnershipType: 'UserOwned',
          Attributes: [
            {
              LogicalName: 'name',
              EntityLogicalName: table,
              AttributeType: 'String',
              DisplayName: labels('Name', 'Nom'),
            },
            {
              LogicalName: 'statecode',
              EntityLogicalName: table,
              AttributeType: 'State',
              DisplayName: labels('State', 'État'),
            },
          ],
        });
      const query = new URL(address, 'http://host').searchParams.get('fetchXml');
      if (query === null) return fetch(address, init);
      const element = new DOMParser().parseFromString(query, 'text/xml').documentElement;
      asked.push(element);
      return answer({ value: rows[element.querySelector('entity')?.getAttribute('name') ?? ''] });
    },
  });
  return asked;
}

const withLookup: HostDefinition = {
  ...definition,
  columns: { ...definition.columns, ownerid: facts('Lookup', { targets: ['systemuser', 'team'] }) },
};

async function openLookup(shown = withLookup) {
  const opened = await openForm({ definition: shown });
  const asked = dataverse();
  const open = () => opened.session.lookUp('ownerid', 'Owner');
  const row = (name: string) => screen.findByRole('radio', { name });
  const press = (name: string) => fireEvent.click(screen.getByRole('button', { name }));
  return { ...opened, lookup: opened.control('ownerid'), asked, open, row, press };
}

/** The lookup members of a control, which only controls of lookups have. */
function membersOf(control: object) {
  return control as Xrm.Controls.LookupControl;
}

const conditions = (query: Element | undefined) =>
  [...(query?.querySelectorAll('condition') ?? [])].map((one) => [
    one.getAttribute('attribute'),
    one.getAttribute('operator'),
    one.getAttribute('value'),
  ]);

afterEach(() => {
  document.body.innerHTML = '';
});

test('H-162 a person chooses the row of a lookup in a dialog; the change handlers run', async () => {
  const { attribute, open, row, press, asked } = await openLookup();
  const changed = jest.fn();
  attribute('ownerid').addOnChange(changed);
  const done = open();
  fireEvent.click(await row('Paul Martin'));
  press('Add');
  await done;
  expect(attribute('ownerid').getValue()).toEqual([{ id: id(2), name: 'Paul Martin', entityType: 'systemuser' }]);
  expect(changed).toHaveBeenCalledTimes(1);
  expect(screen.queryByRole('dialog')).toBeNull();
  expect(asked[0]?.querySelector('entity')?.getAttribute('name')).toBe('systemuser');
});

test('H-163 words search the beginning of the name, an asterisk stands for any characters', async () => {
  const { open, row, press, asked } = await openLookup();
  const done = open();
  await row('Paul Martin');
  fireEvent.change(screen.getByRole('searchbox'), { target: { value: '*Mar' } });
  press('Search');
  await waitFor(() => expect(asked).toHaveLength(2));
  expect(conditions(asked[1])).toEqual([['fullname', 'like', '%Mar%']]);
  await row('Paul Martin');
  press('Cancel');
  await done;
});

test('H-164 PreSearch runs before each search; its filters must all hold, for one table or for all', async () => {
  const { lookup, open, row, press, asked, form } = await openLookup();
  const control = membersOf(lookup);
  const filter = (column: string) =>
    `<filter type="and"><condition attribute="${column}" operator="eq" value="1"/></filter>`;
  const handler = jest.fn((context: { getFormContext: () => unknown }) => {
    expect(context.getFormContext()).toBe(form);
    control.addCustomFilter(filter('one'));
    control.addCustomFilter(filter('two'), 'systemuser');
    control.addCustomFilter(filter('three'), 'team');
  });
  control.addPreSearch(handler as never);
  const done = open();
  await row('Paul Martin');
  fireEvent.change(screen.getByRole('combobox', { name: 'Look for' }), { target: { value: 'team' } });
  await row('Delivery');
  expect(asked.map((query) => conditions(query).map(([column]) => column))).toEqual([
    ['one', 'two'],
    ['one', 'three'],
  ]);
  expect(handler).toHaveBeenCalledTimes(2);
  press('Cancel');
  await done;
  control.removePreSearch(handler as never);
  const again = open();
  await row('Paul Martin');
  expect(conditions(asked[2])).toEqual([]);
  press('Cancel');
  await again;
});

test('H-165 addCustomFilter works in a handler of PreSearch alone', async () => {
  const { lookup, open, row, press } = await openLookup();
  const add = () => membersOf(lookup).addCustomFilter('<filter/>');
  expect(add).toThrow('only be called by a handler of PreSearch');
  const done = open();
  await row('Paul Martin');
  press('Cancel');
  await done;
  expect(add).toThrow('only be called by a handler of PreSearch');
});

const VIEW = '{00000000-0000-0000-0000-000000000001}';
const QUERY =
  '<fetch><entity name="systemuser"><attribute name="fullname"/><filter><condition attribute="isdisabled" operator="eq" value="0"/></filter></entity></fetch>';

test('H-166 a custom view is offered, and shown first when it is the default one', async () => {
  const { lookup, open, row, press, asked } = await openLookup();
  const control = membersOf(lookup);
  control.addCustomView(VIEW, 'systemuser', 'Enabled people', QUERY, '<grid/>', false);
  const done = open();
  await row('Paul Martin');
  expect(conditions(asked[0])).toEqual([]);
  fireEvent.change(screen.getByRole('combobox', { name: 'View' }), { target: { value: VIEW.slice(1, -1) } });
  await waitFor(() => expect(conditions(asked[1])).toEqual([['isdisabled', 'eq', '0']]));
  await row('Paul Martin');
  press('Cancel');
  await done;
  control.addCustomView(VIEW, 'systemuser', 'Enabled people', QUERY, '<grid/>', true);
  const again = open();
  await row('Paul Martin');
  expect(conditions(asked[2])).toEqual([['isdisabled', 'eq', '0']]);
  press('Cancel');
  await again;
});

test('H-167 addCustomView does nothing for an owner', async () => {
  const { lookup, open, row, press } = await openLookup(definition);
  membersOf(lookup).addCustomView(VIEW, 'systemuser', 'Enabled people', QUERY, '<grid/>', true);
  const done = open();
  await row('Paul Martin');
  expect(screen.queryByRole('combobox', { name: 'View' })).toBeNull();
  press('Cancel');
  await done;
});

test('H-168 setDefaultView: the view that the dialog shows first', async () => {
  const { lookup, open, row, press, asked } = await openLookup();
  const control = membersOf(lookup);
  control.addCustomView(VIEW, 'systemuser', 'Enabled people', QUERY, '<grid/>', false);
  control.setDefaultView(VIEW);
  expect(control.getDefaultView()).toBe(VIEW.slice(1, -1));
  const done = open();
  await row('Paul Martin');
  expect(conditions(asked[0])).toEqual([['isdisabled', 'eq', '0']]);
  press('Cancel');
  await done;
});

test('H-169 setEntityTypes: the tables that are searched', async () => {
  const { lookup, open, row, press } = await openLookup();
  const control = membersOf(lookup);
  control.setEntityTypes(['team']);
  expect(control.getEntityTypes()).toEqual(['team']);
  const done = open();
  await row('Delivery');
  expect(screen.queryByRole('combobox', { name: 'Look for' })).toBeNull();
  press('Cancel');
  await done;
});

const utility = (language: 1033 | 3084 = 1033) =>
  createXrm({ definition, persona: seller, language, pageNavigator: nowhere }).Utility;

test('H-170 lookupObjects gives the chosen rows, also several, filtered and searched as asked', async () => {
  const asked = dataverse();
  const chosen = utility().lookupObjects({
    entityTypes: ['account', 'systemuser'],
    defaultEntityType: 'systemuser',
    allowMultiSelect: true,
    searchText: 'O',
    filters: [
      {
        filterXml: '<filter><condition attribute="isdisabled" operator="eq" value="0"/></filter>',
        entityLogicalName: 'systemuser',
      },
      {
        filterXml: '<filter><condition attribute="revenue" operator="gt" value="1"/></filter>',
        entityLogicalName: 'account',
      },
    ],
  });
  for (const name of ['Paul Martin', 'Olivia Owens']) fireEvent.click(await screen.findByRole('checkbox', { name }));
  fireEvent.click(screen.getByRole('button', { name: 'Add' }));
  expect((await chosen).map(({ name, entityType }) => [name, entityType])).toEqual([
    ['Paul Martin', 'systemuser'],
    ['Olivia Owens', 'systemuser'],
  ]);
  expect(conditions(asked[0])).toEqual([
    ['isdisabled', 'eq', '0'],
    ['fullname', 'like', 'O%'],
  ]);
});

test('H-171 lookupObjects: who goes away has chosen nothing, which is no failure', async () => {
  dataverse();
  const chosen = utility(3084).lookupObjects({ entityTypes: ['account'] });
  await screen.findByRole('radio', { name: 'Acme' });
  fireEvent.click(screen.getByRole('button', { name: 'Annuler' }));
  await expect(chosen).resolves.toEqual([]);
});

test('H-172 ids of lookupObjects in braces and capitals', async () => {
  dataverse();
  const chosen = utility().lookupObjects({ entityTypes: ['account'] });
  fireEvent.click(await screen.findByRole('radio', { name: 'Acme' }));
  fireEvent.click(screen.getByRole('button', { name: 'Add' }));
  expect((await chosen)[0]?.id).toBe(`{${id(4)}}`);
});

test('H-173 getEntityMetadata: names of the table, and the columns that were asked for', async () => {
  dataverse();
  const metadata = await utility(3084).getEntityMetadata('account', ['statecode']);
  expect([metadata.DisplayName, metadata.EntitySetName, metadata.OwnershipType]).toEqual([
    'account (fr)',
    'accounts',
    'UserOwned',
  ]);
  expect([
    metadata.Attributes.getLength(),
    metadata.Attributes.get('statecode'),
    metadata.Attributes.get('name'),
  ]).toEqual([
    1,
    { LogicalName: 'statecode', EntityLogicalName: 'account', AttributeType: 12, DisplayName: 'État' },
    null,
  ]);
  await expect(utility().getEntityMetadata('account', ['absent'])).rejects.toThrow('no column absent');
});
