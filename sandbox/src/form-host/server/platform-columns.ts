import type { ColumnFacts, TableNames } from '../contract';

const facts = (type: string, rest: Partial<ColumnFacts> = {}): ColumnFacts => ({
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

const option = (value: number, english: string, french: string) => ({ value, label: { 1033: english, 3084: french } });

/** Names of the opportunity: Microsoft's own table, which the solution only extends. */
export const platformTable: TableNames = {
  name: 'opportunity',
  primaryName: 'name',
  label: { 1033: 'Opportunity', 3084: 'Opportunité' },
  collectionLabel: { 1033: 'Opportunities', 3084: 'Opportunités' },
};

/** Microsoft's own columns of the opportunity that the page draws: in a tenant they come with the language packs. */
export const platformColumns: Readonly<Record<string, ColumnFacts>> = {
  name: facts('String', { maxLength: 300, required: true }),
  budgetamount: facts('Money', { label: { 1033: 'Budget Amount', 3084: 'Montant du budget' } }),
  statecode: facts('State', {
    options: [option(0, 'Open', 'Ouverte'), option(1, 'Won', 'Conclue'), option(2, 'Lost', 'Perdue')],
  }),
  statuscode: facts('Status', {
    options: [
      option(1, 'In Progress', 'En cours'),
      option(2, 'On Hold', 'En attente'),
      option(3, 'Won', 'Conclue'),
      option(4, 'Canceled', 'Annulée'),
      option(5, 'Out-Sold', 'Perdue face à un concurrent'),
    ],
  }),
  estimatedclosedate: facts('DateTime', { dateOnly: true }),
  actualclosedate: facts('DateTime', { dateOnly: true }),
  transactioncurrencyid: facts('Lookup', { targets: ['transactioncurrency'] }),
  ownerid: facts('Owner', { targets: ['systemuser', 'team'] }),
  parentaccountid: facts('Lookup', { targets: ['account'] }),
  parentcontactid: facts('Lookup', { targets: ['contact'] }),
  description: facts('Memo', { maxLength: 2000 }),
};
