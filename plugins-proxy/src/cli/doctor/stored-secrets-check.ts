import { dataverseSecretRows } from '../../connections/credentials/secret-rows';
import { IntegrationError } from '../../platform/errors/integration-error';
import { fixedKeyring } from '../../platform/secrets/service-keys';
import type { Session } from '../session';
import { type Check, failed, type Finding, ok, skipped, warning } from './check';

const number = (count: number): string => (count === 1 ? '1 stored secret' : `${count} stored secrets`);

/**
 * Pure: whether the configured keys decrypt what is stored (R-1803).
 * @param keyIds the current one first
 * @param counts key id → rows
 */
export function judgeStoredSecrets(keyIds: readonly string[], counts: ReadonlyMap<string, number>): Finding {
  const [current] = keyIds;
  const all = [...counts.values()].reduce((sum, count) => sum + count, 0);
  if (all === 0) return ok(current === undefined ? 'none is stored; no key is needed' : 'none is stored');
  if (current === undefined)
    return failed(
      `${number(all)}, and SECRETS_KEY is not configured`,
      'Give the key that encrypted them as SECRETS_KEY, or enter the secrets of the connections again.',
    );
  const unknown = [...counts].filter(([id]) => !keyIds.includes(id));
  if (unknown.length > 0) {
    const lost = unknown.reduce((sum, [, count]) => sum + count, 0);
    return failed(
      `${number(lost)} under a key that is not configured: ${unknown.map(([id]) => id).join(', ')}`,
      'Give it as SECRETS_KEY_PREVIOUS, then run "crmjira rotate-secrets --secret SECRETS_KEY"; or enter these secrets again.',
    );
  }
  const former = all - (counts.get(current) ?? 0);
  if (former > 0)
    return warning(
      `${number(former)} of ${all} need SECRETS_KEY_PREVIOUS`,
      'Run "crmjira rotate-secrets --secret SECRETS_KEY": it encrypts them with the current key.',
    );
  return ok(`${number(all)}, under the current key`);
}

/** Keys of stored secrets against the rows. */
export function storedSecretsCheck({ config, dataverse }: Session): Check {
  return {
    id: 'stored-secrets',
    title: 'Key of stored secrets',
    needs: ['who-am-i'],
    remedy: '',
    look: async () => {
      const keyIds = fixedKeyring(config.secretsKeys)
        .all()
        .map(({ id }) => id);
      try {
        return judgeStoredSecrets(keyIds, await dataverseSecretRows(dataverse).countByKey());
      } catch (error) {
        // An older solution has no such table; only who has given a key misses it.
        const isMissing = error instanceof IntegrationError && error.errorClass === 'configuration';
        if (isMissing && keyIds.length === 0) return skipped('the imported solution stores no secrets');
        throw error;
      }
    },
  };
}
