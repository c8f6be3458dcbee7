/** @jest-environment jsdom */
import * as React from 'react';
import { setIconOptions } from '@fluentui/react';
import { act, cleanup, fireEvent, render, waitFor } from '@testing-library/react';
import type { TablePages } from '../../../../sandbox/src/form-host/contract';
import type { FormSession } from '../../../../sandbox/src/form-host/client/form/form-session';
import { RecordForm } from '../../../../sandbox/src/form-host/client/form/record-form';
import { TableList } from '../../../../sandbox/src/form-host/client/list/table-list';
import { hostTheme } from '../../../../sandbox/src/form-host/client/pcf/design-language';
import { AnsweredRules } from '../../../../sandbox/src/form-host/client/ribbon/answered-rules';
import { crmParameter } from '../../../../sandbox/src/form-host/client/ribbon/crm-parameters';
import type { RibbonContext } from '../../../../sandbox/src/form-host/client/ribbon/ribbon-context';
import {
  loadRibbonScripts,
  visibleButtons,
  visibleItems,
} from '../../../../sandbox/src/form-host/client/ribbon/visible-buttons';
import { RibbonDiffError, parseRibbonDiff } from '../../../../sandbox/src/form-host/server/parse-ribbon-diff';
import { APPROVALS, gridsOn, stored } from './approval-grids';
import { definition, nowhere, openForm, seller } from './open-form';

const TABLE = 'crmjira_budget_approval';
const SCRIPT = 'crmjira_/scripts/test-commands.js';

interface Command {
  readonly name: string;
  readonly at: 'Form' | 'HomepageGrid' | 'SubGrid';
  readonly parameters?: string;
  readonly rule?: string;
}

/** The RibbonDiff of the approvals with these buttons. */
function ribbonOf(...commands: readonly Command[]): string {
  const all = (part: (command: Command) => string) => commands.map(part).join('');
  return `<RibbonDiffXml>
    <CustomActions>${all(
      ({ name, at }) => `<CustomAction Id="${name}" Location="Mscrm.${at}.${TABLE}.MainTab.Actions.Controls._children">
        <CommandUIDefinition><Button Id="${name}.Button" Command="${name}" LabelText="${name}" /></CommandUIDefinition></CustomAction>`,
    )}</CustomActions>
    <CommandDefinitions>${all(
      ({ name, parameters = '', rule }) => `<CommandDefinition Id="${name}"><DisplayRules />
        <EnableRules>${rule === undefined ? '' : `<EnableRule Id="${name}.Rule" />`}</EnableRules>
        <Actions><JavaScriptFunction Library="$webresource:${SCRIPT}" FunctionName="Commands.${name}">${parameters}</JavaScriptFunction></Actions>
      </CommandDefinition>`,
    )}</CommandDefinitions>
    <RuleDefinitions><EnableRules>${all(({ name, rule }) =>
      rule === undefined ? '' : `<EnableRule Id="${name}.Rule">${rule}</EnableRule>`,
    )}</EnableRules></RuleDefinitions>
  </RibbonDiffXml>`;
}

const listed = (id: string, name: string) => ({ id, name, entityType: TABLE });
const grid = {};
const onList: RibbonContext = {
  primaryControl: grid,
  primaryTable: TABLE,
  primaryIds: ['1', '2', '3'],
  list: {
    table: TABLE,
    control: grid,
    all: [listed('1', 'One'), listed('2', 'Two'), listed('3', 'Three')],
    selectedIds: new Set(['1', '3']),
  },
  language: 3084,
};
const form = {};
const onForm: RibbonContext = { ...onList, primaryControl: form, primaryIds: ['9'], list: null };

/** Puts functions where the ribbon looks for them; their script counts as loaded. */
function install(commands: Readonly<Record<string, (...given: never[]) => unknown>>): void {
  Object.assign(window, { Commands: commands });
  jest.spyOn(document.head, 'append').mockImplementation((element) => {
    if (element instanceof HTMLScriptElement) element.onload?.(new Event('load'));
  });
}

beforeAll(() => {
  // The page registers its icons; here none is looked at.
  setIconOptions({ disableWarnings: true });
  // What Fluent's command bar measures itself with; jsdom has none.
  Object.assign(globalThis, {
    ResizeObserver: class {
      observe() {}
      unobserve() {}
      disconnect() {}
    },
  });
});
afterEach(() => {
  cleanup();
  jest.restoreAllMocks();
});

