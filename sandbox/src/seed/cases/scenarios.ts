import { SyncPreference } from '@crmjira/domain';
import type { ProductKey } from './products';

/** A development project of the first site, offered for issues. */
export interface ProjectScenario {
  readonly key: string;
  readonly name: string;
  readonly description: string;
  readonly product: ProductKey;
  /** index into the people of Jira */
  readonly lead: number;
}

export const issueProjects = [
  {
    key: 'DOCK',
    name: 'DockFlow',
    description: 'Development of DockFlow.',
    product: 'dockflow',
    lead: 1,
  },
  {
    key: 'SCAN',
    name: 'ScanPoint',
    description: 'Development of ScanPoint.',
    product: 'scanpoint',
    lead: 3,
  },
] as const satisfies readonly ProjectScenario[];

export type IssueStatus = 'to-do' | 'in-progress' | 'in-review' | 'done';

export interface IssueScenario {
  readonly key: `${(typeof issueProjects)[number]['key']}-${number}`;
  readonly type: 'Bug' | 'Task' | 'Story';
  readonly summary: string;
  readonly status: IssueStatus;
  readonly priority: 'Highest' | 'High' | 'Medium' | 'Low';
  /** index into the people of Jira; null: nobody */
  readonly assignee: number | null;
  readonly createdDaysAgo: number;
  readonly changedDaysAgo: number;
  /** Jira has it no more: what Dynamics shows is the last that was read of it. */
  readonly isGone?: true;
  /** before somebody in Jira has changed it, after it was linked */
  readonly summaryBefore?: string;
}

/** In the order of their numbers, project by project. */
export const issues: readonly IssueScenario[] = [
  {
    key: 'DOCK-438',
    type: 'Story',
    summary: 'Support two time zones on one yard',
    status: 'to-do',
    priority: 'Medium',
    assignee: null,
    createdDaysAgo: 40,
    changedDaysAgo: 40,
  },
  {
    key: 'DOCK-450',
    type: 'Task',
    summary: 'Prepare the scanner image for the three Ontario warehouses',
    status: 'in-progress',
    priority: 'Medium',
    assignee: 1,
    createdDaysAgo: 33,
    changedDaysAgo: 3,
  },
  {
    key: 'DOCK-455',
    type: 'Bug',
    summary: 'Label printer prints the carrier code twice',
    status: 'done',
    priority: 'Medium',
    assignee: 2,
    createdDaysAgo: 30,
    changedDaysAgo: 6,
  },
  {
    key: 'DOCK-460',
    type: 'Task',
    summary: 'Review the log retention that Maple Ridge has asked for',
    status: 'in-progress',
    priority: 'Low',
    assignee: 0,
    createdDaysAgo: 26,
    changedDaysAgo: 8,
  },
  {
    key: 'DOCK-466',
    type: 'Bug',
    summary: 'Dock schedule shows the time zone of the server',
    summaryBefore: 'Dock schedule shows the wrong time zone',
    status: 'in-progress',
    priority: 'Medium',
    assignee: 4,
    createdDaysAgo: 21,
    changedDaysAgo: 1,
  },
  {
    key: 'DOCK-471',
    type: 'Bug',
    summary: 'Scanner beep is late after reconnecting',
    status: 'done',
    priority: 'Low',
    assignee: 2,
    createdDaysAgo: 15,
    changedDaysAgo: 5,
  },
  {
    key: 'DOCK-474',
    type: 'Bug',
    summary: 'Yard map does not load on older tablets',
    status: 'in-review',
    priority: 'Medium',
    assignee: 3,
    createdDaysAgo: 12,
    changedDaysAgo: 2,
  },
  {
    key: 'DOCK-482',
    type: 'Bug',
    summary: 'Handheld scanners lose connection at dock doors 4 to 6',
    status: 'in-progress',
    priority: 'High',
    assignee: 1,
    createdDaysAgo: 4,
    changedDaysAgo: 1,
  },
  {
    key: 'SCAN-97',
    type: 'Bug',
    summary: 'Return receipts are cut off at the bottom',
    status: 'in-progress',
    priority: 'Medium',
    assignee: 5,
    createdDaysAgo: 28,
    changedDaysAgo: 11,
    isGone: true,
  },
  {
    key: 'SCAN-101',
    type: 'Bug',
    summary: 'Counter display stays dark after an update',
    status: 'to-do',
    priority: 'High',
    assignee: null,
    createdDaysAgo: 25,
    changedDaysAgo: 25,
    isGone: true,
  },
  {
    key: 'SCAN-112',
    type: 'Bug',
    summary: 'Les étiquettes de retour ne s’impriment pas',
    status: 'to-do',
    priority: 'Medium',
    assignee: 6,
    createdDaysAgo: 7,
    changedDaysAgo: 7,
  },
  {
    key: 'SCAN-118',
    type: 'Task',
    summary: 'Collect roaming logs from dock doors 4 to 6',
    status: 'to-do',
    priority: 'Medium',
    assignee: 5,
    createdDaysAgo: 3,
    changedDaysAgo: 3,
  },
  {
    key: 'SCAN-121',
    type: 'Bug',
    summary: 'Queue scans on the device while it is offline',
    status: 'to-do',
    priority: 'Highest',
    assignee: null,
    createdDaysAgo: 2,
    changedDaysAgo: 2,
  },
];

