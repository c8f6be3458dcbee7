import type { Config } from '../../platform/config/read-config';
import type { JiraConnection } from '../jira/jira-connection';

/** What a service lacks so that people can sign in with Atlassian. */
export type SignInLack = 'client' | 'address' | 'key';

/**
 * Why people cannot sign in with Atlassian by this service; null: they can. Their browsers come back to its address, and what Atlassian
 * gives is stored encrypted. Pure.
 */
export function signInLack({
  atlassian,
  inbound,
  secretsKeys,
}: Pick<Config, 'atlassian' | 'inbound' | 'secretsKeys'>): SignInLack | null {
  if (atlassian === null) return 'client';
  if (inbound === 'none') return 'address';
  return secretsKeys.length === 0 ? 'key' : null;
}

/** Whether people of a site may: Data Center knows no such sign-in. */
export const isSignInOffered = (
  config: Pick<Config, 'atlassian' | 'inbound' | 'secretsKeys'>,
  { site }: Pick<JiraConnection, 'site'>,
): boolean => site.profile.deployment === 'cloud' && signInLack(config) === null;
