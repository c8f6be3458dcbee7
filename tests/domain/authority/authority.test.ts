import {
  type Action,
  ApprovalStatus,
  type AskedCommand,
  BudgetStatus,
  COMMAND_AUTHORITY,
  CommandState,
  CommandType,
  judgeCommands,
  isListed,
  NEEDS,
  type Need,
  OTHER_AUTHORITY,
  plan,
  refusalText,
  isDecidedBeforeWin,
  refusedRequest,
  unmetNeed,
} from '@crmjira/domain';
import fc from 'fast-check';
import { cad, OPPORTUNITY, POLICY, World } from '../budget/plan/world';

const types = Object.values(CommandType);
const known = Object.keys(NEEDS) as Need[];

/** Types of D-4.1 that no capability carries out yet, by who may ask once one does. */
const PLANNED: Readonly<Partial<Record<Need, readonly number[]>>> = {
  administrator: [37, 39],
};
const planned = Object.entries(PLANNED).flatMap(([need, listed]) =>
  listed.map((type) => ({ type: type as CommandType, need: need as Need })),
);

/** Answered in their own row, by handlers with tests of their own: tests/plugins-proxy/capabilities, issues, time and integrations. */
const ANSWERED: readonly CommandType[] = [
  10, 11, 12, 13, 14, 15, 16, 17, 18, 20, 21, 22, 23, 24, 25, 26, 27, 29, 30, 31, 32, 33, 34, 35, 36, 38, 40,
];

/** Who asks, as Dataverse answers for them. */
const personas = {
  'a person without Write': { mayWrite: false },
  'a person with Write': {},
  'an administrator without Write': { mayWrite: false, byAdministrator: true },
  'an administrator with Write': { byAdministrator: true },
  'the service': { isService: true, byAdministrator: true },
} as const;
type Persona = keyof typeof personas;

/** Linked, with work; the budget is approved or still a draft. */
function linked(approved: boolean): World {
  const world = new World(250_000);
  world.settle();
  if (approved) world.approval = { amount: 250_000, decision: { outcome: ApprovalStatus.Approved, by: 'manager' } };
  world.settle();
  return world;
}

const COMMAND = '0a0a0a0a-0000-4000-8000-000000000001';

function ask(world: World, type: CommandType, who: Persona, argument?: string): void {
  world.write('crmjira_command', COMMAND, {
    crmjira_command_type: type,
    crmjira_command_state: CommandState.Requested,
    crmjira_argument: argument,
    ...personas[who],
  });
}

const state = (world: World): unknown => world.row('crmjira_command', COMMAND)?.crmjira_command_state;
const audit = (world: World) =>
  world.rows('crmjira_integration_log').filter((row) => String(row.crmjira_event_type).startsWith('refused: '));

