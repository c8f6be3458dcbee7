import { guidOf } from '../../dataverse/guid';
import type { ColumnFacts, TableNames, ViewDefinition } from '../contract';

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

const label = (english: string, french: string) => ({ 1033: english, 3084: french });

/** A table of Microsoft's that this page shows: in a tenant its columns and views come with the apps and their language packs. */
export interface PlatformTable extends TableNames {
  readonly columns: Readonly<Record<string, ColumnFacts>>;
  readonly views: readonly ViewDefinition[];
}

const owner = facts('Owner', { label: label('Owner', 'Propriétaire'), targets: ['systemuser', 'team'] });
const currency = facts('Lookup', { targets: ['transactioncurrency'] });

/** A view of active or of all rows, the newest first. */
function view(
  table: string,
  names: readonly [english: string, french: string],
  columns: readonly string[],
  { state, order = 'createdon', isDefault = false }: { state?: number; order?: string; isDefault?: boolean } = {},
): ViewDefinition {
  const attributes = [`${table}id`, ...columns].map((name) => `<attribute name="${name}" />`).join('');
  const filter =
    state === undefined ? '' : `<filter><condition attribute="statecode" operator="eq" value="${state}" /></filter>`;
  const sorted = `<order attribute="${order}" descending="${order === 'createdon'}" />`;
  return {
    id: guidOf(`view:${table}:${names[0]}`),
    name: label(...names),
    isDefault,
    columns,
    fetchXml: `<fetch version="1.0" mapping="logical"><entity name="${table}">${attributes}${sorted}${filter}</entity></fetch>`,
  };
}

const opportunity: PlatformTable = {
  name: 'opportunity',
  primaryName: 'name',
  label: label('Opportunity', 'Opportunité'),
  collectionLabel: label('Opportunities', 'Opportunités'),
  // The page's own list has them.
  views: [],
  columns: {
    name: facts('String', { maxLength: 300, required: true }),
    budgetamount: facts('Money', { label: label('Budget Amount', 'Montant du budget') }),
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
    transactioncurrencyid: currency,
    ownerid: facts('Owner', { targets: ['systemuser', 'team'] }),
    parentaccountid: facts('Lookup', { targets: ['account'] }),
    parentcontactid: facts('Lookup', { targets: ['contact'] }),
    description: facts('Memo', { maxLength: 2000 }),
  },
};

const incidentColumns = ['title', 'ticketnumber', 'prioritycode', 'customerid', 'productid', 'statuscode', 'ownerid'];

const incident: PlatformTable = {
  name: 'incident',
  primaryName: 'title',
  label: label('Case', 'Incident'),
  collectionLabel: label('Cases', 'Incidents'),
  views: [
    view('incident', ['Active Cases', 'Incidents actifs'], incidentColumns, { state: 0, isDefault: true }),
    view('incident', ['Resolved Cases', 'Incidents résolus'], incidentColumns, { state: 1 }),
    view('incident', ['All Cases', 'Tous les incidents'], incidentColumns),
  ],
  columns: {
    title: facts('String', { label: label('Case Title', 'Titre de l’incident'), maxLength: 200, required: true }),
    ticketnumber: facts('String', { label: label('Case Number', 'Numéro de l’incident'), maxLength: 100 }),
    customerid: facts('Customer', {
      label: label('Customer', 'Client'),
      targets: ['account', 'contact'],
      required: true,
    }),
    primarycontactid: facts('Lookup', { label: label('Contact', 'Contact'), targets: ['contact'] }),
    productid: facts('Lookup', { label: label('Product', 'Produit'), targets: ['product'] }),
    caseorigincode: facts('Picklist', {
      label: label('Origin', 'Origine'),
      options: [option(1, 'Phone', 'Téléphone'), option(2, 'Email', 'Courriel'), option(3, 'Web', 'Web')],
    }),
    prioritycode: facts('Picklist', {
      label: label('Priority', 'Priorité'),
      options: [option(1, 'High', 'Élevée'), option(2, 'Normal', 'Normale'), option(3, 'Low', 'Faible')],
    }),
    statecode: facts('State', {
      options: [option(0, 'Active', 'Actif'), option(1, 'Resolved', 'Résolu'), option(2, 'Cancelled', 'Annulé')],
    }),
    statuscode: facts('Status', {
      label: label('Status Reason', 'Raison du statut'),
      options: [
        option(1, 'In Progress', 'En cours'),
        option(2, 'On Hold', 'En attente'),
        option(3, 'Waiting for Details', 'En attente de précisions'),
        option(4, 'Researching', 'Recherche en cours'),
        option(5, 'Problem Solved', 'Problème résolu'),
        option(1000, 'Information Provided', 'Information fournie'),
        option(6, 'Cancelled', 'Annulé'),
        option(2000, 'Merged', 'Fusionné'),
      ],
    }),
    resolveby: facts('DateTime', { label: label('Resolve By', 'À résoudre avant') }),
    ownerid: owner,
    description: facts('Memo', { maxLength: 2000 }),
  },
};

