import type { SeedAccount } from '../accounts';
import { type CrmPerson, PROJECT_MANAGER, SALES_REP, SUPPORT_AGENT } from '../people';

/** What somebody has worked on. */
export interface Spent {
  readonly person: CrmPerson;
  readonly subject: string;
  readonly notes?: string;
  readonly account: SeedAccount['key'];
  /** Jira's key; null: none was chosen */
  readonly issue: string | null;
  /** Jira has it, with this end: another one than `to` was entered afterwards */
  readonly sentUntil?: string;
  /** Jira has refused the sign-in */
  readonly isRefused?: true;
  /** an issue in whose page the work was found: what a link to it is made of */
  readonly linked?: string;
}

/** Time that somebody has entered. */
export interface TimeScenario extends Spent {
  /** from the Monday of the week: 0 is Monday */
  readonly day: number;
  /** on the clock of the head office */
  readonly from: string;
  readonly to: string;
}

type Columns = Pick<Spent, 'notes' | 'sentUntil' | 'isRefused' | 'linked'>;
const of =
  (person: CrmPerson) =>
  (
    day: number,
    [from, to]: readonly [string, string],
    subject: string,
    account: SeedAccount['key'],
    issue: string | null,
    more: Columns = {},
  ): TimeScenario => ({ person, day, from, to, subject, account, issue, ...more });
const paul = of(PROJECT_MANAGER);
const samira = of(SUPPORT_AGENT);
const olivia = of(SALES_REP);

/**
 * A week of 31 h 30 min, as the design draws it. What Jira has lies in projects without a budget: the company's figures stay as they
 * are; the rest is of customers' projects, whose budgets move when it is synced.
 */
export const projectManagersWeek: readonly TimeScenario[] = [
  paul(0, ['08:30', '10:00'], 'Scanner image, second build', 'maple', 'DOCK-450', { sentUntil: '10:00' }),
  paul(0, ['10:15', '12:15'], 'Yard map on older tablets', 'maple', 'DOCK-474', {
    sentUntil: '12:15',
    notes: 'With Maple Ridge: the tablets of 2019 have too little memory for all layers.',
  }),
  paul(0, ['13:00', '17:00'], 'Log retention, questions answered', 'maple', 'DOCK-460', { sentUntil: '16:30' }),
  paul(1, ['08:45', '11:45'], 'Role tests with two brokers', 'laurentide', 'CRMYKBZADZ-21'),
  paul(1, ['12:30', '14:00'], 'Atelier d’accessibilité', 'boreal', 'CRMOTFFHAU-14'),
  paul(1, ['14:15', '17:15'], 'Payment release, last fixes', 'laurentide', 'CRMYKBZADZ-9'),
  paul(2, ['09:00', '12:00'], 'List of purposes with legal', 'thames', 'CRMVCKSBZD-5'),
  paul(2, ['13:00', '14:30'], 'Proofreading with the customer', 'laurentide', 'CRMYKBZADZ-17'),
  paul(2, ['14:45', '15:45'], 'Team meeting', 'laurentide', null),
  paul(3, ['08:30', '11:30'], 'Corrections d’accessibilité', 'boreal', 'CRMOTFFHAU-14'),
  paul(3, ['11:45', '12:45'], 'Revue du plan de mise en service', 'boreal', 'CRMOTFFHAU-20'),
  paul(3, ['13:30', '16:00'], 'Review comments on uploads', 'laurentide', 'CRMYKBZADZ-12'),
  paul(3, ['16:00', '17:15'], 'Index design for claim search', 'laurentide', 'CRMYKBZADZ-33'),
  paul(4, ['08:45', '10:45'], 'Broker sign-in through Entra ID', 'laurentide', 'CRMYKBZADZ-21'),
  paul(4, ['11:00', '12:15'], 'Essais des factures PDF', 'boreal', 'CRMOTFFHAU-8'),
];

/** Issues of that week that are still open: the project manager's own. */
export const assigned: readonly string[] = ['CRMYKBZADZ-33', 'CRMOTFFHAU-20', 'CRMVCKSBZD-5'];

/** Somebody has started the clock a while ago. */
export const running: Spent = {
  person: PROJECT_MANAGER,
  subject: 'Letters, second proof',
  account: 'laurentide',
  issue: 'CRMYKBZADZ-17',
};

/** Weeks of the others: one whose token Jira refuses, one who has none. */
export const otherWeeks: readonly TimeScenario[] = [
  samira(1, ['09:00', '10:30'], 'Calls about dock doors 4 to 6', 'maple', 'DOCK-482', { isRefused: true }),
  samira(2, ['10:00', '11:15'], 'Étiquettes de retour, essais', 'boreal', 'SCAN-112'),
  samira(3, ['13:00', '14:00'], 'Roaming logs collected', 'maple', 'SCAN-118'),
  olivia(1, ['10:00', '11:00'], 'Demonstration for the yard managers', 'maple', 'DOCK-466'),
  olivia(2, ['15:00', '16:30'], 'Offer for the second yard', 'maple', null, {
    notes: 'See DOCK-438 for the estimate.',
  }),
  olivia(3, ['09:30', '10:00'], 'Questions about returns', 'boreal', null, { linked: 'SCAN-121' }),
];

/** Weeks ago, when time was entered without issues: which it belongs to stands in a link, in notes, or nowhere. */
export const earlierTime: readonly TimeScenario[] = [
  paul(1, ['09:00', '11:00'], 'Yard map, first look', 'maple', null, { linked: 'DOCK-474' }),
  paul(2, ['13:00', '14:30'], 'Image for the warehouses', 'maple', null, {
    notes: 'DOCK-450, and a little of DOCK-460',
  }),
  paul(3, ['09:00', '09:45'], 'Steering committee', 'maple', null),
  olivia(2, ['11:00', '12:00'], 'Visit in Mississauga', 'maple', null, { linked: 'DOCK-466' }),
];