describe('each row of the table, for each persona (F-301, F-101, R-309)', () => {
  const nobody: readonly Persona[] = [];
  const writers: readonly Persona[] = ['a person with Write', 'an administrator with Write', 'the service'];
  const rows: readonly (readonly [string, CommandType, boolean, readonly Persona[]])[] = [
    ['Create project', CommandType.CreateProject, true, writers],
    ['Sync now', CommandType.SyncNow, true, writers],
    ['Retry', CommandType.Retry, true, writers],
    ['Resolve discrepancy', CommandType.ResolveDiscrepancy, true, writers],
    ['Complete project of an approved budget', CommandType.CompleteProject, true, writers],
    ['Complete project of a draft', CommandType.CompleteProject, false, nobody],
    ['Reopen', CommandType.Reopen, true, ['an administrator with Write', 'the service']],
    ['Stage move', CommandType.StageMove, true, ['the service']],
    ['Link project', CommandType.LinkProject, true, writers],
    ['Find projects', CommandType.FindProjects, true, writers],
  ];
  const cases = rows.flatMap(([name, type, approved, allowed]) =>
    (Object.keys(personas) as Persona[]).map((who) => [name, who, type, approved, allowed.includes(who)] as const),
  );

  test('the table above has a row for every command type that is carried out, D-4.1 for the others', () => {
    // Neither is a wish of the plan's: tests/plugins-proxy/reconciler, second-kind and test-connection.
    const others = [...planned.map(({ type }) => type), ...ANSWERED, CommandType.Explain, CommandType.TestConnection];
    expect([...new Set(rows.map(([, type]) => type)), ...others].sort()).toEqual([...types].sort());
  });

  test('R-1617 R-1834 a planned type asks for what D-4.1 lists, and is refused in words to whoever asks', () => {
    const needs = planned.map(({ type }) => ({ type, need: COMMAND_AUTHORITY[type].needs[1] }));
    expect(needs).toEqual(planned);
    const world = linked(true);
    const id = (type: CommandType): string => `${COMMAND.slice(0, -2)}${type}`;
    for (const { type } of planned)
      world.write('crmjira_command', id(type), {
        crmjira_command_type: type,
        crmjira_command_state: CommandState.Requested,
        ...personas[type % 2 === 0 ? 'an administrator with Write' : 'the service'],
      });
    world.settle();
    for (const { type } of planned)
      expect(world.row('crmjira_command', id(type))).toMatchObject({
        crmjira_command_state: CommandState.Refused,
        crmjira_result: 'This is not available yet. Nothing was changed.',
      });
    expect(refusalText('available', 3084)).toBe('Cette fonction n’est pas encore offerte. Rien n’a été modifié.');
  });

  test.each(cases)('%s: %s', (_name, who, type, approved, allowed) => {
    const world = linked(approved);
    ask(world, type, who, 'approved crm');
    const { commands, refusedCommands = [] } = world.crm();
    expect(commands).toHaveLength(allowed ? 1 : 0);
    expect(refusedCommands).toHaveLength(allowed ? 0 : 1);
    if (allowed) return;
    const before = world.rows('opportunity')[0];
    world.settle();
    expect(state(world)).toBe(CommandState.Refused);
    expect(world.row('crmjira_command', COMMAND)?.crmjira_result).toMatch(/ Nothing was changed\.$/);
    expect(audit(world)).toEqual([expect.objectContaining({ crmjira_source_record_id: OPPORTUNITY })]);
    expect(world.rows('opportunity')[0]).toEqual(before);
    expect(world.settle()).toBe(0);
  });
});