export interface LinkScenario {
  /** of `issues`, or of an issue that is there already: of an opportunity's project, or of the second site */
  readonly issue:
    | IssueScenario['key']
    | { readonly ofOpportunity: string; readonly number: number }
    | { readonly ofPlant: string };
  readonly sync: SyncPreference;
  /** `hidden`: not to be seen any more. `broken`: deleted, as Jira has told. */
  readonly stage?: 'linked' | 'hidden' | 'broken';
  readonly linkedDaysAgo: number;
  readonly note?: string;
  /** The summary was changed on both sides, and people are asked. */
  readonly hasConflict?: true;
}

export interface CaseScenario {
  readonly number: number;
  readonly title: string;
  readonly description: string;
  readonly account: string;
  readonly product: ProductKey | null;
  /** 1 High, 2 Normal, 3 Low */
  readonly priority: 1 | 2 | 3;
  /** Status reason: In Progress, On Hold, Waiting for Details, Researching; 5 Problem Solved. */
  readonly status: 1 | 2 | 3 | 4 | 5;
  /** 1 Phone, 2 Email, 3 Web */
  readonly origin: 1 | 2 | 3;
  readonly openedDaysAgo: number;
  /** Its first issue has resolved it. */
  readonly isResolved?: true;
  readonly links: readonly LinkScenario[];
  /** An issue is wanted and has not been made yet. */
  readonly asksFor?: { readonly project: (typeof issueProjects)[number]['key']; readonly type: 'Bug' };
}

const { Both, JiraToCrm, Off } = SyncPreference;

/** The opportunity whose project has issues of a case: its budget stands on the case too. */
export const CASE_OF_OPPORTUNITY = '3d1f7a52-5e11-4a0b-9c0d-000000000202';

