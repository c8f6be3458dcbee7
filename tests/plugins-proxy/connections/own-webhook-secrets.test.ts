import { lookAgain } from '../../../plugins-proxy/src/connections/jira/look-again';
import {
  acceptedSecrets,
  type OwnWebhookSecrets,
  parseOwnSecrets,
  rotated,
} from '../../../plugins-proxy/src/connections/jira/own-webhook-secrets';
import { siteWebhookSecrets } from '../../../plugins-proxy/src/connections/jira/site-webhook-secrets';
import { webhookSecretOf } from '../../../plugins-proxy/src/connections/jira/webhook-secret';

const hour = 3_600_000;
const at = (hours: number): Date => new Date(Date.parse('2025-05-16T17:00:00Z') + hours * hour);

test('R-1612: a secret is accepted for a day after the next one, and no longer by one more rotation', () => {
  const first = rotated(null, 'one', at(0));
  expect(acceptedSecrets(first, at(1_000))).toEqual(['one']);
  const second = rotated(first, 'two', at(0));
  expect(acceptedSecrets(second, at(23))).toEqual(['two', 'one']);
  expect(acceptedSecrets(second, at(24))).toEqual(['two']);
  // A secret that nobody has seen does not end the one that the site still signs with.
  const third = rotated(second, 'three', at(20));
  expect(acceptedSecrets(third, at(23))).toEqual(['three', 'two', 'one']);
  expect(acceptedSecrets(third, at(25))).toEqual(['three', 'two']);
  expect(acceptedSecrets(third, at(44))).toEqual(['three']);
});

test('R-1612, R-1618: few are kept, and what is no secret of a webhook is none', () => {
  let own: OwnWebhookSecrets | null = null;
  for (let n = 0; n < 20; n += 1) own = rotated(own, `secret ${n}`, at(0));
  expect(own?.former).toHaveLength(5);
  expect(parseOwnSecrets(JSON.stringify(own))).toEqual(own);
  for (const text of ['', 'a-token', '{}', '{"token":"x"}', '{"secret":""}', 'null'])
    expect(parseOwnSecrets(text)).toBeNull();
});

const site = '5a8d2c1e-0000-4000-8000-00000000cc01';
const derived = webhookSecretOf('of the service', site);

/** Secrets of one site with these webhooks; stored documents by name, null: it cannot be read. */
async function secretsOf(
  webhooks: readonly { readonly name: string | null; readonly isActive?: boolean }[],
  stored: Record<string, OwnWebhookSecrets | null>,
) {
  const clock = { now: at(0) };
  const secrets = siteWebhookSecrets({
    dataverse: {
      many: async (_collection, _query, schema) =>
        webhooks.map(({ name, isActive = true }) =>
          schema.parse({
            _crmjira_integration_id_value: site,
            crmjira_secret_name: name,
            crmjira_is_active: isActive,
          }),
        ),
    },
    secretOf: async (_id, name) => {
      const found = stored[name];
      if (found === null || found === undefined) throw new Error('the vault is away');
      return JSON.stringify(found);
    },
    webhookSecrets: () => ['of the service'],
    logger: { warn: () => undefined },
    now: () => clock.now,
  });
  await secrets.read([site]);
  return { secrets, clock };
}

test('R-1612: once a webhook has a secret of its own, the derived one ends a day later', async () => {
  const { secrets, clock } = await secretsOf([{ name: 'own' }], { own: rotated(null, 'one', at(0), [derived]) });
  expect(secrets.accepted(site)).toEqual(['one', derived]);
  clock.now = at(24);
  expect([secrets.accepted(site), secrets.own(site)]).toEqual([['one'], 'one']);
});

test('R-1612: the derived secret is accepted as long as a webhook goes by it, and no longer because one is switched off', async () => {
  const own = rotated(null, 'one', at(0));
  const accepted = async (...webhooks: Parameters<typeof secretsOf>[0]) =>
    (await secretsOf(webhooks, { own })).secrets.accepted(site);
  expect(await accepted()).toEqual([derived]);
  expect(await accepted({ name: null })).toEqual([derived]);
  expect(await accepted({ name: 'own' }, { name: null })).toEqual(['one', derived]);
  expect(await accepted({ name: 'own' }, { name: null, isActive: false })).toEqual(['one']);
  expect(await accepted({ name: 'own', isActive: false })).toEqual([]);
});

test('R-1612: a secret that cannot be read just now stays as it was, and one that never could brings no derived one back', async () => {
  const stored: Record<string, OwnWebhookSecrets | null> = { own: rotated(null, 'one', at(0)) };
  const { secrets } = await secretsOf([{ name: 'own' }], stored);
  stored['own'] = null;
  await secrets.read([site]);
  expect(secrets.accepted(site)).toEqual(['one']);
  expect((await secretsOf([{ name: 'own' }], {})).secrets.accepted(site)).toEqual([]);
});

test('R-1612, R-1618: senders that nobody knows make the service read again once in ten seconds, however many they are', async () => {
  let [now, reads] = [0, 0];
  const warned: unknown[] = [];
  const look = lookAgain(
    async () => {
      reads += 1;
      if (reads === 2) throw new Error('Dataverse is away');
    },
    { warn: (line: unknown) => void warned.push(line) } as never,
    () => now,
  );
  await Promise.all(Array.from({ length: 500 }, look));
  now = 9_999;
  await look();
  expect(reads).toBe(1);
  now = 10_000;
  await look();
  expect([reads, warned.length]).toEqual([2, 1]);
  now = 20_000;
  await look();
  expect(reads).toBe(3);
});
