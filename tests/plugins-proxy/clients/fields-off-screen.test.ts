import { failureSentence } from '@crmjira/domain';
import { Refusal } from '../../../plugins-proxy/src/platform/http-client/create-classifier';
import { namingFieldsOffScreen } from '../../../plugins-proxy/src/clients/jira/fields-off-screen';

const ids = {
  opportunityId: 'customfield_10100',
  accountId: 'customfield_10101',
  budgetStatus: 'customfield_10102',
  approvedAmount: 'customfield_10103',
  epicName: null,
};
const offScreen = (id: string) => `Field '${id}' cannot be set. It is not on the appropriate screen, or unknown.`;
const refused = (fields: Record<string, string>) =>
  Promise.reject(new Refusal(Object.values(fields).join(' '), 'jira-refused', 400, fields));

it('names fields that the screens lack once, as people see them, and says what to do (F-109)', async () => {
  const fields = Object.fromEntries(['customfield_10100', 'customfield_10103'].map((id) => [id, offScreen(id)]));
  const error = await namingFieldsOffScreen(refused(fields), ids).catch((caught: unknown) => caught);
  expect(error).toMatchObject({ code: 'jira-fields-off-screen', errorClass: 'permanent' });
  const { code, message } = error as { code: string; message: string };
  expect(failureSentence(code, message, 1033)).toBe(
    'The screens of the Jira project lack fields of the integration. Ask a Jira administrator to add them to its create and edit screens, ' +
      'then choose Retry. It says: CRM Opportunity ID, Approved Budget Amount cannot be set',
  );
  expect(failureSentence(code, message, 3084)).toContain('Réponse reçue\u00a0: CRM Opportunity ID, Approved');
});

it('leaves any other refusal as it is', async () => {
  const other = { summary: 'Field is required.', customfield_10100: 'Must be a number.' };
  await expect(namingFieldsOffScreen(refused(other), ids)).rejects.toMatchObject({ code: 'jira-refused' });
  await expect(namingFieldsOffScreen(Promise.resolve('done'), ids)).resolves.toBe('done');
});