const rule = {
  library: SCRIPT,
  functionName: 'Commands.canRetry',
  parameters: [{ crmParameter: 'PrimaryControl' }],
};

test('H-98 a rule that promises its answer hides its button until then, and is asked once a version', async () => {
  const answers: ((value: boolean) => void)[] = [];
  const canRetry = jest.fn(() => new Promise((resolve) => answers.push(resolve)));
  const changed = jest.fn();
  const rules = new AnsweredRules(changed);
  expect(rules.holds(rule, '1', canRetry)).toBe(false);
  expect(rules.holds(rule, '1', canRetry)).toBe(false);
  answers[0]?.(true);
  await Promise.resolve();
  expect(changed).toHaveBeenCalledTimes(1);
  expect(rules.holds(rule, '1', canRetry)).toBe(true);
  expect(canRetry).toHaveBeenCalledTimes(1);
  // the answer of before stands until there is another
  expect(rules.holds(rule, '2', canRetry)).toBe(true);
  answers[1]?.(false);
  await Promise.resolve();
  expect(rules.holds(rule, '2', canRetry)).toBe(false);
  expect(canRetry).toHaveBeenCalledTimes(2);
});

test('H-120 a promised answer that does not come within ten seconds is a no', () => {
  jest.useFakeTimers();
  const answers: ((value: boolean) => void)[] = [];
  const ask = () => new Promise((resolve) => answers.push(resolve));
  const rules = new AnsweredRules(() => undefined);
  rules.holds(rule, '1', () => true);
  expect(rules.holds(rule, '2', ask)).toBe(true);
  jest.advanceTimersByTime(9_999);
  expect(rules.holds(rule, '2', ask)).toBe(true);
  jest.advanceTimersByTime(1);
  expect(rules.holds(rule, '2', ask)).toBe(false);
  jest.useRealTimers();
});

test('H-121 a location says to which command bar of which table a button belongs', () => {
  const elsewhere = ribbonOf({ name: 'other', at: 'Form' }).replaceAll(TABLE, 'account');
  expect(parseRibbonDiff(elsewhere, TABLE)).toEqual({ form: [], homepageGrid: [], subGrid: [] });
  const {
    form: onForms,
    homepageGrid,
    subGrid,
  } = parseRibbonDiff(
    ribbonOf({ name: 'save', at: 'Form' }, { name: 'export', at: 'HomepageGrid' }, { name: 'add', at: 'SubGrid' }),
    TABLE,
  );
  expect([onForms, homepageGrid, subGrid].map((buttons) => buttons.map(({ id }) => id))).toEqual([
    ['save.Button'],
    ['export.Button'],
    ['add.Button'],
  ]);
  const unknown = ribbonOf({ name: 'add', at: 'SubGrid', rule: '<SkuRule Sku="Online" />' });
  expect(() => parseRibbonDiff(unknown, TABLE)).toThrow(
    new RibbonDiffError('The host does not know the enable rule SkuRule.'),
  );
});

/** A menu of the form in two sections, written in the wrong order; `add` is for sellers only, `retry` for nobody. */
const menu = (
  attributes = '',
  command = 'menu',
) => `<CustomAction Id="menu.Action" Location="Mscrm.Form.${TABLE}.MainTab.Actions.Controls._children">
  <CommandUIDefinition><FlyoutAnchor Id="menu" Sequence="5" LabelText="More work" ${command === '' ? '' : `Command="${command}"`} ${attributes}><Menu Id="menu.Menu">
    <MenuSection Id="menu.Second" Sequence="20"><Controls Id="menu.Second.Controls">
      <Button Id="retry.InMenu" Sequence="10" Command="retry" LabelText="retry" /></Controls></MenuSection>
    <MenuSection Id="menu.First" Sequence="10" Title="Rows"><Controls Id="menu.First.Controls">
      <Button Id="share.InMenu" Sequence="20" Command="share" LabelText="share" />
      <Button Id="add.InMenu" Sequence="10" Command="add" LabelText="add" /></Controls></MenuSection>
  </Menu></FlyoutAnchor></CommandUIDefinition></CustomAction>`;
