import { safeUrl } from '@crmjira/form-data';

/** What could be read about the set-up; null: it could not be read, and why stands in the browser's console. */
export interface GuideFacts {
  /** the person may read the integration's own rows */
  readonly mayReadIntegration: boolean;
  readonly jiraBaseUrl: string | null;
  readonly connection: {
    readonly baseUrl: string | null;
    readonly testedOn: string | null;
    readonly testOk: boolean | null;
  } | null;
  readonly linkedProjects: number | null;
}

export const GUIDE_STEPS = ['roles', 'variables', 'connection', 'service', 'jira', 'project'] as const;
export type GuideStep = (typeof GUIDE_STEPS)[number];

/** unknown: what the step depends on is not done, or could not be read. */
export type StepState = 'done' | 'todo' | 'unknown';

/** Milliseconds after which the service counts as silent: two of its five-minute rounds and some. */
const SILENT_AFTER = 12 * 60_000;

/**
 * Address that stands in the solution until somebody sets one: it leads nowhere (D-10).
 */
const PLACEHOLDER = 'your-jira-server';

/** State of each step, in order. Pure. */
export function judgeSteps(facts: GuideFacts, now: string): Readonly<Record<GuideStep, StepState>> {
  const { connection, jiraBaseUrl } = facts;
  // What is no web address leads to no Jira, whatever stands in the row.
  const isSet = (address: string | null): boolean => safeUrl(address) !== null && !address?.includes(PLACEHOLDER);
  const reported = connection?.testedOn != null && Date.parse(now) - Date.parse(connection.testedOn) <= SILENT_AFTER;
  const when = (known: boolean, done: boolean): StepState => (known ? (done ? 'done' : 'todo') : 'unknown');
  return {
    roles: facts.mayReadIntegration ? 'done' : 'todo',
    variables: isSet(jiraBaseUrl) ? 'done' : 'todo',
    connection: when(facts.mayReadIntegration, connection !== null && isSet(connection.baseUrl)),
    service: when(connection !== null, reported),
    // A test of long ago says nothing about today.
    jira: when(reported, connection?.testOk === true),
    project: when(facts.linkedProjects !== null, (facts.linkedProjects ?? 0) > 0),
  };
}
