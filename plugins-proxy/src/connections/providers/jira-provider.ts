import { z } from 'zod';
import { jiraName } from '../../clients/jira/classify-jira-answer';
import { type JiraSite, type Myself, readMyself } from '../../clients/jira/jira-site';
import type { Judgement } from '../../clients/jira/judge-deployment';
import { type Provider, testInSteps } from './provider';

/** What a test of Jira finds. */
export interface JiraFound {
  /** null: any type and version is worked with. */
  readonly deployment: Judgement | null;
  readonly account: Myself;
}

const secret = z.string().min(1).meta({ writeOnly: true });
const settings = z.object({
  url: z.url().meta({ title: 'Address of the site' }),
  credentials: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('basic'), email: z.email(), apiToken: secret }).meta({ title: 'Jira Cloud' }),
    z.object({ kind: z.literal('bearer'), pat: secret }).meta({ title: 'Jira Data Center' }),
    z
      .object({ kind: z.literal('password'), user: z.string().min(1), password: secret })
      .meta({ title: 'Jira Server before 8.14' }),
  ]),
});

/** Jira as something that can be connected. */
export const createJiraProvider = (site: JiraSite): Provider<JiraFound> => ({
  name: jiraName,
  test: () =>
    testInSteps<JiraFound>(jiraName.name, {
      deployment: async () => (await site.requireDeployment?.()) ?? null,
      account: () => readMyself(site),
    }),
  describe: () => z.toJSONSchema(settings),
});
