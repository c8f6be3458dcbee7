import { signInLack } from '../../connections/personal/sign-in-offered';
import type { Config } from '../../platform/config/read-config';
import type { Session } from '../session';
import { type Check, type Finding, ok, skipped, warning } from './check';

/** Pure: whether people may sign in with Atlassian, and what is missing where that was begun (R-1822). */
export function judgeAtlassian(config: Pick<Config, 'atlassian' | 'inbound' | 'secretsKeys' | 'publicUrl'>): Finding {
  switch (signInLack(config)) {
    case 'client':
      return skipped('not offered: ATLASSIAN_CLIENT_ID is not set, people use API tokens');
    case 'address':
      return warning(
        'not offered: INBOUND is none, so browsers cannot come back to the service',
        'Give the service an address that people reach (PUBLIC_URL), or remove ATLASSIAN_CLIENT_ID.',
      );
    case 'key':
      return warning('not offered: SECRETS_KEY is not configured', 'Give the service a SECRETS_KEY.');
    case null:
      return ok(`people come back to ${config.publicUrl}/oauth/atlassian/callback`);
  }
}

/** Sign-in with Atlassian. */
export const atlassianCheck = ({ config, connection }: Session): Check => ({
  id: 'atlassian-sign-in',
  title: 'Sign-in with Atlassian',
  remedy: '',
  look: async () =>
    connection.site.profile.deployment === 'cloud' ? judgeAtlassian(config) : skipped('only Jira Cloud has it'),
});
