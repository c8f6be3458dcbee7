import type { CurrencyCode } from './currencies';

/** How a project of the company stands; what a demonstration needs one of each. */
export interface ProjectScenario {
  /** days since the project was made in Jira */
  readonly startedDaysAgo: number;
  /** days since the last work; 1 = yesterday */
  readonly lastWorkDaysAgo: number;
  /** planned end, in days from now; behind for completed ones */
  readonly endsInDays: number;
  /** share of the approved budget that the work cost, about */
  readonly spentShare: number;
  /** share of the estimated work that is done, about */
  readonly doneShare: number;
  /** number of issues below the root */
  readonly issues: number;
  /** indexes into the people of Jira */
  readonly team: readonly number[];
  readonly state: 'draft' | 'active' | 'review' | 'completed';
  /** figures that were not refreshed since, with the reason */
  readonly stale?: { readonly hoursAgo: number; readonly error: string };
  readonly theme: 'logistics' | 'portal' | 'finance' | 'data' | 'mobile' | 'infrastructure' | 'numerique';
}

export interface OpportunityScenario {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly account: string;
  readonly owner: 'sales-rep' | 'other-seller';
  readonly currency: CurrencyCode;
  /** major units; null: no budget entered yet */
  readonly budget: number | null;
  readonly estimatedValue: number;
  readonly probability: number;
  readonly closesInDays: number;
  readonly lost?: boolean;
  readonly project?: ProjectScenario;
}

const id = (start: string, number: number) => `${start}-5e11-4a0b-9c0d-0000000002${String(number).padStart(2, '0')}`;

/** The opportunity of the worked examples (E1): ready to be qualified, budget not entered. */
export const EXAMPLE_OPPORTUNITY_ID = 'a1b2c3d4-e5f6-7890-abcd-ef1234567890';