const accountColumns = ['name', 'accountnumber', 'address1_city', 'primarycontactid', 'ownerid'];

const account: PlatformTable = {
  name: 'account',
  primaryName: 'name',
  label: label('Account', 'Compte'),
  collectionLabel: label('Accounts', 'Comptes'),
  views: [
    view('account', ['Active Accounts', 'Comptes actifs'], accountColumns, {
      state: 0,
      order: 'name',
      isDefault: true,
    }),
  ],
  columns: {
    name: facts('String', { label: label('Account Name', 'Nom du compte'), maxLength: 160, required: true }),
    accountnumber: facts('String', { label: label('Account Number', 'Numéro de compte'), maxLength: 20 }),
    telephone1: facts('String', { maxLength: 50 }),
    websiteurl: facts('String', { maxLength: 200 }),
    address1_city: facts('String', { label: label('City', 'Ville'), maxLength: 80 }),
    primarycontactid: facts('Lookup', { label: label('Primary Contact', 'Contact principal'), targets: ['contact'] }),
    parentaccountid: facts('Lookup', { targets: ['account'] }),
    statecode: facts('State', { options: [option(0, 'Active', 'Actif'), option(1, 'Inactive', 'Inactif')] }),
    statuscode: facts('Status', { options: [option(1, 'Active', 'Actif'), option(2, 'Inactive', 'Inactif')] }),
    transactioncurrencyid: currency,
    ownerid: owner,
    description: facts('Memo', { maxLength: 2000 }),
  },
};

const productColumns = ['name', 'productnumber', 'statuscode'];

const product: PlatformTable = {
  name: 'product',
  primaryName: 'name',
  label: label('Product', 'Produit'),
  collectionLabel: label('Products', 'Produits'),
  views: [
    view('product', ['Active Products', 'Produits actifs'], productColumns, {
      state: 0,
      order: 'name',
      isDefault: true,
    }),
  ],
  columns: {
    name: facts('String', { label: label('Name', 'Nom'), maxLength: 100, required: true }),
    productnumber: facts('String', { label: label('Product ID', 'ID de produit'), maxLength: 100, required: true }),
    parentproductid: facts('Lookup', { targets: ['product'] }),
    productstructure: facts('Picklist', {
      options: [
        option(1, 'Product', 'Produit'),
        option(2, 'Product Family', 'Famille de produits'),
        option(3, 'Product Bundle', 'Offre groupée'),
      ],
    }),
    statecode: facts('State', {
      options: [
        option(0, 'Active', 'Actif'),
        option(1, 'Retired', 'Retiré'),
        option(2, 'Draft', 'Brouillon'),
        option(3, 'Under Revision', 'En révision'),
      ],
    }),
    statuscode: facts('Status', {
      label: label('Status Reason', 'Raison du statut'),
      options: [
        option(1, 'Active', 'Actif'),
        option(2, 'Retired', 'Retiré'),
        option(0, 'Draft', 'Brouillon'),
        option(3, 'Under Revision', 'En révision'),
      ],
    }),
    description: facts('Memo', { maxLength: 2000 }),
  },
};

/** By logical name. */
export const platformTables: Readonly<Record<string, PlatformTable>> = { opportunity, incident, account, product };
