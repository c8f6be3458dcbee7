import { IntegrationError } from '../../platform/errors/integration-error';
import { Refusal } from '../../platform/http-client/create-classifier';
import { type FieldIds, fieldNames } from './resolve-fields';

/** How Jira refuses a field of an issue that stands on none of the screens that it is written by. */
const OFF_SCREEN = /cannot be set|not on the appropriate screen/i;

/**
 * Waits for a write to an issue. Where Jira refuses fields of the integration because the project's screens lack them, they are named once
 * and as people see them, where Jira gives an id and the same sentence for each (F-109).
 * @throws IntegrationError
 */
export async function namingFieldsOffScreen<T>(write: Promise<T>, ids: FieldIds): Promise<T> {
  try {
    return await write;
  } catch (error) {
    const names = error instanceof Refusal ? namesOf(error, ids) : [];
    if (names.length === 0) throw error;
    throw new IntegrationError(
      'The screens of the Jira project lack fields of the integration. A Jira administrator adds them to its create and edit ' +
        `screens. Then choose Retry. Jira says: ${names.join(', ')} cannot be set.`,
      { code: 'jira-fields-off-screen', errorClass: 'permanent', cause: error },
    );
  }
}

function namesOf({ fields }: Refusal, ids: FieldIds): readonly string[] {
  const keys = Object.keys(fieldNames) as readonly (keyof typeof fieldNames)[];
  return keys.filter((key) => OFF_SCREEN.test(fields[ids[key]] ?? '')).map((key) => fieldNames[key]);
}
