import { z } from 'zod';
import { jiraAnswers } from '../../../clients/jira/classify-jira-answer';
import { createJiraHttp } from '../../../clients/jira/jira-http';
import type { AtlassianConfig } from '../../../platform/config/atlassian-config';
import type { JiraGateway } from '../../../platform/config/jira-gateway';
import { IntegrationError } from '../../../platform/errors/integration-error';
import { type Classifier, createClassifier } from '../../../platform/http-client/create-classifier';
import type { Current } from '../../../platform/http-client/current';
import { createHttpClient } from '../../../platform/http-client/http-client';
import type { RetryClock } from '../../../platform/http-client/with-retries';
import { unchanging } from '../../../platform/secrets/renewable';
import type { EgressGuard } from '../../egress-guard';

/** What the service asks for: to see issues and people, and to log work; `offline_access` gives the refresh token (R-1817). */
export const scopes = ['read:jira-work', 'write:jira-work', 'read:jira-user', 'offline_access'] as const;

/** Tokens of a person, as Atlassian has just given them. */
export interface GivenTokens {
  readonly accessToken: string;
  readonly refreshToken: string;
  /** ISO 8601 in UTC */
  readonly expiresAt: string;
}

/** A site that a person has let the app reach. */
export interface ReachableSite {
  readonly cloudId: string;
  readonly url: string;
}

/** Atlassian's authorization server, as the OAuth app of this service. */
export interface AtlassianServer {
  /** As it would name itself. */
  readonly issuer: string;
  /** Where a browser asks the person. */
  authorizeUrl(state: string): string;
  /** @throws IntegrationError `jira-credentials`: the code is not, or no longer, good */
  redeem(code: string): Promise<GivenTokens>;
  /** @throws IntegrationError `jira-credentials`: the person has to sign in again */
  refresh(refreshToken: string): Promise<GivenTokens>;
  /** Sites that a token reaches. */
  sites(accessToken: string): Promise<readonly ReachableSite[]>;
  close(): Promise<void>;
}

export interface AtlassianServerOptions {
  /** As it is now. */
  readonly app: () => AtlassianConfig;
  /** Where the browser comes back to. */
  readonly redirectUri: string;
  readonly egress: Pick<EgressGuard, 'of'>;
  readonly timeoutMs: Current<number>;
  /** The forward gateway, as it is now; Atlassian is public, so its certificates are judged as any public site's. */
  readonly gateway: () => JiraGateway | null;
  readonly clock: RetryClock;
  readonly redact: (text: string) => string;
  readonly now: () => Date;
}

/** Longer ones do not fit beside each other into the column of a secret. */
const token = z.string().min(1).max(20_000);
const given = z.object({
  access_token: token,
  refresh_token: token,
  // A year at most: what a date can hold is no limit.
  expires_in: z.number().positive().max(31_536_000),
  scope: z.string().optional(),
});
const resources = z.array(z.object({ id: z.guid(), url: z.url() })).max(1_000);
const refusal = z.object({ error: z.string().max(100) });

const answers = createClassifier(
  { name: 'Atlassian', codePrefix: 'jira', setting: 'ATLASSIAN_AUTH_URL' },
  // Its words may repeat what was sent: the code says enough.
  { readRefusal: () => ({ sentences: [] }) },
);

/** Codes by which it refuses what a person once gave. Atlassian documents the first, and answers with the second as well. */
const notGood = new Set(['invalid_grant', 'unauthorized_client']);

function refusedCode(text: string): string | null {
  try {
    return refusal.safeParse(JSON.parse(text)).data?.error ?? null;
  } catch {
    return null;
  }
}

/** Tells apart what a person, an administrator, or nobody can do something about. */
const tokenAnswers: Classifier = {
  isData: answers.isData,
  errorOf: (answer, now) => {
    const { status, text } = answer;
    const code = refusedCode(text);
    if (status >= 500 || status === 429 || code === null) return answers.errorOf(answer, now);
    if (notGood.has(code))
      return new IntegrationError(
        'Atlassian no longer accepts this sign-in. The person must sign in with Atlassian again.',
        {
          code: 'jira-credentials',
          errorClass: 'configuration',
          status: 401,
        },
      );
    return new IntegrationError(
      'Atlassian refuses the OAuth app of this service. Check ATLASSIAN_CLIENT_ID, ATLASSIAN_CLIENT_SECRET and the callback URL of the app.',
      { code: 'jira-refused', errorClass: 'configuration', status },
    );
  },
};

/** Makes the clients of Atlassian's two addresses; nothing is called yet. */
export function atlassianServer(options: AtlassianServerOptions): AtlassianServer {
  const { app, redirectUri, egress, timeoutMs, clock, redact, now } = options;
  const { authUrl, apiUrl } = app();
  let way: { readonly gateway: JiraGateway | null } = { gateway: options.gateway() };
  const transport = () => {
    const gateway = options.gateway();
    // The same object while nothing has changed: connections are kept by it.
    return gateway === way.gateway ? way : (way = { gateway });
  };
  const shared = { timeoutMs, transport, clock, redact, now: () => now().getTime(), connections: 4 };
  const auth = createHttpClient(
    {
      provider: { name: 'Atlassian', codePrefix: 'jira', setting: 'ATLASSIAN_AUTH_URL' },
      classifier: tokenAnswers,
      authorization: () => null,
    },
    { ...shared, url: authUrl, credentials: {}, guard: egress.of(authUrl, 'ATLASSIAN_AUTH_URL') },
  );
  const api = createJiraHttp({
    ...shared,
    url: apiUrl,
    credentials: { kind: 'bearer', pat: '' },
    guard: egress.of(apiUrl, 'ATLASSIAN_API_URL'),
  });

  async function ask(body: Readonly<Record<string, string>>, repeatable: boolean): Promise<GivenTokens> {
    const { clientId, clientSecret } = app();
    const answer = await auth.call({
      method: 'POST',
      path: '/oauth/token',
      body: { ...body, client_id: clientId, client_secret: clientSecret },
      schema: given,
      repeatable,
    });
    return {
      accessToken: answer.access_token,
      refreshToken: answer.refresh_token,
      expiresAt: new Date(now().getTime() + answer.expires_in * 1_000).toISOString(),
    };
  }

  return {
    issuer: authUrl,
    authorizeUrl: (state) => {
      const url = new URL('/authorize', authUrl);
      url.search = new URLSearchParams({
        audience: 'api.atlassian.com',
        client_id: app().clientId,
        scope: scopes.join(' '),
        redirect_uri: redirectUri,
        state,
        response_type: 'code',
        prompt: 'consent',
      }).toString();
      return url.href;
    },
    redeem: (code) => ask({ grant_type: 'authorization_code', code, redirect_uri: redirectUri }, false),
    // Atlassian takes the former one for ten minutes more: a lost answer costs nothing.
    refresh: (refreshToken) => ask({ grant_type: 'refresh_token', refresh_token: refreshToken }, true),
    sites: async (accessToken) => {
      const found = await api.as(unchanging({ kind: 'bearer', pat: accessToken })).call({
        method: 'GET',
        path: '/oauth/token/accessible-resources',
        schema: resources,
        classifier: jiraAnswers,
      });
      return found.map(({ id, url }) => ({ cloudId: id, url }));
    },
    close: async () => {
      await Promise.all([auth.close(), api.close()]);
    },
  };
}