describe('whoever asks for whatever (F-301)', () => {
  const anyPerson = fc.constantFrom(...(Object.keys(personas) as Persona[]));
  const anyCommand = fc.record({ type: fc.constantFrom(...types), who: anyPerson, approved: fc.boolean() });

  test('a person without Write changes nothing but the answer and its audit, in any order of commands', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...types), { minLength: 1, maxLength: 5 }),
        fc.boolean(),
        (asked, approved) => {
          const world = linked(approved);
          const applied = world.applied.length;
          asked.forEach((type, at) =>
            world.write('crmjira_command', `${COMMAND.slice(0, -1)}${at}`, {
              crmjira_command_type: type,
              crmjira_command_state: CommandState.Requested,
              crmjira_argument: 'approved jira',
              mayWrite: false,
            }),
          );
          world.settle();
          const done: readonly Action[] = world.applied.slice(applied);
          expect(
            done.map((action) => action.kind === 'dataverse.change-set' && action.writes.map(({ table }) => table)),
          ).toEqual([asked.flatMap(() => ['crmjira_command', 'crmjira_integration_log'])]);
        },
      ),
      { numRuns: 40 },
    );
  });

  test('every command is answered, and refused exactly when a condition of its row does not hold', () => {
    fc.assert(
      fc.property(anyCommand, ({ type, who, approved }) => {
        const world = linked(approved);
        ask(world, type, who);
        const { refusedCommands = [] } = world.crm();
        const persona: {
          readonly mayWrite?: boolean;
          readonly isService?: boolean;
          readonly byAdministrator?: boolean;
        } = personas[who];
        const unmet = unmetNeed(COMMAND_AUTHORITY[type].needs, {
          service: persona.isService === true,
          write: persona.mayWrite !== false,
          administrator: persona.byAdministrator === true,
          'approved-budget': approved,
          'linkable-project': true,
        });
        expect(refusedCommands.map(({ need }) => need)).toEqual(unmet === null ? [] : [unmet]);
      }),
      { numRuns: 60 },
    );
  });

  test('what nobody has answered does not hold', () => {
    for (const { needs } of [...Object.values(COMMAND_AUTHORITY), ...Object.values(OTHER_AUTHORITY)]) {
      expect(unmetNeed(needs, {})).toBe(needs[0]);
      expect(needs.every((need) => known.includes(need))).toBe(true);
    }
  });

  test('the service is spared what is asked of a person, not what is asked of the record', () => {
    const spared = known.filter((need) => unmetNeed([need], { service: true }) === null);
    expect(spared).toEqual(known.filter((need) => NEEDS[need].of === 'person'));
  });

  test('a refusal is said in both languages', () => {
    const asked: AskedCommand = {
      command: {
        id: COMMAND,
        type: CommandType.SyncNow,
        argument: null,
        requestedById: 'p',
        byAdministrator: false,
        language: 3084,
      },
      asker: { isService: false, mayWrite: false },
    };
    const [refused] = judgeCommands([asked], { mapping: null, approval: null }).refusedCommands;
    expect(refusalText(refused!.need, 3084)).toBe(
      'Vous n’avez pas l’autorisation de modifier cette opportunité. Adressez-vous à son propriétaire ou à un administrateur. Rien n’a été modifié.',
    );
    expect(refusalText(refused!.need, 1033)).toBe(
      'You do not have permission to change this opportunity. Ask its owner or an administrator. Nothing was changed.',
    );
  });
});

describe('a project that was completed unapproved (F-101)', () => {
  test.each([
    ['the command', (world: World) => ask(world, CommandType.CompleteProject, 'a person with Write')],
    ['the command of an event', (world: World) => ask(world, CommandType.CompleteProject, 'the service')],
    ['Jira, which archived it', (world: World) => void (world.projectArchived = true)],
    ['its root issue, which is Done', (world: World) => void (world.rootIssueDone = true)],
  ])('is not: %s', (_name, complete) => {
    const world = linked(false);
    complete(world);
    world.settle();
    expect(world.opportunityState).toBe('open');
    expect(world.row('crmjira_budget_mapping')).toMatchObject({ crmjira_budget_status: BudgetStatus.Draft });
    expect(world.rows('crmjira_final_report')).toEqual([]);
    expect(world.settle()).toBe(0);
  });

  test('is completed once it has been approved, also where Jira archived it before', () => {
    const world = linked(false);
    world.projectArchived = true;
    world.settle();
    world.approval = { amount: 250_000, decision: { outcome: ApprovalStatus.Approved, by: 'manager' } };
    world.settle();
    expect(world.opportunityState).toBe('won');
  });
});