const answering = (name: string) => `<CustomRule Library="$webresource:${SCRIPT}" FunctionName="Commands.${name}" />`;
const withMenu = (more = menu()) =>
  ribbonOf(
    { name: 'add', at: 'SubGrid' },
    { name: 'share', at: 'SubGrid' },
    { name: 'retry', at: 'SubGrid', rule: answering('never') },
    { name: 'menu', at: 'SubGrid', rule: answering('opens') },
  ).replace('</CustomActions>', `${more}</CustomActions>`);

test('H-180 a FlyoutAnchor holds a menu: sections and buttons by sequence, sections with their titles', () => {
  const { form: items } = parseRibbonDiff(withMenu(), TABLE);
  expect(items).toMatchObject([
    {
      id: 'menu',
      label: { 1033: 'More work', 3084: 'More work' },
      enableRules: [{ kind: 'function', functionName: 'Commands.opens' }],
      sections: [
        { id: 'menu.First', title: { 1033: 'Rows' }, buttons: [{ id: 'add.InMenu' }, { id: 'share.InMenu' }] },
        { id: 'menu.Second', title: null, buttons: [{ id: 'retry.InMenu' }] },
      ],
    },
  ]);
  expect(parseRibbonDiff(withMenu(menu('', '')), TABLE).form).toMatchObject([{ id: 'menu', enableRules: [] }]);
  const split = withMenu(menu().replaceAll('FlyoutAnchor', 'SplitButton'));
  expect(() => parseRibbonDiff(split, TABLE)).toThrow(
    'menu is a SplitButton; the host draws buttons and menus of buttons',
  );
  expect(() => parseRibbonDiff(withMenu(menu('PopulateDynamically="true"')), TABLE)).toThrow(
    'fills its menu by a script',
  );
});

test('H-181 rules hold in a menu: of the anchor, of each button; a section or menu that has none left is not there', () => {
  const { form: items } = parseRibbonDiff(withMenu(), TABLE);
  const shown = (yes: readonly string[]) =>
    visibleItems(items, seller, onForm, ({ functionName }) => yes.includes(functionName)).map((item) =>
      'sections' in item ? item.sections.map(({ id, buttons }) => [id, buttons.map((button) => button.id)]) : item.id,
    );
  expect(shown(['Commands.opens'])).toEqual([[['menu.First', ['add.InMenu', 'share.InMenu']]]]);
  expect(shown(['Commands.opens', 'Commands.never'])[0]).toHaveLength(2);
  expect(shown([])).toEqual([]);
  const hide = ['add.InMenu', 'menu.First', 'menu'].map(
    (id) => `<HideCustomAction HideActionId="h" Location="${id}" />`,
  );
  const without = (at: number) => parseRibbonDiff(withMenu(menu() + hide[at]), TABLE).form;
  expect(without(0)).toMatchObject([{ sections: [{ buttons: [{ id: 'share.InMenu' }] }, {}] }]);
  expect(without(1)).toMatchObject([{ sections: [{ id: 'menu.Second' }] }]);
  expect(without(2)).toEqual([]);
});

test('the scripts of a menu are loaded: of its buttons, of their rules and of its own', async () => {
  const asked: string[] = [];
  jest.spyOn(document.head, 'append').mockImplementation((element) => {
    if (!(element instanceof HTMLScriptElement)) return;
    asked.push(new URL(element.src).pathname);
    element.onload?.(new Event('load'));
  });
  const named = ['menu', 'add', 'retry'].map((name) => `new_/${name}-of-menu.js`);
  let xml = withMenu();
  for (const [index, name] of ['Commands.opens', 'Commands.add', 'Commands.never'].entries())
    xml = xml.replace(`${SCRIPT}" FunctionName="${name}"`, `${named[index]}" FunctionName="${name}"`);
  await loadRibbonScripts(parseRibbonDiff(xml, TABLE).form);
  expect(asked).toEqual(expect.arrayContaining(named.map((name) => `/WebResources/${name}`)));
});

test('H-122 PrimaryControl is the form, SelectedControl the list; on a form there is none to give', () => {
  expect([crmParameter('PrimaryControl', onForm), crmParameter('SelectedControl', onList)]).toEqual([form, grid]);
  expect(() => crmParameter('SelectedControl', onForm)).toThrow('SelectedControl is about a list');
  expect(() => crmParameter('PrimaryControlId', onForm)).toThrow('does not give the ribbon parameter PrimaryControlId');
});

