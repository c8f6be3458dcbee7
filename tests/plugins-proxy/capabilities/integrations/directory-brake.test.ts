import { mostShown } from '@crmjira/domain';
import {
  type DirectoryRunContext,
  runDirectory,
} from '../../../../plugins-proxy/src/capabilities/integrations/runs/directory';
import type { DataverseClient } from '../../../../plugins-proxy/src/clients/dataverse/dataverse-client';
import {
  fakeSession,
  groupDn,
  groupEntry,
  personDn,
  personEntry,
  providerOf,
  secrets,
  settings,
} from './fake-directory';
import { type FakeDynamics, fakeDynamics, integrationId, teamId } from './fake-dynamics';

const named = (count: number): readonly string[] => Array.from({ length: count }, (_none, at) => `p${at}`);

/** A run over people of whom all are in the team, and the group names only the first. */
const runOver = (dynamics: FakeDynamics, names: readonly string[], more: Partial<DirectoryRunContext>) =>
  runDirectory(
    providerOf(() =>
      fakeSession({
        people: names.map((name) => personEntry(name, { mail: `${name}@company.com` })),
        groups: [groupEntry('sales', [personDn(names[0] ?? '')])],
      }),
    ),
    {
      integration: {
        id: integrationId,
        settings: { ...settings, brakePercent: 0, groups: [{ groupDn: groupDn('sales'), teamId: teamId('sales') }] },
        secrets,
      },
      mode: 'changes',
      confirmed: { wishes: '' },
      // As far as a run sees Dataverse.
      dataverse: dynamics as unknown as DataverseClient,
      now: () => new Date('2025-05-16T17:00:00Z'),
      signal: new AbortController().signal,
      progress: () => Promise.resolve(),
      ...more,
    },
  );
const inTeam = ({ members }: FakeDynamics): number => members.get(teamId('sales'))?.size ?? 0;

test('R-1605: more removals than everyday wait until their dry run is confirmed, and nothing else does', async () => {
  const names = named(13);
  const dynamics = fakeDynamics(names, { sales: names });
  const held = await runOver(dynamics, names, {});
  expect(held).toMatchObject({ counts: { removed: 0, failed: 12 }, refused: { fault: 'held', detail: '12' } });
  expect([inTeam(dynamics), dynamics.people.size]).toEqual([13, 13]);

  const { preview } = await runOver(dynamics, names, { mode: 'dry-run' });
  expect(preview).toMatchObject({ held: 12, brake: 10, counts: { removed: 12, losing: 12 } });
  const done = await runOver(dynamics, names, { confirmed: JSON.parse(JSON.stringify(preview)) });
  expect(done).toMatchObject({ counts: { removed: 12, failed: 0 }, refused: null });
  expect(inTeam(dynamics)).toBe(1);
});

test('R-1605: what was confirmed of one dry run confirms nothing that it did not show', async () => {
  const names = named(40);
  const small = fakeDynamics(names, { sales: names.slice(0, 13) });
  const { preview } = await runOver(small, names, { mode: 'dry-run' });
  const large = fakeDynamics(names, { sales: names });
  const result = await runOver(large, names, { confirmed: preview });
  // The twelve of the dry run go, the others wait.
  expect(result).toMatchObject({ counts: { removed: 12 }, refused: { fault: 'held', detail: '27' } });
  expect(inTeam(large)).toBe(28);
});

test('R-1605: a dry run of any size fits the answer to its command', async () => {
  const names = named(6000).map((name) => `${name}-${'é'.repeat(180)}`);
  const dynamics = fakeDynamics(names, { sales: names });
  const { preview } = await runOver(dynamics, names, { mode: 'dry-run' });
  expect(preview?.counts.removed).toBe(5999);
  expect(preview?.removed).toHaveLength(mostShown);
  expect(JSON.stringify(preview).length).toBeLessThan(90_000);
});