describe('a project that the integration did not create (F-302)', () => {
  const legacy = (): World => {
    const world = new World(250_000);
    world.projects.push({ id: '777', key: 'SALARIES', name: 'Salaries', ownership: null });
    return world;
  };

  test('is not linked unless it is offered, and nothing is told of its state', () => {
    const world = legacy();
    world.projectsAreLinkable = false;
    world.projectArchived = true;
    ask(world, CommandType.LinkProject, 'a person with Write', 'SALARIES');
    world.settle(1);
    expect(state(world)).toBe(CommandState.Refused);
    expect(world.row('crmjira_command', COMMAND)?.crmjira_result).toMatch(/SALARIES is not offered for linking/);
    expect(audit(world)).toEqual([expect.objectContaining({ crmjira_event_type: 'refused: linkable-project' })]);
    expect(world.rows('crmjira_budget_mapping')).toEqual([]);
  });

  test('lends nobody a role, and is not archived when it is completed', () => {
    const world = legacy();
    ask(world, CommandType.LinkProject, 'a person with Write', 'SALARIES');
    world.settle();
    expect(state(world)).toBe(CommandState.Done);
    world.approval = { amount: 250_000, decision: { outcome: ApprovalStatus.Approved, by: 'manager' } };
    world.settle();
    ask(world, CommandType.CompleteProject, 'a person with Write');
    world.settle();
    expect(world.opportunityState).toBe('won');
    expect(world.team).toEqual([]);
    expect(world.projectArchived).toBe(false);
    expect(world.rows('crmjira_integration_log').map((row) => row.crmjira_error_message)).toContainEqual(
      expect.stringContaining('it was linked, not created by the integration'),
    );
  });

  test.each([
    ['by the name of its category', { categories: ['client WORK'], names: [] }, true],
    ['by the id of its category', { categories: ['10000'], names: [] }, true],
    ['by its name', { categories: [], names: ['Acme portal'] }, true],
    ['by a pattern', { categories: [], names: ['Acme*'] }, true],
    ['by a pattern with several parts', { categories: [], names: ['*c*port*'] }, true],
    ['by half of its name', { categories: [], names: ['Acme'] }, false],
    ['by parts that overlap', { categories: [], names: ['Acme portal*portal'] }, false],
    ['by another category', { categories: ['Salaries'], names: [] }, false],
    ['by an empty list', { categories: [], names: [] }, false],
  ])('is offered %s: %#', (_name, list, offered) => {
    expect(isListed(list, { name: 'Acme portal', category: { id: '10000', name: 'Client work' } })).toBe(offered);
  });
});

