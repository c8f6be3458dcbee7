import { z } from 'zod';
import type { Session } from '../session';
import { type Check, type Finding, ok, skipped, warning } from './check';

interface ApiFacts {
  /** null: the API is off */
  readonly api: {
    readonly entra: { readonly audiences: readonly string[]; readonly needs: { readonly oneOf: readonly string[] } };
    readonly perMinute: number;
  } | null;
  readonly capabilities: ReadonlySet<string>;
  /** a key of stored secrets is configured */
  readonly hasKey: boolean;
}

/** What Entra names an API by: its Application ID URI, or the client id. */
const isAudience = (text: string): boolean => z.guid().safeParse(text).success || /^(?:api|https):\/\/\S+$/.test(text);

/** Pure: whether clients of `/api/jira` can get what they ask for (R-1801). */
export function judgeApi({ api, capabilities, hasKey }: ApiFacts): Finding {
  if (api === null) return skipped('the API for other clients is off (API_ENABLED)');
  const { audiences, needs } = api.entra;
  const [wrong] = audiences.filter((one) => !isAudience(one));
  if (wrong !== undefined)
    return warning(
      `API_AUDIENCE names “${wrong}”, which no token of Entra is for`,
      'Give the Application ID URI of the app registration (api://…), and its client id where tokens name that.',
    );
  if (!capabilities.has('time'))
    return warning(
      'the API is on, time is off: every request is answered 409',
      'Name time in crmjira_Capabilities, or leave API_ENABLED out.',
    );
  if (!hasKey)
    return warning(
      'no key of stored secrets is configured: no connection can be made (SECRETS_KEY)',
      'Give the service a key of stored secrets (docs/deployment.md).',
    );
  return ok(`tokens for ${audiences.join(', ')} with ${needs.oneOf.join(' or ')}, ${api.perMinute} requests a minute`);
}

/** The API for other clients, as it is configured. */
export function apiCheck({ config, environmentSettings }: Session): Check {
  return {
    id: 'api',
    title: 'API for other clients',
    needs: ['environment-variables'],
    remedy: 'Check that the service can read the environment variables.',
    look: async () =>
      judgeApi({
        api: config.api,
        capabilities: (await environmentSettings.settings()).capabilities,
        hasKey: config.secretsKeys.length > 0,
      }),
  };
}
