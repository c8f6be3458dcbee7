import { type AllocationFacts, ApprovalStatus } from '@crmjira/domain';
import { cad, MANAGER, World } from './world';

const ALLOCATION = 'crmjira_resource_allocation';

const work = (person: string, hours: number, month = '2025-01-01'): AllocationFacts => ({
  month,
  personId: `account of ${person}`,
  person,
  hours,
  cost: cad(hours * 125),
});

function running(): World {
  const world = new World(250_000);
  world.settle();
  world.approval = { amount: 250_000, decision: { outcome: ApprovalStatus.Approved, by: MANAGER } };
  world.settle();
  world.allocation = [];
  return world;
}

/** Work of these people, and what it adds up to. */
function log(world: World, allocation: AllocationFacts[]): void {
  world.allocation = allocation;
  world.logHours(allocation.reduce((sum, { hours }) => sum + hours, 0));
}

const stored = (world: World): readonly unknown[] =>
  world
    .rows(ALLOCATION)
    .map((row) => [row.crmjira_month, row.crmjira_person, row.crmjira_hours, row.crmjira_cost])
    .sort();

const changeSetsWith = (world: World): readonly string[][] =>
  world.applied.flatMap((action) =>
    action.kind === 'dataverse.change-set' && action.writes.some(({ table }) => table === ALLOCATION)
      ? [action.writes.map(({ table }) => table)]
      : [],
  );

test('R-214 hours and cost by person and month come with the figures that they add up to, in one change set', () => {
  const world = running();
  log(world, [work('Mei Chen', 8), work('Luc Tremblay', 2.5), work('Mei Chen', 4, '2025-02-01')]);
  world.settle();
  expect(stored(world)).toEqual([
    ['2025-01-01', 'Luc Tremblay', 2.5, 312.5],
    ['2025-01-01', 'Mei Chen', 8, 1000],
    ['2025-02-01', 'Mei Chen', 4, 500],
  ]);
  expect(changeSetsWith(world)).toHaveLength(1);
  expect(changeSetsWith(world)[0]).toEqual(
    expect.arrayContaining(['crmjira_budget_mapping', 'crmjira_budget_snapshot', ALLOCATION]),
  );
});

test('R-214 what is unchanged is not written again, and work that moved to another person is written without new figures', () => {
  const world = running();
  log(world, [work('Mei Chen', 8), work('Luc Tremblay', 2)]);
  world.settle();
  log(world, [work('Mei Chen', 8), work('Luc Tremblay', 2), work('Inès Beaulieu', 1)]);
  world.settle();
  expect(
    changeSetsWith(world)
      .at(-1)
      ?.filter((table) => table === ALLOCATION),
  ).toHaveLength(1);
  // The worklogs of Luc are now those of Mei: the sum is the same.
  log(world, [work('Mei Chen', 10), work('Inès Beaulieu', 1)]);
  world.settle();
  expect(changeSetsWith(world).at(-1)).toEqual([ALLOCATION, ALLOCATION]);
  // Nobody may delete these rows: what is gone stays as nothing.
  expect(stored(world)).toContainEqual(['2025-01-01', 'Luc Tremblay', 0, 0]);
});

test('R-214 more person-months than one change set takes are brought by several', () => {
  const world = running();
  log(
    world,
    Array.from({ length: 450 }, (_, index) => work(`Person ${index}`, 1)),
  );
  world.settle();
  expect(stored(world)).toHaveLength(450);
  expect(changeSetsWith(world).map((tables) => tables.filter((table) => table === ALLOCATION).length)).toEqual([
    200, 200, 50,
  ]);
});

test('R-2304 where the source tells no persons, none are written', () => {
  const world = running();
  log(world, []);
  world.allocation = undefined;
  world.logHours(100);
  world.settle();
  expect(stored(world)).toEqual([]);
});