export const cases: readonly CaseScenario[] = [
  {
    number: 1042,
    title: 'Handheld scanners lose connection at dock doors 4 to 6',
    description:
      'Since the weekend the scanners at dock doors 4 to 6 lose their connection several times an hour. Restarting the app helps for about ten minutes. Three shifts are affected.',
    account: 'maple',
    product: 'dockflow',
    priority: 1,
    status: 1,
    origin: 1,
    openedDaysAgo: 4,
    links: [
      { issue: 'DOCK-482', sync: Both, linkedDaysAgo: 4, note: 'Three shifts are waiting for this.' },
      { issue: 'SCAN-118', sync: JiraToCrm, linkedDaysAgo: 3 },
      { issue: { ofOpportunity: CASE_OF_OPPORTUNITY, number: 24 }, sync: JiraToCrm, linkedDaysAgo: 3 },
      { issue: 'SCAN-121', sync: Off, linkedDaysAgo: 2 },
      { issue: 'DOCK-471', sync: JiraToCrm, linkedDaysAgo: 4 },
    ],
  },
  {
    number: 1031,
    title: 'Label printer prints the carrier code twice',
    description: 'Every second label has the carrier code twice, and the carrier rejects it.',
    account: 'freight',
    product: 'dockflow',
    priority: 2,
    status: 5,
    origin: 2,
    openedDaysAgo: 30,
    isResolved: true,
    links: [{ issue: 'DOCK-455', sync: Both, linkedDaysAgo: 29 }],
  },
  {
    number: 1036,
    title: 'Dock schedule is one hour off for drivers from the Prairies',
    description: 'Drivers see the arrival windows one hour late when they book from Regina.',
    account: 'prairie',
    product: 'dockflow',
    priority: 2,
    status: 1,
    origin: 3,
    openedDaysAgo: 21,
    links: [{ issue: 'DOCK-466', sync: Both, linkedDaysAgo: 20, hasConflict: true }],
  },
  {
    number: 1033,
    title: 'Return receipts are cut off at the bottom',
    description: 'The last two lines of the receipt are missing on the counter printers.',
    account: 'thames',
    product: 'scanpoint',
    priority: 2,
    status: 1,
    origin: 2,
    openedDaysAgo: 28,
    links: [{ issue: 'SCAN-97', sync: Both, linkedDaysAgo: 27, stage: 'hidden' }],
  },
  {
    number: 1034,
    title: 'Counter display stays dark after an update',
    description: 'After the update of the night two of five displays stay dark until they are unplugged.',
    account: 'cascadia',
    product: 'scanpoint',
    priority: 1,
    status: 1,
    origin: 1,
    openedDaysAgo: 25,
    links: [{ issue: 'SCAN-101', sync: Both, linkedDaysAgo: 24, stage: 'broken' }],
  },
  {
    number: 1047,
    title: 'Pallet count differs between scanner and gate',
    description: 'The gate counts one pallet more than the scanner on every tenth truck.',
    account: 'mining',
    product: 'dockflow',
    priority: 2,
    status: 1,
    origin: 1,
    openedDaysAgo: 0,
    links: [],
    asksFor: { project: 'DOCK', type: 'Bug' },
  },
  {
    number: 1039,
    title: 'Access points in hall B drop packets',
    description: 'Measured by the plant’s own network team; the scanners reconnect every few minutes.',
    account: 'mining',
    product: 'dockflow',
    priority: 2,
    status: 2,
    origin: 2,
    openedDaysAgo: 13,
    links: [{ issue: { ofPlant: 'PLANT-6' }, sync: JiraToCrm, linkedDaysAgo: 12 }],
  },
  {
    number: 1041,
    title: 'Yard map does not load on older tablets',
    description: 'Tablets of 2019 show a white page where the yard map should be.',
    account: 'lakehead',
    product: 'dockflow',
    priority: 2,
    status: 4,
    origin: 3,
    openedDaysAgo: 12,
    links: [{ issue: 'DOCK-474', sync: Both, linkedDaysAgo: 11 }],
  },
  {
    number: 1044,
    title: 'Les étiquettes de retour ne s’impriment pas',
    description: 'Depuis lundi, l’imprimante du comptoir reçoit la demande sans rien imprimer.',
    account: 'lumiere',
    product: 'scanpoint',
    priority: 2,
    status: 1,
    origin: 1,
    openedDaysAgo: 7,
    links: [{ issue: 'SCAN-112', sync: Both, linkedDaysAgo: 7 }],
  },
  {
    number: 1045,
    title: 'How are users of a closed location removed?',
    description: 'The customer closes its location in Kenora and asks how its users are removed at once.',
    account: 'freight',
    product: 'scanpoint',
    priority: 3,
    status: 3,
    origin: 2,
    openedDaysAgo: 5,
    links: [],
  },
  {
    number: 1046,
    title: 'Export of dock times ends at 10,000 rows',
    description: 'The monthly export is cut; the customer needs about 14,000 rows.',
    account: 'acme',
    product: 'dockflow',
    priority: 2,
    status: 1,
    origin: 3,
    openedDaysAgo: 2,
    links: [],
  },
  {
    number: 1048,
    title: 'Training material for new shift leads',
    description: 'Asks for the present version in English and French.',
    account: 'maple',
    product: null,
    priority: 3,
    status: 1,
    origin: 2,
    openedDaysAgo: 1,
    links: [],
  },
];

/** Links of records that are no cases. */
export const otherLinks = [
  {
    table: 'account',
    account: 'maple',
    link: { issue: 'DOCK-460', sync: JiraToCrm, linkedDaysAgo: 25 },
  },
  {
    table: 'product',
    product: 'dockflow',
    link: { issue: 'DOCK-438', sync: JiraToCrm, linkedDaysAgo: 38 },
  },
  {
    table: 'opportunity',
    opportunity: CASE_OF_OPPORTUNITY,
    link: { issue: 'DOCK-450', sync: JiraToCrm, linkedDaysAgo: 30 },
  },
] as const satisfies readonly (
  | { readonly table: 'account'; readonly account: string; readonly link: LinkScenario }
  | { readonly table: 'product'; readonly product: ProductKey; readonly link: LinkScenario }
  | { readonly table: 'opportunity'; readonly opportunity: string; readonly link: LinkScenario }
)[];
