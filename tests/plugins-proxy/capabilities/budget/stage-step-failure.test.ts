import { writeProcess } from '../../../../plugins-proxy/src/capabilities/budget/apply/write-process';
import { classifyDataverseError } from '../../../../plugins-proxy/src/clients/dataverse/classify-dataverse-error';
import type { DataverseClient } from '../../../../plugins-proxy/src/clients/dataverse/dataverse-client';

/** The move as Dataverse refuses it, in the shape that the library throws. */
const refusedWith = (error: { readonly code: string | number; readonly message: string }) => {
  const thrown = Object.assign(new Error(error.message), { status: 400, ...error });
  const client: Pick<DataverseClient, 'changeSet'> = {
    changeSet: () => Promise.reject(classifyDataverseError(thrown, 0)),
  };
  return writeProcess(client as DataverseClient, 'id', {});
};

describe('a stage move that Dataverse could not ask the service about (R-303, R-1401)', () => {
  test.each([
    ['non-success status', '0x80050201', 'The webhook call failed.'],
    ['timed out, in French', '0x80050202', 'Échec de l’appel : délai d’attente dépassé.'],
    ['not sent, as a signed number', -2_147_155_451, 'Échec de l’appel.'],
    ['upper case', '0X80050205', 'x'],
  ])('%s: passes once the service answers', async (_name, code, message) => {
    await expect(refusedWith({ code, message })).rejects.toMatchObject({
      code: 'stage-step-unavailable',
      errorClass: 'transient',
    });
  });

  test.each(['0x80050203', '0x80050204', '0x80050206', '0x80050207'])(
    '%s: an administrator registers the step again',
    async (code) => {
      await expect(refusedWith({ code, message: 'Échec.' })).rejects.toMatchObject({
        code: 'stage-step-unavailable',
        errorClass: 'configuration',
        message: expect.stringContaining('crmjira register-steps'),
      });
    },
  );

  test('another refusal stays what it is, whatever its words', async () => {
    const message = 'The stage "Ask the webhook team" does not belong to this process.';
    await expect(refusedWith({ code: '0x80060447', message })).rejects.toMatchObject({
      code: 'dataverse-refused',
      errorClass: 'permanent',
    });
  });
});
