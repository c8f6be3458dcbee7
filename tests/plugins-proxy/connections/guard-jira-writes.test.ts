import { guardJiraWrites, type Organizations } from '../../../plugins-proxy/src/connections/claim/guard-jira-writes';

const [ours, theirs] = ['5a8d2c1e-0000-4000-8000-00000000c0de', '5a8d2c1e-0000-4000-8000-0000000000ff'];
const moved = { code: 'environment-moved', errorClass: 'configuration', message: expect.stringContaining(theirs) };

/** What Dataverse and Jira say, which a test changes; `down` = Dataverse answers nobody. */
function world(claimed: string | null, owner: string | null = null) {
  const state = { claimed, owner, down: false };
  const organizations: Organizations = {
    whoAmI: async () => {
      if (state.down) throw new Error('Dataverse is down');
      return { organizationId: ours };
    },
    connectionOrganizationId: async () => state.claimed,
    foreignOwner: async () => state.owner,
  };
  return { state, guard: guardJiraWrites(organizations) };
}

describe('the guard before every write to Jira (R-2302)', () => {
  test('lets pass what writes for its own organization, and stops a copy', async () => {
    await expect(world(ours).guard()).resolves.toBeUndefined();
    await expect(world(theirs).guard()).rejects.toMatchObject(moved);
  });

  test('a connection that nobody has claimed: Jira says whose its projects are', async () => {
    await expect(world(null).guard()).resolves.toBeUndefined();
    await expect(world(null, theirs).guard()).rejects.toMatchObject(moved);
    // Claimed for us: an administrator has confirmed the move.
    await expect(world(ours, theirs).guard()).resolves.toBeUndefined();
  });

  test('while Dataverse is down what it said last holds; before it has said anything nothing is written', async () => {
    const silent = world(ours);
    silent.state.down = true;
    await expect(silent.guard()).rejects.toThrow('Dataverse is down');
    silent.state.down = false;
    await silent.guard();
    silent.state.down = true;
    await expect(silent.guard()).resolves.toBeUndefined();
  });

  test('a copy stays stopped while Dataverse is down', async () => {
    const copy = world(ours);
    await copy.guard();
    copy.state.claimed = theirs;
    await expect(copy.guard()).rejects.toMatchObject(moved);
    copy.state.down = true;
    await expect(copy.guard()).rejects.toThrow('Dataverse is down');
  });
});
