import { intakeApp, signed } from '../../intake-app';

const id = '5a8d2c1e-0000-4000-8000-00000000cd01';
const url = `/webhooks/jira/${id}`;
const body = (n: number) => JSON.stringify({ webhookEvent: 'project_updated', timestamp: n, project: { id: '10000' } });

test('R-1612: a secret that another replica has taken is looked for before its delivery is refused, and of known senders nothing is read', async () => {
  let looks = 0;
  let secrets: readonly string[] = ['former'];
  let stored = ['former'];
  const { app, store } = intakeApp(
    {},
    {
      senderOf: () => ({
        id,
        webhook: {
          secrets: () => secrets,
          lookAgain: async () => {
            looks += 1;
            secrets = stored;
          },
          verification: 'signature',
        },
      }),
    },
  );
  const statusOf = async (n: number, secret: string) => (await app.inject(signed(body(n), { secret, url }))).statusCode;
  expect([await statusOf(1, 'former'), looks]).toEqual([202, 0]);
  stored = ['exchanged', 'former'];
  expect([await statusOf(2, 'exchanged'), looks]).toEqual([202, 1]);
  expect([await statusOf(3, 'exchanged'), await statusOf(4, 'former'), looks]).toEqual([202, 202, 1]);
  expect([await statusOf(5, 'of nobody'), looks]).toEqual([401, 2]);
  // What has not even the form of a signature is refused before its body is read, and nothing is looked for.
  const shapeless = signed(body(6), { url, headers: { 'x-hub-signature': 'sha256=none' } });
  expect([(await app.inject(shapeless)).statusCode, looks]).toEqual([401, 2]);
  await store.close();
});
