import { request } from 'undici';
import { z } from 'zod';
import type { JiraLogChoices } from '../contract';

/** A Jira site and the account that looks into it: Cloud by e-mail and API token, Data Center by personal access token. */
export interface JiraAccount {
  readonly url: string;
  readonly deployment: 'cloud' | 'dc';
  readonly email: string;
  readonly apiToken?: string;
  readonly pat: string;
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

const madeWorklog = z.object({ id: z.string() });

/** Entity property of a worklog that carries its own rate (R-507). */
const billingProperty = 'crmjira.billing';
/** Rate prefilled in the panel, per hour; E2. */
const prefilledRate = 125;

/** What the "log work in Jira" panel needs of Jira: the account to look with, and the people who log work. */
export function createJiraClient(account: JiraAccount, people: readonly JiraPerson[]) {
  const isCloud = account.deployment === 'cloud';
  const own = { email: account.email, apiToken: account.apiToken ?? '' };
  async function call(
    as: { email: string; apiToken: string },
    path: string,
    body: unknown,
    method: 'POST' | 'PUT' = 'POST',
  ): Promise<unknown> {
    const answer = await request(`${account.url}${path}`, {
      method,
      headers: {
        authorization: isCloud
          ? `Basic ${Buffer.from(`${as.email}:${as.apiToken}`).toString('base64')}`
          : `Bearer ${account.pat}`,
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
      const search = isCloud ? '/rest/api/3/search/jql' : '/rest/api/2/search';
      const found = await call(own, search, { jql, fields: ['summary'], maxResults: 50 });
      return {
        issues: searchAnswer.parse(found).issues.map(({ key, fields }) => ({ key, summary: fields.summary })),
        // The people of a Data Center have given nobody a token of theirs.
        people: isCloud ? people.map(({ email, name }) => ({ id: email, name })) : [{ id: own.email, name: own.email }],
        defaultRate: prefilledRate,
      };
    },

    /** Logs work now; the rate travels with the worklog as its entity property. */
    async logWork(input: WorklogInput): Promise<void> {
      const started = new Date().toISOString().replace('Z', '+0000');
      const billing = input.rate === null ? null : { rate: input.rate, currency: input.currency };
      if (!isCloud) {
        const path = `/rest/api/2/issue/${encodeURIComponent(input.issueKey)}/worklog`;
        const work = { started, timeSpentSeconds: Math.round(input.hours * 3600), comment: input.comment };
        const { id } = madeWorklog.parse(await call(own, `${path}?adjustEstimate=auto`, work));
        // Data Center takes no properties along with a worklog.
        if (billing !== null) await call(own, `${path}/${id}/properties/${billingProperty}`, billing, 'PUT');
        return;
      }
      const person = people.find(({ email }) => email === input.person) ?? own;
      await call(person, `/rest/api/3/issue/${encodeURIComponent(input.issueKey)}/worklog?adjustEstimate=auto`, {
        started,
        timeSpentSeconds: Math.round(input.hours * 3600),
        comment: {
          type: 'doc',
          version: 1,
          content: [{ type: 'paragraph', content: input.comment ? [{ type: 'text', text: input.comment }] : [] }],
        },
        ...(billing === null ? {} : { properties: [{ key: billingProperty, value: billing }] }),
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
