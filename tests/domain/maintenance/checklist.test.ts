import {
  checklist,
  errorsToEscalate,
  escalationTask,
  growthPercent,
  periodOf,
  renewalTask,
  rotationTask,
  scalingTask,
  tuningTask,
} from '@crmjira/domain';

test('R-1505 every item is a job or is signed off, and R-1508 leads to an action', () => {
  expect(new Set(checklist.map(({ id }) => id)).size).toBe(checklist.length);
  for (const item of checklist) {
    expect(['job', 'sign-off']).toContain(item.by);
    expect(item.action.length).toBeGreaterThan(10);
  }
});

test.each([
  ['R-1501', ['flow-health', 'gateway-status', 'budget-accuracy']],
  ['R-1502', ['error-log', 'performance']],
  ['R-1503', ['certificates', 'token-rotation', 'log-archive', 'test-records']],
  ['R-1504', ['growth', 'tuning', 'backup-restore', 'gateway-failover', 'disaster-recovery']],
  ['R-1837', ['api-changes']],
])('the items of %s are all there', (requirement, wanted) => {
  expect(checklist.filter((item) => item.requirement === requirement).map(({ id }) => id)).toEqual(wanted);
});

test('a period is the day, the Monday of its week, or the month', () => {
  expect(periodOf('daily', '2025-01-19')).toBe('2025-01-19');
  expect(periodOf('weekly', '2025-01-19')).toBe('2025-01-13');
  expect(periodOf('weekly', '2025-01-20')).toBe('2025-01-20');
  expect(periodOf('weekly', '2025-03-01')).toBe('2025-02-24');
  expect(periodOf('monthly', '2025-01-31')).toBe('2025-01');
});

test('R-1508 an error is escalated on its third day running', () => {
  const seen = new Map([
    ['three', new Set(['2025-02-27', '2025-02-28', '2025-03-01'])],
    ['gap', new Set(['2025-02-26', '2025-02-27', '2025-03-01'])],
    ['over', new Set(['2025-02-26', '2025-02-27', '2025-02-28'])],
    ['today', new Set(['2025-03-01'])],
  ]);
  expect(errorsToEscalate(seen, '2025-03-01')).toEqual(['three']);
});

test('growth is told against the month before, or not at all', () => {
  expect(growthPercent(150, 100)).toBe(50);
  expect(growthPercent(5, 0)).toBeNull();
  expect(growthPercent(5, null)).toBeNull();
});

test('F-117 tasks of the plan speak both languages, and say the same figures in each', () => {
  const growth = { runs: 900, byRuns: 80, mappings: 40, byMappings: null };
  const sides = [{ side: 'Jira', calls: 12, average: 1.5 }];
  const tasks = [renewalTask('certificate', 'proxy', -1), rotationTask('JIRA_API_TOKEN', 91), scalingTask(growth)];
  for (const { subject, description } of [...tasks, tuningTask(sides), escalationTask(3, 'Jira refused project #')]) {
    expect(subject).toMatch(/^.+ \/ .+$/);
    expect(description.split('\n').length).toBeGreaterThan(1);
  }
  expect(scalingTask(growth).description).toContain(
    '900 runs in 30 days (+80 %), 40 mappings (nothing to compare with).',
  );
  expect(scalingTask(growth).description).toContain('900 exécutions en 30 jours (+80\u00a0%), 40 liens budgétaires');
  expect(tuningTask(sides).description).toContain('Jira 1,500\u00a0s sur 12 appels');
});
