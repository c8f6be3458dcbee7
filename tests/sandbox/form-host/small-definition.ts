import type { ColumnFacts, FieldKind, FormCell, HostDefinition } from '../../../sandbox/src/form-host/contract';

const both = (text: string) => ({ 1033: text, 3084: text });
const cell = (column: string, kind: FieldKind): FormCell => ({
  id: column,
  label: both(column),
  showLabel: true,
  visible: true,
  columnSpan: 1,
  control: { id: column, kind, column, disabled: false, custom: null },
});
const facts = (type: string): ColumnFacts => ({
  type,
  label: both(type),
  options: [],
  maxLength: null,
  precision: 2,
  required: false,
  dateOnly: false,
  secured: false,
  targets: [],
});
const noButtons = { form: [], homepageGrid: [], subGrid: [] };

/** A form with one section: an amount, an owner, and a code component on a money column. */
export const definition: HostDefinition = {
  table: { name: 'opportunity', primaryName: 'name', label: both('row'), collectionLabel: both('rows') },
  form: {
    id: 'f',
    name: both('form'),
    tabs: [
      {
        id: 't',
        name: 't',
        label: both('t'),
        visible: true,
        columns: [
          {
            width: '100%',
            sections: [
              {
                id: 's',
                name: 's',
                label: both('s'),
                showLabel: true,
                visible: true,
                columns: 1,
                rows: [
                  [cell('budgetamount', 'money')],
                  [cell('ownerid', 'lookup')],
                  [cell('crmjira_project_budget', 'custom')],
                ],
              },
            ],
          },
        ],
      },
    ],
    header: [],
    libraries: [],
    handlers: [],
  },
  ribbon: noButtons,
  navigation: [],
  process: null,
  processEntitySet: '',
  controls: [],
  columns: {
    crmjira_project_budget: facts('Money'),
    statecode: facts('State'),
    statuscode: facts('Status'),
    transactioncurrencyid: facts('Lookup'),
  },
  personas: [],
  current: '',
  organizationId: '',
  dataverseUrl: '',
  jiraUrl: '',
};