test('H-123 selected, all and other rows of a list: how many and which', () => {
  const items = (part: string) =>
    ['Count', 'Ids'].map((what) => crmParameter(`SelectedControl${part}Item${what}`, onList));
  expect([items('Selected'), items('All'), items('Unselected')]).toEqual([
    [2, ['1', '3']],
    [3, ['1', '2', '3']],
    [1, ['2']],
  ]);
  const first = ['FirstSelectedItemId', 'SelectedEntityTypeName', 'PrimaryItemIds', 'FirstPrimaryItemId'];
  expect(first.map((name) => crmParameter(name, onList))).toEqual(['1', TABLE, ['1', '2', '3'], '1']);
  expect(first.slice(2).map((name) => crmParameter(name, onForm))).toEqual([['9'], '9']);
});

test('H-124 a reference to a row has Id, Name and TypeName; numbers of tables are not there', () => {
  const references = crmParameter('SelectedControlSelectedItemReferences', onList) as Record<string, unknown>[];
  expect(references).toEqual([
    { Id: '1', Name: 'One', TypeName: TABLE },
    { Id: '3', Name: 'Three', TypeName: TABLE },
  ]);
  expect(() => references[0]?.['TypeCode']).toThrow('The host does not have reference to a row.TypeCode.');
});

test('H-125 organization, its language and that of the user', () => {
  expect(['OrgName', 'OrgLcid', 'UserLcid'].map((name) => crmParameter(name, onList))).toEqual(['sandbox', 1033, 3084]);
});

test('H-126 constants are given with the type of their element, in the order of the parameters', () => {
  const decide = jest.fn();
  install({ decide });
  const parameters =
    '<StringParameter Value="12" /><CrmParameter Value="PrimaryControl" /><IntParameter Value="12" /><BoolParameter Value="true" /><StringParameter Value="end" />';
  const { form: buttons } = parseRibbonDiff(
    ribbonOf({
      name: 'ask',
      at: 'Form',
      rule: `<CustomRule Library="x" FunctionName="Commands.decide">${parameters}</CustomRule>`,
    }),
    TABLE,
  );
  visibleButtons(buttons, seller, onForm);
  expect(decide).toHaveBeenCalledWith('12', form, 12, true, 'end');
});

test('H-127 SelectionCountRule: a button from so many selected rows to so many', () => {
  const countRule = (attributes: string) =>
    parseRibbonDiff(
      ribbonOf({
        name: 'merge',
        at: 'HomepageGrid',
        rule: `<SelectionCountRule AppliesTo="SelectedEntity" ${attributes} />`,
      }),
      TABLE,
    ).homepageGrid;
  const shownWith = (attributes: string): number[] =>
    [0, 1, 2, 3].filter((count) => {
      const selectedIds = new Set(['1', '2', '3'].slice(0, count));
      const list = onList.list && { ...onList.list, selectedIds };
      return visibleButtons(countRule(attributes), seller, { ...onList, list }).length === 1;
    });
  expect(shownWith('Minimum="1"')).toEqual([1, 2, 3]);
  expect(shownWith('Minimum="2" Maximum="2"')).toEqual([2]);
  expect(shownWith('Minimum="1" InvertResult="true"')).toEqual([0]);
});

/** Whether a button with this rule, once as enable rule and once as display rule, is shown in a context. */
function shownBy(xml: string, context: RibbonContext): readonly boolean[] {
  const enabled = ribbonOf({ name: 'ask', at: 'Form', rule: xml });
  const displayed = enabled
    .replace('<DisplayRules />', '<DisplayRules><DisplayRule Id="ask.Rule" /></DisplayRules>')
    .replace('<EnableRules><EnableRule Id="ask.Rule" /></EnableRules>', '<EnableRules />')
    .replace(
      /<EnableRules>(<EnableRule Id="ask.Rule">.*)<\/EnableRules>/s,
      (_all, rules: string) => `<DisplayRules>${rules.replaceAll('EnableRule', 'DisplayRule')}</DisplayRules>`,
    );
  return [enabled, displayed].map(
    (diff) => visibleButtons(parseRibbonDiff(diff, TABLE).form, seller, context).length === 1,
  );
}

