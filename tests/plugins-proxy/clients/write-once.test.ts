import { writeOnce } from '../../../plugins-proxy/src/clients/dataverse/write-once';
import { hasChangedMeanwhile, hasCode } from '../../../plugins-proxy/src/platform/errors/has-code';
import { IntegrationError } from '../../../plugins-proxy/src/platform/errors/integration-error';
import { startStandIns } from '../stand-ins';

const failure = (code: string) => new IntegrationError('Refused.', { code, errorClass: 'transient' });

test('a failure is told by its code, and nothing else that is thrown by one that it happens to have', () => {
  expect(hasCode(failure('dataverse-not-found'), 'dataverse-precondition', 'dataverse-not-found')).toBe(true);
  expect(hasCode(failure('dataverse-refused'), 'dataverse-not-found')).toBe(false);
  expect(hasChangedMeanwhile(failure('dataverse-precondition'))).toBe(true);
  for (const other of [failure('dataverse-not-found'), { code: 'dataverse-precondition' }, null])
    expect(hasChangedMeanwhile(other)).toBe(false);
});

test('what was written before is not written again, and tells so; any other failure is thrown', async () => {
  const standIns = await startStandIns(() => new Date('2025-05-16T17:00:00Z'));
  const id = '5a8d2c1e-0000-4000-8000-00000000cb01';
  const write = (subject: string) =>
    writeOnce(standIns.admin, { op: 'create', collection: 'tasks', id, columns: { subject } });
  expect([await write('one'), await write('two')]).toEqual([true, false]);
  const gone = { op: 'update', collection: 'tasks', id: id.replace('cb01', 'cb02'), columns: {} } as const;
  await expect(writeOnce(standIns.admin, { ...gone, ifMatch: '*' })).rejects.toMatchObject({
    code: 'dataverse-not-found',
  });
  await standIns.close();
});
