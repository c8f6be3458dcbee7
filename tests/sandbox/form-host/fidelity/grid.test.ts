/** @jest-environment jsdom */
import type { FormCell, HostDefinition } from '../../../../sandbox/src/form-host/contract';
import { both, definition, facts, openForm, section, tab } from './open-form';

const RECORD = 'a1b2c3d4-e5f6-7890-abcd-ef1234567890';
const id = (n: number): string => `00000000-0000-4000-8000-00000000000${n}`;
const [OPEN_VIEW, ALL_VIEW, OTHER_VIEW] = [id(1), id(2), id(3)];

const view = (viewId: string, name: string, attribute: string) => ({
  id: viewId,
  name: both(name, `${name} (fr)`),
  isDefault: viewId === OPEN_VIEW,
  columns: ['crmjira_name', 'crmjira_amount'],
  fetchXml: `<fetch><entity name="crmjira_budget_approval"><attribute name="crmjira_name"/><attribute name="crmjira_amount"/><order attribute="${attribute}" descending="false"/></entity></fetch>`,
});

const RELATIONSHIP = 'crmjira_opportunity_budget_approval';
const gridCell = (name: string, viewSelector: boolean, viewIds: readonly string[]): FormCell => ({
  id: name,
  label: both('Approval requests', 'Demandes'),
  showLabel: true,
  visible: true,
  columnSpan: 1,
  control: {
    id: name,
    kind: 'sub-grid',
    column: null,
    disabled: false,
    custom: null,
    subGrid: {
      table: 'crmjira_budget_approval',
      viewId: OPEN_VIEW ?? '',
      relationship: RELATIONSHIP,
      rowsPerPage: 2,
      viewSelector,
      viewIds,
    },
  },
});

const withGrids: HostDefinition = {
  ...definition,
  form: {
    ...definition.form,
    tabs: [
      ...definition.form.tabs,
      tab('lists', [
        section('requests', [
          gridCell('approvals', true, []),
          gridCell('fixed', false, []),
          gridCell('chosen', true, [ALL_VIEW ?? '']),
        ]),
      ]),
    ],
  },
  related: {
    [RELATIONSHIP]: {
      name: 'crmjira_budget_approval',
      primaryName: 'crmjira_name',
      label: both('Approval'),
      collectionLabel: both('Approvals'),
      lookup: 'crmjira_opportunity_id',
      navigationProperty: 'crmjira_opportunity_id',
      columns: { crmjira_name: facts('String'), crmjira_amount: facts('Money', { precision: 2 }) },
      views: [
        view(OPEN_VIEW ?? '', 'Open', 'crmjira_name'),
        view(ALL_VIEW ?? '', 'All', 'crmjira_amount'),
        view(OTHER_VIEW ?? '', 'Other', 'crmjira_amount'),
      ],
    },
  },
};

const stored = [
  { crmjira_budget_approvalid: id(4), crmjira_name: 'First', crmjira_amount: 30 },
  { crmjira_budget_approvalid: id(5), crmjira_name: 'Second', crmjira_amount: 10 },
  { crmjira_budget_approvalid: id(6), crmjira_name: 'Third', crmjira_amount: 20 },
];

/** The stored rows in the order that the query asks for. */
function sorted(fetch: Element) {
  const order = fetch.querySelector('entity > order');
  const by = order?.getAttribute('attribute') ?? '';
  const sign = order?.getAttribute('descending') === 'true' ? -1 : 1;
  const value = (row: Readonly<Record<string, unknown>>) => row[by] as string | number; // of the rows above
  return stored.toSorted((a, b) => (value(a) < value(b) ? -sign : sign));
}

const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

async function openGrid(name = 'approvals') {
  const asked: Element[] = [];
  const opened = await openForm({
    definition: withGrids,
    rowsOf: (fetch) => {
      asked.push(fetch);
      return sorted(fetch);
    },
  });
  const grid = opened.grid(name);
  const model = opened.session.grids.get(name);
  if (!model) throw new Error(`There is no ${name}.`);
  const names = () => {
    const found: string[] = [];
    grid
      .getGrid()
      .getRows()
      .forEach((row) => found.push(row.data.entity.getPrimaryAttributeValue()));
    return found;
  };
  return { ...opened, grid, model, asked, names };
}