const yes = [true, true];
const no = [false, false];

test('H-175 FormStateRule: a form that is edited, read-only, closed', async () => {
  const states = ['Create', 'Existing', 'ReadOnly', 'Disabled', 'BulkEdit'];
  const reader = { ...seller, privileges: { prvreadopportunity: 1 } };
  const statesOf = async (options: Parameters<typeof openForm>[0]) => {
    const { session } = await openForm(options);
    return states.filter((state) => {
      const [first, second] = shownBy(`<FormStateRule State="${state}" />`, session.ribbonContext);
      expect(first).toBe(second);
      return first;
    });
  };
  expect([await statesOf({}), await statesOf({ persona: reader }), await statesOf({ row: { statecode: 1 } })]).toEqual([
    ['Existing'],
    ['ReadOnly'],
    ['Disabled'],
  ]);
  expect(shownBy('<FormStateRule State="Existing" InvertResult="true" />', onList)).toEqual(yes);
  expect(shownBy('<FormStateRule State="Existing" Default="true" />', onList)).toEqual(yes);
  expect(() => shownBy('<FormStateRule State="Open" />', onList)).toThrow('A form has no state Open.');
});

test('H-176 ValueRule: the value on the form, with edits; its default where there is none to read', async () => {
  const { session } = await openForm();
  const byPriority = '<ValueRule Field="prioritycode" Value="2" />';
  expect(shownBy(byPriority, session.ribbonContext)).toEqual(no);
  session.change('prioritycode', 2);
  expect(shownBy(byPriority, session.ribbonContext)).toEqual(yes);
  expect(shownBy('<ValueRule Field="prioritycode" Value="2" InvertResult="true" />', session.ribbonContext)).toEqual(
    no,
  );
  expect(shownBy('<ValueRule Field="absent" Value="" />', session.ribbonContext)).toEqual(no);
  expect(shownBy('<ValueRule Field="absent" Value="2" Default="true" />', session.ribbonContext)).toEqual(yes);
  expect(shownBy('<ValueRule Field="name" Value="Acme" />', onList)).toEqual(no);
});

test('H-179 a ValueRule writes ids bare or in braces, choices as numbers, and nothing for no value', async () => {
  const { session } = await openForm();
  const holds = (column: string, value: string) =>
    shownBy(`<ValueRule Field="${column}" Value="${value}" />`, session.ribbonContext);
  expect([holds('ownerid', 'o1'), holds('ownerid', '{O1}'), holds('prioritycode', '1')]).toEqual([yes, yes, yes]);
  expect(holds('name', '')).toEqual(no);
  session.change('name', null);
  expect(holds('name', '')).toEqual(yes);
});

test('H-177 OrRule: all rules of one of its groups hold', async () => {
  const { session } = await openForm();
  const either = (first: string, second: string, attributes = '') =>
    shownBy(
      `<OrRule ${attributes}><Or><FormStateRule State="${first}" /><ValueRule Field="prioritycode" Value="1" /></Or><Or><FormStateRule State="${second}" /></Or></OrRule>`,
      session.ribbonContext,
    );
  expect([either('Existing', 'ReadOnly'), either('Create', 'Existing'), either('Create', 'ReadOnly')]).toEqual([
    yes,
    yes,
    no,
  ]);
  expect(either('Existing', 'ReadOnly', 'InvertResult="true"')).toEqual(no);
  session.change('prioritycode', 2);
  expect(either('Existing', 'ReadOnly')).toEqual(no);
});

