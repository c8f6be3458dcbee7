import type { ProjectScenario } from './scenarios';

const generic = [
  'Set up environments and pipelines',
  'Agree acceptance criteria with the customer',
  'Single sign-on with Entra ID',
  'Role model and permissions',
  'Audit trail for every change',
  'Monitoring and alerting',
  'Load test with production volumes',
  'Accessibility review and fixes',
  'Backup and restore drill',
  'Security review findings',
  'Training material for key users',
  'Cut-over plan and rehearsal',
  'Operations handbook',
  'Support in the first two weeks',
  'French translation of all screens',
  'Error messages people can act on',
  'Performance of the start page',
  'Retention rules',
  'Test data without personal details',
  'Release notes and sign-off',
];

/** Summaries by kind of project; general work follows. */
const themes: Readonly<Record<ProjectScenario['theme'], readonly string[]>> = {
  logistics: [
    'Map conveyor signals to stock movements',
    'Scan dialogue on handhelds',
    'Receiving with advance shipping notices',
    'Pick-list optimization',
    'Cycle counting',
    'Label printing at packing stations',
    'Dock scheduling',
    'Interface to the transport system',
    'Stock differences report',
    'Offline mode of the scanners',
  ],
  portal: [
    'Open a claim in five steps',
    'Upload photos from a phone',
    'Adjuster workbench',
    'Document recognition',
    'Payment release with four eyes',
    'Letters in English and French',
    'Fraud indicators',
    'Broker access',
    'Status by text message',
    'Migration of open claims',
    'Search over all claims',
  ],
  finance: [
    'Chart of accounts mapping',
    'Journal interface',
    'Fixed assets transfer',
    'Site cost reporting',
    'Month-end checklist',
    'Currency revaluation',
    'Opening balances',
    'Purchase invoice matching',
    'Approval limits',
  ],
  data: [
    'Source inventory and owners',
    'Landing zone and naming',
    'Streaming intake',
    'Customer matching rules',
    'Data quality dashboard',
    'Consent and purpose model',
    'Semantic model for reporting',
    'Self-service workspace',
    'Lineage documentation',
    'Cost control of queries',
    'Historic load',
    'Access requests workflow',
  ],
  mobile: [
    'Work order list',
    'Safety checklist',
    'Photos and signatures',
    'Parts on the van',
    'Sync after a day offline',
    'Map and directions',
    'Crew time entry',
    'Push messages',
  ],
  infrastructure: [
    'Inventory of batch jobs',
    'Deposit history extraction',
    'Loan history extraction',
    'Reconciliation of balances',
    'Replacement of nightly feeds',
    'Parallel run, release 1',
    'Parallel run, release 2',
    'Decommission print jobs',
    'Regulator reporting from the new store',
    'Key management',
    'Disaster recovery test',
    'Archive access for auditors',
  ],
  numerique: [
    'Maquettes des écrans principaux',
    'Authentification des usagers',
    'Recherche plein texte',
    'Factures en format PDF',
    'Historique de consommation',
    'Demandes de service en ligne',
    'Numérisation du fonds ancien',
    'Indexation des procès-verbaux',
    'Règles de conservation',
    'Accessibilité des formulaires',
    'Formation des équipes',
  ],
};

/** So many summaries, the theme's own first; a repeated one is numbered. */
export function summariesFor(theme: ProjectScenario['theme'], count: number): string[] {
  const pool = [...themes[theme], ...generic];
  return Array.from({ length: count }, (_, index) => {
    const summary = pool[index % pool.length] ?? 'Further work';
    return index < pool.length ? summary : `${summary}, part ${Math.floor(index / pool.length) + 1}`;
  });
}
