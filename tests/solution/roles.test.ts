import { ADMINISTRATOR, APPROVER, BESIDE, MATRIX, PROCESS, ROLES, SERVICE, USER, VERBS, VIEWER } from './role-matrix';
import { solution } from './solution-folder';

const VERB_PATTERN = /^prv(Create|Read|Write|Delete|AppendTo|Append|Assign|Share)(.+)$/;

function privilegesOf(name: string) {
  const role = solution.roles.find((candidate) => candidate.name === name);
  if (role === undefined) throw new Error(`There is no role ${name}.`);
  return role.privileges.map((privilege) => {
    const [, verb, table] = VERB_PATTERN.exec(privilege.name) ?? [];
    return { ...privilege, verb, table };
  });
}

test.each(MATRIX)('%s on %s: %s at %s (%s)', (role, table, verbs, depth) => {
  const actual = privilegesOf(role).filter((privilege) => privilege.table === table);
  expect(actual.map(({ verb }) => verb).sort()).toEqual([...verbs].map((letter) => VERBS[letter]).sort());
  for (const privilege of actual) expect(privilege.depth).toBe(depth);
});

test('no person may change or delete a request or a decision, or delete a log row; the service tells in a request what was decided (F-104)', () => {
  const forbidden = /^prv(Write|Delete)crmjira_budget_(approval|decision)$|^prvDeletecrmjira_integration_log$/;
  for (const { name, privileges } of solution.roles) {
    expect([name, privileges.map((privilege) => privilege.name).filter((text) => forbidden.test(text))]).toEqual([
      name,
      name === SERVICE ? ['prvWritecrmjira_budget_approval'] : [],
    ]);
  }
});

test('no role may share or assign', () => {
  const names = solution.roles.flatMap(({ name }) => privilegesOf(name)).map(({ verb }) => verb);
  expect(names).not.toContain('Share');
  expect(names).not.toContain('Assign');
});

test.each(ROLES)('%s is granted nothing that stands in no row of the matrix (D-9, R-1226)', (role) => {
  const rows = MATRIX.filter(([of]) => of === role);
  const inRows = rows.flatMap(([, table, letters]) => [...letters].map((letter) => `prv${VERBS[letter]}${table}`));
  const others = privilegesOf(role).filter(({ name }) => !inRows.includes(name));
  const beside = BESIDE[role] ?? [];
  expect(others.map(({ name, depth }) => `${name} ${depth}`).sort()).toEqual(
    beside.map((name) => `${name} Global`).sort(),
  );
});

test.each([ADMINISTRATOR, USER])('%s may go through the process', (role) => {
  const verbs = privilegesOf(role)
    .filter(({ table }) => table === PROCESS)
    .map(({ verb }) => verb);
  expect(verbs).toEqual(expect.arrayContaining(['Create', 'Read', 'Write']));
});

test('only the five roles of the data model exist', () => {
  expect(solution.roles.map(({ name }) => name)).toEqual([ADMINISTRATOR, USER, APPROVER, SERVICE, VIEWER].sort());
});
