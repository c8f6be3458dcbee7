/** @jest-environment jsdom */
import { ALL_VIEW, OPEN_VIEW, RELATIONSHIP, gridsOn, id, stored } from './approval-grids';
import { definition, openForm } from './open-form';

const RECORD = 'a1b2c3d4-e5f6-7890-abcd-ef1234567890';

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
    definition: gridsOn(definition),
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
  grid.getViewSelector().setCurrentView({ id: `{${ALL_VIEW.toUpperCase()}}` });
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

test('H-118 getSelectedRows gives the rows that are selected, also after a refresh; another view has none', async () => {
  const { grid, model } = await openGrid();
  grid.refresh();
  await settled();
  const loaded = jest.fn();
  grid.addOnLoad(loaded);
  const selected = () => {
    const found: string[] = [];
    grid
      .getGrid()
      .getSelectedRows()
      .forEach((row) => found.push(row.data.entity.getId()));
    return found;
  };
  expect(selected()).toEqual([]);
  model.toggle(id(5));
  expect([selected(), loaded.mock.calls.length]).toEqual([[`{${id(5)}}`], 0]);
  grid.refresh();
  await settled();
  expect(selected()).toEqual([`{${id(5)}}`]);
  model.toggle(id(4));
  model.toggle(id(5));
  expect(selected()).toEqual([`{${id(4)}}`]);
  grid.getViewSelector().setCurrentView({ id: ALL_VIEW });
  await settled();
  expect(selected()).toEqual([]);
});

test('H-119 a row gives the columns that its view shows; what only editable grids let do is refused by name', async () => {
  const { grid } = await openGrid();
  grid.refresh();
  await settled();
  const row = grid.getGrid().getRows().get(0);
  if (row === null || Array.isArray(row)) throw new Error('There is no row.');
  const amount = row.data.entity.attributes.get('crmjira_amount');
  if (amount === null || Array.isArray(amount)) throw new Error('There is no cell.');
  expect([amount.getName(), amount.getValue(), row.data.entity.attributes.get('crmjira_other')]).toEqual([
    'crmjira_amount',
    30,
    null,
  ]);
  expect(() => Reflect.get(amount, 'setValue')).toThrow('does not have cell of a read-only grid.setValue');
});

test('H-174 setFilterXml narrows the rows that come next, beside the view and the record; getFilterXml gives it back', async () => {
  const { grid, asked } = await openGrid();
  const filter = '<filter><condition attribute="crmjira_amount" operator="gt" value="5"/></filter>';
  expect(grid.getFilterXml()).toBe('');
  grid.setFilterXml(filter);
  expect([grid.getFilterXml(), asked.length]).toEqual([filter, 0]);
  grid.refresh();
  await settled();
  const columns = [...(asked[0]?.querySelectorAll('condition') ?? [])].map((one) => one.getAttribute('attribute'));
  expect(columns).toEqual(['crmjira_opportunity_id', 'crmjira_amount']);
  expect(grid.getFetchXml()).toContain('operator="gt"');
});
