import {
  CommandState,
  CommandType,
  Health,
  integrationText,
  type Language,
  sayFault,
  tables,
  type TestAnswer,
  wholeSecond,
} from '@crmjira/domain';
import { settingsHash, storedSecrets } from '../../../connections/providers/saved-integration';
import { faultOf } from '../../../connections/providers/fault-of';
import type { CommandAnswer, CommandHandler } from '../../../reconciler/commands';
import { audit } from '../audit';
import { type Entered, entered } from '../entered';
import {
  type AskedOfIntegration,
  integrationCommand,
  type IntegrationCommandParts,
  savedIntegration,
} from '../integration-command';
import { readAsked } from '../read-asked';
import { testIntegration } from '../test-integration';

const answered = (test: TestAnswer, language: Language): CommandAnswer => ({
  state: test.ok ? CommandState.Done : CommandState.Failed,
  result: test.ok
    ? integrationText('works', language)
    : [test.says, test.remedy].filter((text) => text !== null).join(' '),
  answer: test,
});

const notOpened = (thrown: unknown, language: Language): TestAnswer => {
  const fault = faultOf(thrown, { product: '', host: '' });
  return { ok: false, steps: [], found: {}, fault, ...sayFault(fault, language) };
};

/** Tests what is entered and not saved; nothing of it is kept. */
async function testEntered(parts: IntegrationCommandParts, asked: AskedOfIntegration<Entered>): Promise<CommandAnswer> {
  const { command, id, payload, language } = asked;
  const read = await readAsked(parts, asked, payload);
  if ('fault' in read) {
    const { fault } = read;
    return answered({ ok: false, steps: [], found: {}, fault, ...sayFault(fault, language) }, language);
  }
  const { provider, settings, secrets } = read;
  const test = await testIntegration(provider, { id, settings, secrets }, language);
  await audit(parts, { command, action: 'tested', name: payload.name });
  return answered(test, language);
}

/** Tests what is saved, and keeps that exactly this has passed. */
async function testSaved(parts: IntegrationCommandParts, asked: AskedOfIntegration<null>): Promise<CommandAnswer> {
  const { dataverse, secretOf, now } = parts;
  const { command, id, language } = asked;
  const saved = await savedIntegration(parts, id);
  const { provider, settings, secretName, name, version } = saved;
  if (secretName !== null) secretOf.forget(id, secretName);
  let test: TestAnswer;
  let lacks = null;
  try {
    const stored = await storedSecrets(saved, secretOf);
    const entered = { id, settings: provider.settings.parse(settings), secrets: provider.secrets.parse(stored) };
    test = await testIntegration(provider, entered, language);
    if (test.ok) lacks = provider.lacks?.(settings, stored) ?? null;
  } catch (thrown) {
    test = notOpened(thrown, language);
  }
  const hash = settingsHash(provider.code, settings, secretName);
  const columns = {
    crmjira_last_test_on: wholeSecond(now().toISOString()),
    crmjira_last_test_ok: test.ok,
    crmjira_health: test.ok ? Health.Healthy : Health.Down,
    // What somebody has changed meanwhile was not tested: the write is refused then.
    ...(test.ok && lacks === null ? { crmjira_tested_hash: hash } : {}),
  };
  await dataverse.changeSet([
    { op: 'update', collection: tables.crmjira_integration.entitySet, id, columns, ifMatch: version },
  ]);
  await audit(parts, { command, action: 'tested', name, before: hash, after: hash });
  return answered(test, language);
}

/** Answers the command "Test connection" for what administrators connect by pages (R-1609). */
export function testIntegrationCommand(parts: IntegrationCommandParts): CommandHandler {
  return integrationCommand(parts, CommandType.TestConnection, entered.nullable(), (asked) => {
    const { payload } = asked;
    return payload === null ? testSaved(parts, { ...asked, payload }) : testEntered(parts, { ...asked, payload });
  });
}