describe('a request for approval', () => {
  const may = { isService: false, mayWrite: true };
  const record = (budgetAmount: number, status: BudgetStatus | null = null) => {
    const world = linked(status !== null && status !== BudgetStatus.Draft);
    world.write('opportunity', OPPORTUNITY, { budgetamount: budgetAmount });
    const { opportunity, mapping } = world.crm();
    return [opportunity!, mapping] as const;
  };
  const decision = { outcome: ApprovalStatus.Approved } as never;

  test('of nothing, or of less, does not count, also where it was granted (F-318)', () => {
    for (const amount of [0, -1])
      for (const decided of [null, decision])
        expect(refusedRequest({ amount: cad(amount), decision: decided }, may, ...record(250_000))).toBe(
          'amount-above-zero',
        );
  });

  test('of another amount than the row’s does not count until it is decided (F-102)', () => {
    expect(refusedRequest({ amount: cad(250_000), decision: null }, may, ...record(250_000))).toBeNull();
    expect(refusedRequest({ amount: cad(250_000), decision: null }, may, ...record(280_000))).toBe('amount-of-row');
    expect(refusedRequest({ amount: cad(280_000), decision: null }, may, ...record(280_000))).toBeNull();
    expect(refusedRequest({ amount: cad(250_000), decision }, may, ...record(280_000))).toBeNull();
    // Once a budget is approved, a request is about a new amount beside it.
    expect(
      refusedRequest({ amount: cad(300_000), decision: null }, may, ...record(300_000, BudgetStatus.Active)),
    ).toBeNull();
    expect(refusedRequest({ amount: cad(310_000), decision: null }, may, ...record(300_000, BudgetStatus.Active))).toBe(
      'amount-of-row',
    );
  });

  test.each(['won', 'lost'] as const)('of a deal that is %s does not count, however it was decided (D1)', (state) => {
    const [opportunity, mapping] = record(250_000);
    for (const decided of [null, decision]) {
      const request = { amount: cad(250_000), decision: decided };
      expect(refusedRequest(request, may, { ...opportunity, state }, mapping)).toBe('open-opportunity');
      // Nor one that the service has opened again.
      const service = { isService: true, mayWrite: true };
      expect(refusedRequest(request, service, { ...opportunity, state }, mapping)).toBe('open-opportunity');
    }
  });

  test('that was decided before its deal was won counts, however late a run sees it (R-2301)', () => {
    const world = linked(false);
    const by = 'cccccccc-0000-4000-8000-00000000000c';
    world.approval = { amount: 250_000, decision: { outcome: ApprovalStatus.Approved, by } };
    const { approval, mapping, opportunity } = world.crm();
    if (!approval?.decision || !mapping || !opportunity) throw new Error('the world has a decided request');
    const { decidedOn } = approval.decision;
    const at = (seconds: number) => new Date(Date.parse(decidedOn) + seconds * 1_000).toISOString();
    const judged = (state: 'won' | 'lost', closedOn: string | null, over: Partial<typeof mapping> = {}) =>
      isDecidedBeforeWin(approval, { state }, { ...mapping, ...over }, closedOn);
    expect([at(1), at(0), at(-1), null].map((closedOn) => judged('won', closedOn))).toEqual([true, true, false, false]);
    expect(judged('lost', at(1))).toBe(false);
    expect(judged('won', at(1), { completedOn: at(2) })).toBe(false);
    const against = { ...approval, decision: { ...approval.decision, deciderMayApprove: false } };
    expect(isDecidedBeforeWin(against, { state: 'won' }, mapping, at(1))).toBe(false);
    expect(refusedRequest(approval, may, { ...opportunity, state: 'won' }, mapping, true)).toBeNull();
  });

  test('of somebody without Write does not count, however it was decided (F-307)', () => {
    const stranger = { isService: false, mayWrite: false };
    expect(refusedRequest({ amount: cad(250_000), decision }, stranger, ...record(250_000))).toBe('write');
  });

  test('that is refused becomes inactive and is otherwise left as it was made; the requester is told (F-307)', () => {
    const refused = { id: COMMAND, need: 'write', amount: cad(1), requestedById: OPPORTUNITY, language: 3084 } as const;
    const world = linked(false);
    const [action] = plan({ ...world.crm(), refusedRequests: [refused] }, world.jira(), POLICY, world.now);
    const writes = action?.kind === 'dataverse.change-set' ? action.writes : [];
    expect(writes.map(({ table }) => table)).toEqual([
      'crmjira_budget_approval',
      'crmjira_command',
      'crmjira_integration_log',
    ]);
    expect(writes[0]).toMatchObject({ op: 'update', id: COMMAND });
    expect(writes[0]?.columns).toEqual({
      crmjira_decided_on: expect.any(String),
      crmjira_decision_comment: refusalText('write', 3084),
      statecode: 1,
      statuscode: 2,
    });
    expect(writes[1]?.columns).toMatchObject({
      crmjira_command_state: CommandState.Refused,
      crmjira_argument: `request ${COMMAND}`,
      crmjira_result: refusalText('write', 3084),
      'ownerid@odata.bind': `/systemusers(${OPPORTUNITY})`,
    });
  });

  test('that is refused leaves nothing pending; what was approved before still holds (F-102)', () => {
    const world = linked(true);
    world.write('opportunity', OPPORTUNITY, { crmjira_approval_status: ApprovalStatus.Pending });
    world.approval = null;
    world.settle();
    expect(world.row('opportunity')).toMatchObject({ crmjira_approval_status: ApprovalStatus.Approved });
    const draft = new World(250_000, POLICY);
    draft.write('opportunity', OPPORTUNITY, { crmjira_approval_status: ApprovalStatus.Pending });
    draft.settle();
    expect(draft.row('opportunity')).toMatchObject({ crmjira_approval_status: ApprovalStatus.NotRequested });
  });
});
