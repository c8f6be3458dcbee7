import { request } from 'undici';
import { z } from 'zod';
import type { JiraLogChoices } from '../contract';

export interface JiraAccount {
  readonly url: string;
  readonly email: string;
  readonly apiToken: string;
}

/** A person with an account in Jira, who logs their own work. */
export interface JiraPerson {
  readonly email: string;
  readonly apiToken: string;
  readonly name: string;
}

/** Answer of Jira that is not a success, with Jira's own words. */
export class JiraRefusal extends Error {
  readonly code = 'JIRA_REFUSED';
  constructor(
    readonly status: number,
    words: string,
  ) {
    super(words || `Jira answered ${status}.`);
  }
}

export interface WorklogInput {
  readonly issueKey: string;
  /** who did the work; the account itself for one that is not known */
  readonly person: string;
  readonly hours: number;
  readonly comment: string;
  /** per hour; null leaves the rate to the category or the default (R-507) */
  readonly rate: number | null;
  readonly currency: string;
}

const jiraErrors = z.object({
  errorMessages: z.array(z.string()).optional(),
  errors: z.record(z.string(), z.string()).optional(),
});
const searchAnswer = z.object({
  issues: z.array(z.object({ key: z.string(), fields: z.object({ summary: z.string() }) })),
});

/** Entity property of a worklog that carries its own rate (R-507). */
const billingProperty = 'crmjira.billing';
/** Rate prefilled in the panel, per hour; E2. */
const prefilledRate = 125;

/** What the "log work in Jira" panel needs of Jira: the account to look with, and the people who log work. */
export function createJiraClient(account: JiraAccount, people: readonly JiraPerson[]) {
  async function call(as: { email: string; apiToken: string }, path: string, body: unknown): Promise<unknown> {
    const answer = await request(`${account.url}${path}`, {
      method: 'POST',
      headers: {
        authorization: `Basic ${Buffer.from(`${as.email}:${as.apiToken}`).toString('base64')}`,
        accept: 'application/json',
        'content-type': 'application/json',
      },
      body: JSON.stringify(body),
    });
    const text = await answer.body.text();
    if (answer.statusCode >= 400) throw new JiraRefusal(answer.statusCode, wordsOf(text));
    return text === '' ? null : JSON.parse(text);
  }

  return {
    /** Issues of a project, newest first, and the people who may have done the work. */
    async choices(projectKey: string): Promise<JiraLogChoices> {
      const jql = `project = "${projectKey.replace(/[^A-Z0-9_]/gi, '')}" ORDER BY created DESC`;
      const found = await call(account, '/rest/api/3/search/jql', { jql, fields: ['summary'], maxResults: 50 });
      return {
        issues: searchAnswer.parse(found).issues.map(({ key, fields }) => ({ key, summary: fields.summary })),
        people: people.map(({ email, name }) => ({ id: email, name })),
        defaultRate: prefilledRate,
      };
    },

    /** Logs work now; the rate travels with the worklog as its entity property. */
    async logWork(input: WorklogInput): Promise<void> {
      const started = new Date().toISOString().replace('Z', '+0000');
      const person = people.find(({ email }) => email === input.person) ?? account;
      await call(person, `/rest/api/3/issue/${encodeURIComponent(input.issueKey)}/worklog?adjustEstimate=auto`, {
        started,
        timeSpentSeconds: Math.round(input.hours * 3600),
        comment: {
          type: 'doc',
          version: 1,
          content: [{ type: 'paragraph', content: input.comment ? [{ type: 'text', text: input.comment }] : [] }],
        },
        ...(input.rate === null
          ? {}
          : { properties: [{ key: billingProperty, value: { rate: input.rate, currency: input.currency } }] }),
      });
    },
  };
}

function wordsOf(body: string): string {
  try {
    const { errorMessages = [], errors = {} } = jiraErrors.parse(JSON.parse(body));
    return [...errorMessages, ...Object.values(errors)].join(' ');
  } catch {
    // an HTML page of a gateway: the status says it all
    return '';
  }
}
