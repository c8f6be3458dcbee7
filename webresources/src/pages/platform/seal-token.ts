import { DomainError } from '@crmjira/domain';
import { textField } from '@crmjira/form-data';
import { sealSecret } from '../../sealed/seal-secret';
import { readRows } from './read-rows';

/** Why a token did not leave the page. */
export type NotSealed = 'noKey' | 'tooLong' | 'notSealed';

/**
 * A token that only the service can read, for this person, command and Jira alone (R-1803).
 * @param host of the Jira that it is for
 */
export async function sealToken(
  commandId: string,
  host: string,
  token: string,
): Promise<{ readonly sealed: string } | { readonly failure: NotSealed }> {
  try {
    const [row] = await readRows(
      'crmjira_service_key',
      `?$select=crmjira_key_id,crmjira_public_key&$filter=crmjira_valid_until gt ${new Date().toISOString()}` +
        '&$orderby=crmjira_valid_until desc&$top=1',
    );
    const [keyId, publicKey] = [row && textField(row, 'crmjira_key_id'), row && textField(row, 'crmjira_public_key')];
    if (!keyId || !publicKey) return { failure: 'noKey' };
    const { userSettings, organizationSettings } = Xrm.Utility.getGlobalContext();
    const context = {
      organizationId: organizationSettings.organizationId,
      userId: userSettings.userId,
      commandId,
      targetHost: host,
    };
    return { sealed: await sealSecret({ keyId, publicKey }, context, token) };
  } catch (error) {
    // Never with the error of a cipher: what was typed may stand in it.
    console.error('A token could not be encrypted.', error instanceof DomainError ? error.code : '');
    return { failure: error instanceof DomainError && error.code === 'secret-too-long' ? 'tooLong' : 'notSealed' };
  }
}