describe('on the page', () => {
  const theme = hostTheme('light');
  const pickOne = '<SelectionCountRule AppliesTo="SelectedEntity" Minimum="1" Maximum="1" />';
  const both = '<CrmParameter Value="PrimaryControl" /><CrmParameter Value="SelectedControl" />';

  /** The list of the approvals with these buttons, drawn. */
  async function showList(...commands: readonly Command[]) {
    await openForm({ rowsOf: () => stored });
    const pages: TablePages = {
      ...APPROVALS,
      ribbon: parseRibbonDiff(ribbonOf(...commands), TABLE),
      form: null,
      related: {},
    };
    const answers = globalThis.fetch;
    const answer = (body: unknown) => ({
      ok: true,
      status: 200,
      json: async () => body,
      text: async () => JSON.stringify(body),
    });
    Object.assign(globalThis, {
      fetch: async (address: string, init?: RequestInit) => {
        if (address.startsWith('/host/tables/')) return answer(pages);
        return address.includes('transactioncurrencies') ? answer({ value: [] }) : answers(address, init);
      },
    });
    const props = { table: TABLE, viewId: null, language: 1033 as const, definition, persona: seller, theme };
    const shown = render(React.createElement(TableList, { ...props, pageNavigator: nowhere }));
    await shown.findByRole('checkbox', { name: 'Select Second' });
    return shown;
  }

  test('H-128 above the list of a table its buttons follow what is selected, and are given the list', async () => {
    const open = jest.fn();
    install({ open });
    const parameters = '<CrmParameter Value="SelectedControl" />';
    const shown = await showList({ name: 'open', at: 'HomepageGrid', rule: pickOne, parameters });
    expect(shown.queryByText('open')).toBeNull();
    fireEvent.click(shown.getByRole('checkbox', { name: 'Select Second' }));
    fireEvent.click(await shown.findByText('open'));
    const [selected] = open.mock.calls[0] ?? [];
    expect([selected.getEntityName(), selected.getGridType()]).toEqual([TABLE, 1]);
    expect(selected.getGrid().getSelectedRows().get(0).data.entity.getPrimaryAttributeValue()).toBe('Second');
    expect(() => selected.getViewSelector()).toThrow('does not have gridContext of a list.getViewSelector');
    fireEvent.click(shown.getByRole('checkbox', { name: 'Select all rows' }));
    await waitFor(() => expect(shown.queryByText('open')).toBeNull());
  });

  test('H-161 ids of selected rows come without braces, in small letters', async () => {
    const open = jest.fn();
    install({ open });
    const parameters = '<CrmParameter Value="SelectedControlSelectedItemIds" />';
    const shown = await showList({ name: 'open', at: 'HomepageGrid', rule: pickOne, parameters });
    fireEvent.click(shown.getByRole('checkbox', { name: 'Select Second' }));
    fireEvent.click(await shown.findByText('open'));
    expect(open).toHaveBeenCalledWith([stored[1]?.crmjira_budget_approvalid]);
  });

  test('H-132 PrimaryControl above the list of a table is the list', async () => {
    const open = jest.fn();
    install({ open });
    const shown = await showList({ name: 'open', at: 'HomepageGrid', parameters: both });
    fireEvent.click(await shown.findByText('open'));
    const [primary, selected] = open.mock.calls[0] ?? [];
    expect(primary).toBe(selected);
    expect(primary.getGridType()).toBe(1);
  });

  /** A form with a list of approvals, drawn. */
  async function showForm(commands: readonly Command[], of = definition) {
    const withGrids = gridsOn(of, parseRibbonDiff(ribbonOf(...commands), TABLE));
    await openForm({ definition: withGrids, rowsOf: () => stored });
    let session: FormSession | undefined;
    const shown = render(
      React.createElement(RecordForm, {
        id: 'a1b2c3d4-e5f6-7890-abcd-ef1234567890',
        definition: withGrids,
        persona: seller,
        language: 1033,
        theme,
        pageNavigator: nowhere,
        onBack: () => undefined,
        hasEdits: { current: () => false },
        onOpened: (opened) => {
          session = opened;
        },
      }),
    );
    fireEvent.click(await shown.findByRole('tab', { name: 'lists' }));
    await shown.findAllByRole('checkbox', { name: 'Select First' });
    if (!session) throw new Error('The form did not open.');
    return { ...shown, session };
  }

  test('H-129 above a sub-grid its buttons are given the form and the sub-grid', async () => {
    const add = jest.fn();
    install({ add });
    const { session, getAllByText } = await showForm([{ name: 'add', at: 'SubGrid', parameters: both }]);
    const [ofFirst] = getAllByText('add');
    if (!ofFirst) throw new Error('There is no button.');
    fireEvent.click(ofFirst);
    const [primary, selected] = add.mock.calls[0] ?? [];
    expect(primary).toBe(session.formContext);
    expect([selected.getName(), selected.getGridType()]).toEqual(['approvals', 2]);
  });

  test('H-178 HideCustomAction takes away a button of the RibbonDiff and buttons of the platform', async () => {
    const hide = (location: string) => `<HideCustomAction HideActionId="${location}.Hide" Location="${location}" />`;
    const diff = (table: string) =>
      ribbonOf({ name: 'keep', at: 'Form' }, { name: 'drop', at: 'Form' })
        .replaceAll(TABLE, table)
        .replace(
          '</CustomActions>',
          `${hide('drop.Button')}${hide(`Mscrm.Form.${table}.SaveAndClose`)}</CustomActions>`,
        );
    install({ keep: () => undefined });
    const ribbon = parseRibbonDiff(diff('opportunity'), 'opportunity');
    const shown = await showForm([], { ...definition, ribbon });
    await shown.findByText('keep');
    expect([shown.queryByText('drop'), shown.queryByText('Save & Close')]).toEqual([null, null]);
    expect(shown.queryByText('Save')).not.toBeNull();
  });

  test('H-182 the anchor opens the menu, by mouse and by key; a button in it runs its action with the form', async () => {
    const share = jest.fn();
    install({ share, opens: () => true, never: () => false, add: () => undefined });
    const diff = withMenu().replaceAll(TABLE, 'opportunity');
    const given = '<CrmParameter Value="PrimaryControl" />';
    const xml = diff.replace('FunctionName="Commands.share">', `FunctionName="Commands.share">${given}`);
    const shown = await showForm([], { ...definition, ribbon: parseRibbonDiff(xml, 'opportunity') });
    const anchor = (await shown.findByText('More work')).closest('button');
    if (anchor === null) throw new Error('The anchor is no button.');
    expect([anchor.getAttribute('aria-haspopup'), anchor.getAttribute('aria-expanded')]).toEqual(['true', 'false']);
    expect(shown.queryByText('share')).toBeNull();
    fireEvent.click(anchor);
    expect(await shown.findByText('Rows')).toBeTruthy();
    expect(anchor.getAttribute('aria-expanded')).toBe('true');
    expect(shown.getAllByRole('menuitem').map(({ textContent }) => textContent)).toEqual(
      expect.arrayContaining([expect.stringContaining('add'), expect.stringContaining('share')]),
    );
    expect(shown.queryByText('retry')).toBeNull();
    fireEvent.click(shown.getByText('share'));
    expect(share).toHaveBeenCalledWith(shown.session.formContext);
    await waitFor(() => expect(shown.queryByText('Rows')).toBeNull());
    fireEvent.keyDown(anchor, { key: 'ArrowDown', altKey: true, keyCode: 40 });
    expect(await shown.findByText('Rows')).toBeTruthy();
  });

  test('H-130 refreshRibbon asks the rules of the form again, with true those of its sub-grids too', async () => {
    const asked = jest.fn(() => true);
    install({ add: () => undefined, asked });
    const { session } = await showForm([
      {
        name: 'add',
        at: 'SubGrid',
        rule: '<CustomRule Library="x" FunctionName="Commands.asked"><CrmParameter Value="SelectedControl" /></CustomRule>',
      },
    ]);
    const before = asked.mock.calls.length;
    act(() => session.formContext.ui.refreshRibbon());
    expect(asked).toHaveBeenCalledTimes(before);
    act(() => session.formContext.ui.refreshRibbon(true));
    expect(asked).toHaveBeenCalledTimes(before + session.grids.size);
    act(() => session.grids.get('approvals')?.refreshRibbon());
    expect(asked).toHaveBeenCalledTimes(before + session.grids.size + 1);
  });

  test('H-131 openRelatedGrid shows every row of the relationship in a tab of its own', async () => {
    install({});
    const { session, findByRole } = await showForm([]);
    const grids = session.formContext.getControl('approvals');
    if (!grids || Array.isArray(grids) || !('openRelatedGrid' in grids)) throw new Error('There is no sub-grid.');
    act(() => grids.openRelatedGrid());
    const related = await findByRole('tab', { name: 'Approvals', selected: true });
    expect(related).toBeTruthy();
    const table = await findByRole('table', { name: 'Approvals' });
    await waitFor(() => expect(table.querySelectorAll('tbody tr')).toHaveLength(stored.length));
    expect(session.associated?.view?.name[1033]).toBe('Associated');
  });
});