test('H-110 a sub-grid is a control that tells table, relationship and kind', async () => {
  const { grid } = await openGrid();
  expect([grid.getControlType(), grid.getEntityName(), grid.getGridType(), grid.getLabel()]).toEqual([
    'subgrid',
    'crmjira_budget_approval',
    2,
    'Approval requests',
  ]);
  expect(grid.getRelationship()).toEqual({
    attributeName: 'crmjira_opportunity_id',
    name: RELATIONSHIP,
    navigationPropertyName: 'crmjira_opportunity_id',
    relationshipType: 0,
    roleType: 1,
  });
  expect(grid.getParent()?.getName()).toBe('requests');
});

test('H-111 the grid gives its rows, and counts also those that are not shown', async () => {
  const { grid, names } = await openGrid();
  grid.refresh();
  await settled();
  expect([names(), grid.getGrid().getTotalRecordCount()]).toEqual([['First', 'Second'], 3]);
  const found = grid.getGrid().getRows().get(id(5));
  if (found === null || Array.isArray(found)) throw new Error('The row is not there.');
  expect(found.getData().getEntity().getEntityReference()).toEqual({
    entityType: 'crmjira_budget_approval',
    id: id(5),
    name: 'Second',
  });
});

test('H-112 OnLoad runs with every load of the sub-grid, by sorting too, until it is removed', async () => {
  const { form, grid, model } = await openGrid();
  const loaded = jest.fn();
  grid.addOnLoad(loaded);
  grid.refresh();
  await settled();
  expect(loaded).toHaveBeenCalledTimes(1);
  expect(loaded.mock.calls[0][0].getFormContext()).toBe(form);
  model.sortBy('crmjira_amount');
  await settled();
  expect(loaded).toHaveBeenCalledTimes(2);
  grid.removeOnLoad(loaded);
  grid.refresh();
  await settled();
  expect(loaded).toHaveBeenCalledTimes(2);
});

test('H-113 the view selector tells and sets the view; where it is not shown its methods throw', async () => {
  const { grid, names } = await openGrid();
  expect(grid.getViewSelector().getCurrentView()).toEqual({ entityType: 1039, id: OPEN_VIEW, name: 'Open' });
  grid.getViewSelector().setCurrentView({ id: `{${ALL_VIEW?.toUpperCase()}}` });
  await settled();
  expect([grid.getViewSelector().getCurrentView().name, names()]).toEqual(['All', ['Second', 'Third']]);
  const { grid: fixed } = await openGrid('fixed');
  expect(fixed.getViewSelector().isVisible()).toBe(false);
  expect(() => fixed.getViewSelector().getCurrentView()).toThrow('does not show the view selector');
});

test('H-114 getFetchXml is the query of what is shown: view, record and sorting', async () => {
  const { grid, model } = await openGrid();
  model.sortBy('crmjira_amount');
  await settled();
  const query = new DOMParser().parseFromString(grid.getFetchXml(), 'text/xml');
  expect(query.querySelector('condition')?.getAttribute('value')).toBe(RECORD);
  expect([...query.querySelectorAll('order')].map((order) => order.getAttribute('attribute'))).toEqual([
    'crmjira_amount',
  ]);
});

test('H-115 a heading sorts up, then down; the second page follows the first by the records per page', async () => {
  const { grid, model, names } = await openGrid();
  model.sortBy('crmjira_amount');
  await settled();
  expect([names(), model.hasMore]).toEqual([['Second', 'Third'], true]);
  model.loadMore();
  await settled();
  expect([names(), model.hasMore]).toEqual([['Second', 'Third', 'First'], false]);
  model.sortBy('crmjira_amount');
  await settled();
  expect(names()).toEqual(['First', 'Third']);
  expect(grid.getGrid().getTotalRecordCount()).toBe(3);
});

test('H-116 ViewIds are the views to choose from; without them every public view is', async () => {
  const { session } = await openGrid();
  const viewsOf = (name: string) => session.grids.get(name)?.parts.views.map((one) => one.name[1033]);
  expect([viewsOf('approvals'), viewsOf('chosen')]).toEqual([
    ['Open', 'All', 'Other'],
    ['Open', 'All'],
  ]);
});

test('H-117 a sub-grid is hidden and renamed like another control', async () => {
  const { form, grid, session } = await openGrid();
  grid.setVisible(false);
  grid.setLabel('Requests');
  expect([grid.getVisible(), grid.getLabel()]).toEqual([false, 'Requests']);
  expect(session.model.controlStates.get('approvals')).toEqual({ visible: false, label: 'Requests' });
  expect(form.ui.controls.get('approvals')).not.toBeNull();
});
