import type { FormCell, HostDefinition, RelatedTable, TableRibbon } from '../../../../sandbox/src/form-host/contract';
import { both, facts, noButtons, section, tab } from './open-form';

export const id = (n: number): string => `00000000-0000-4000-8000-00000000000${n}`;
export const OPEN_VIEW = id(1);
export const ALL_VIEW = id(2);
const OTHER_VIEW = id(3);

const view = (viewId: string, name: string, attribute: string) => ({
  id: viewId,
  name: both(name, `${name} (fr)`),
  isDefault: viewId === OPEN_VIEW,
  columns: ['crmjira_name', 'crmjira_amount'],
  fetchXml: `<fetch><entity name="crmjira_budget_approval"><attribute name="crmjira_name"/><attribute name="crmjira_amount"/><order attribute="${attribute}" descending="false"/></entity></fetch>`,
});

export const RELATIONSHIP = 'crmjira_opportunity_budget_approval';
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
      viewId: OPEN_VIEW,
      relationship: RELATIONSHIP,
      rowsPerPage: 2,
      viewSelector,
      viewIds,
    },
  },
});

/** The table of the lists, with three views of its rows. */
export const APPROVALS: RelatedTable = {
  name: 'crmjira_budget_approval',
  primaryName: 'crmjira_name',
  label: both('Approval'),
  collectionLabel: both('Approvals'),
  lookup: 'crmjira_opportunity_id',
  navigationProperty: 'crmjira_opportunity_id',
  columns: { crmjira_name: facts('String'), crmjira_amount: facts('Money', { precision: 2 }) },
  views: [
    view(OPEN_VIEW, 'Open', 'crmjira_name'),
    view(ALL_VIEW, 'All', 'crmjira_amount'),
    view(OTHER_VIEW, 'Other', 'crmjira_amount'),
  ],
  associatedView: view(id(7), 'Associated', 'crmjira_name'),
  ribbon: noButtons,
};

/** The form with a tab of three lists of approvals: with a view selector, without one, and with one of two views. */
export function gridsOn(definition: HostDefinition, ribbon: TableRibbon = noButtons): HostDefinition {
  return {
    ...definition,
    form: {
      ...definition.form,
      tabs: [
        ...definition.form.tabs,
        tab('lists', [
          section('requests', [
            gridCell('approvals', true, []),
            gridCell('fixed', false, []),
            gridCell('chosen', true, [ALL_VIEW]),
          ]),
        ]),
      ],
    },
    related: { [RELATIONSHIP]: { ...APPROVALS, ribbon } },
  };
}

export const stored = [
  { crmjira_budget_approvalid: id(4), crmjira_name: 'First', crmjira_amount: 30 },
  { crmjira_budget_approvalid: id(5), crmjira_name: 'Second', crmjira_amount: 10 },
  { crmjira_budget_approvalid: id(6), crmjira_name: 'Third', crmjira_amount: 20 },
];