export const opportunities: readonly OpportunityScenario[] = [
  {
    id: EXAMPLE_OPPORTUNITY_ID,
    name: 'Digital Transformation Project - Acme Corp',
    description: 'Complete digital transformation including cloud migration and process automation',
    account: 'acme',
    owner: 'sales-rep',
    currency: 'CAD',
    budget: null,
    estimatedValue: 275_000,
    probability: 60,
    closesInDays: 45,
  },
  {
    id: id('3d1f7a52', 2),
    name: 'Warehouse Automation Rollout - Maple Ridge Logistics',
    description: 'Conveyor control, handheld scanning and stock visibility for the three Ontario warehouses',
    account: 'maple',
    owner: 'sales-rep',
    currency: 'CAD',
    budget: 180_000,
    estimatedValue: 195_000,
    probability: 85,
    closesInDays: 30,
    project: {
      startedDaysAgo: 118,
      lastWorkDaysAgo: 1,
      endsInDays: 96,
      spentShare: 0.46,
      doneShare: 0.49,
      issues: 28,
      team: [0, 1, 3, 5],
      state: 'active',
      theme: 'logistics',
    },
  },
  {
    id: id('58e0c9b4', 3),
    name: 'Claims Portal Modernization - Assurance Laurentide',
    description: 'Self-service claims in two languages, document intake and adjuster workbench',
    account: 'laurentide',
    owner: 'other-seller',
    currency: 'CAD',
    budget: 320_000,
    estimatedValue: 350_000,
    probability: 80,
    closesInDays: 60,
    project: {
      startedDaysAgo: 172,
      lastWorkDaysAgo: 1,
      endsInDays: 70,
      spentShare: 0.68,
      doneShare: 0.5,
      issues: 44,
      team: [1, 2, 4, 6, 7],
      state: 'active',
      theme: 'portal',
    },
  },
  {
    id: id('9b27d6e1', 4),
    name: 'Portail client - Hydro-Boréal',
    description: 'Portail bilingue pour les clients commerciaux : factures, consommation, demandes de service',
    account: 'boreal',
    owner: 'other-seller',
    currency: 'CAD',
    budget: 95_000,
    estimatedValue: 110_000,
    probability: 75,
    closesInDays: 21,
    project: {
      startedDaysAgo: 96,
      lastWorkDaysAgo: 1,
      endsInDays: 28,
      spentShare: 0.84,
      doneShare: 0.79,
      issues: 22,
      team: [2, 4, 6],
      state: 'review',
      theme: 'numerique',
    },
  },
  {
    id: id('c4a81f03', 5),
    name: 'ERP Finance Integration - Northern Lights Mining',
    description: 'Ledger, fixed assets and site cost reporting connected to the new ERP',
    account: 'mining',
    owner: 'sales-rep',
    currency: 'CAD',
    budget: 140_000,
    estimatedValue: 150_000,
    probability: 90,
    closesInDays: 14,
    project: {
      startedDaysAgo: 151,
      lastWorkDaysAgo: 1,
      endsInDays: 10,
      spentShare: 1.07,
      doneShare: 0.9,
      issues: 26,
      team: [0, 3, 5, 7],
      state: 'review',
      theme: 'finance',
    },
  },
  {
    id: id('07f5b3a8', 6),
    name: 'Fleet Telematics Platform - Great Lakes Freight',
    description: 'Vehicle data, driver coaching and maintenance planning for 900 trucks',
    account: 'freight',
    owner: 'sales-rep',
    currency: 'USD',
    budget: 210_000,
    estimatedValue: 240_000,
    probability: 80,
    closesInDays: 75,
    project: {
      startedDaysAgo: 88,
      lastWorkDaysAgo: 1,
      endsInDays: 130,
      spentShare: 0.38,
      doneShare: 0.41,
      issues: 32,
      team: [0, 1, 3, 4, 5],
      state: 'active',
      theme: 'data',
    },
  },
  {
    id: id('e6920d7c', 7),
    name: 'Customer Data Platform - Thames Retail Group',
    description: 'One view of the customer over shops, web and loyalty programme',
    account: 'thames',
    owner: 'sales-rep',
    currency: 'GBP',
    budget: 85_000,
    estimatedValue: 92_000,
    probability: 70,
    closesInDays: 90,
    project: {
      startedDaysAgo: 24,
      lastWorkDaysAgo: 1,
      endsInDays: 150,
      spentShare: 0.09,
      doneShare: 0.08,
      issues: 18,
      team: [3, 6],
      state: 'active',
      theme: 'data',
    },
  },
  {
    id: id('41c7e8f9', 8),
    name: 'Numérisation des dossiers - Ville de Saint-Aubin',
    description: 'Numérisation des archives du greffe et recherche plein texte pour les citoyens',
    account: 'aubin',
    owner: 'other-seller',
    currency: 'CAD',
    budget: 60_000,
    estimatedValue: 60_000,
    probability: 100,
    closesInDays: -12,
    project: {
      startedDaysAgo: 196,
      lastWorkDaysAgo: 16,
      endsInDays: -12,
      spentShare: 0.955,
      doneShare: 1,
      issues: 16,
      team: [2, 6],
      state: 'completed',
      theme: 'numerique',
    },
  },
  {
    id: id('72d9a4c6', 9),
    name: 'Field Service Mobile App - Prairie Power Cooperative',
    description: 'Work orders, safety checks and parts on the road, also without a network',
    account: 'prairie',
    owner: 'sales-rep',
    currency: 'CAD',
    budget: 75_000,
    estimatedValue: 82_000,
    probability: 65,
    closesInDays: 50,
    project: {
      startedDaysAgo: 6,
      lastWorkDaysAgo: 1,
      endsInDays: 120,
      spentShare: 0,
      doneShare: 0,
      issues: 12,
      team: [5],
      state: 'draft',
      theme: 'mobile',
    },
  },
  {
    id: id('a80e51d2', 10),
    name: 'Analytics Centre of Excellence - Rhein Pharma',
    description: 'Governed reporting for clinical trials and supply, with training for 40 analysts',
    account: 'rhein',
    owner: 'sales-rep',
    currency: 'EUR',
    budget: 130_000,
    estimatedValue: 145_000,
    probability: 75,
    closesInDays: 40,
    project: {
      startedDaysAgo: 61,
      lastWorkDaysAgo: 2,
      endsInDays: 110,
      spentShare: 0.27,
      doneShare: 0.3,
      issues: 20,
      team: [1, 3, 6],
      state: 'active',
      theme: 'data',
    },
  },
  {
    id: id('1fb6437e', 11),
    name: 'Legacy Mainframe Exit - Confederation Bank',
    description: 'Deposit and loan history moved off the mainframe in four releases',
    account: 'bank',
    owner: 'sales-rep',
    currency: 'CAD',
    budget: 480_000,
    estimatedValue: 520_000,
    probability: 90,
    closesInDays: 120,
    project: {
      startedDaysAgo: 205,
      lastWorkDaysAgo: 2,
      endsInDays: 180,
      spentShare: 0.55,
      doneShare: 0.56,
      issues: 50,
      team: [0, 1, 3, 4, 5, 7],
      state: 'active',
      theme: 'infrastructure',
      stale: { hoursAgo: 26, error: 'Jira did not answer. Nothing is lost: logged hours arrive when it does.' },
    },
  },
  {
    id: id('8c35f0b1', 12),
    name: 'Patient Data Lake - Lakehead Health',
    description: 'Clinical and administrative data in one governed place, with retention by law',
    account: 'lakehead',
    owner: 'sales-rep',
    currency: 'CAD',
    budget: 220_000,
    estimatedValue: 230_000,
    probability: 85,
    closesInDays: 35,
    project: {
      startedDaysAgo: 140,
      lastWorkDaysAgo: 1,
      endsInDays: 44,
      spentShare: 0.785,
      doneShare: 0.77,
      issues: 34,
      team: [0, 2, 4, 5],
      state: 'active',
      theme: 'data',
    },
  },
  {
    id: id('d2e97a64', 13),
    name: 'Dealer Portal Refresh - Cascadia Motors',
    description: 'New look and faster search for the dealer portal',
    account: 'cascadia',
    owner: 'sales-rep',
    currency: 'CAD',
    budget: 8_500,
    estimatedValue: 9_000,
    probability: 40,
    closesInDays: 65,
  },
  {
    id: id('650b8cf3', 14),
    name: 'Réseau des magasins - Boutiques Lumière',
    description: 'Remplacement du réseau et du Wi-Fi dans 32 magasins',
    account: 'lumiere',
    owner: 'other-seller',
    currency: 'CAD',
    budget: null,
    estimatedValue: 64_000,
    probability: 35,
    closesInDays: 80,
  },
  {
    id: id('b91d2e57', 15),
    name: 'Cybersecurity Assessment - Arctic Telecom',
    description: 'Penetration test and remediation plan for the satellite ground stations',
    account: 'telecom',
    owner: 'sales-rep',
    currency: 'CAD',
    budget: 25_000,
    estimatedValue: 25_000,
    probability: 0,
    closesInDays: -40,
    lost: true,
  },
  {
    id: id('f0436b8d', 16),
    name: 'Digital Twin Study - Stadtwerke Nordsee',
    description: 'Feasibility of a digital twin for the district heating network',
    account: 'nordsee',
    owner: 'sales-rep',
    currency: 'EUR',
    budget: 9_900,
    estimatedValue: 12_000,
    probability: 30,
    closesInDays: 100,
  },
];
