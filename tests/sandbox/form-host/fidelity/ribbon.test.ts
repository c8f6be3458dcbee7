/** @jest-environment jsdom */
import { PromisedRules } from '../../../../sandbox/src/form-host/client/form/ribbon';

const rule = {
  library: 'crmjira_/scripts/opportunity-commands.js',
  functionName: 'CrmJira.OpportunityCommands.canRetry',
  parameters: ['PrimaryControl'],
  invert: false,
};

test('H-98 a rule that promises its answer hides its button until then, and is asked once a version', async () => {
  const answers: ((value: boolean) => void)[] = [];
  const canRetry = jest.fn(() => new Promise((resolve) => answers.push(resolve)));
  Object.assign(window, { CrmJira: { OpportunityCommands: { canRetry } } });
  const changed = jest.fn();
  const rules = new PromisedRules(changed);
  expect(rules.holds(rule, 'form', '1')).toBe(false);
  expect(rules.holds(rule, 'form', '1')).toBe(false);
  answers[0]?.(true);
  await Promise.resolve();
  expect(changed).toHaveBeenCalledTimes(1);
  expect(rules.holds(rule, 'form', '1')).toBe(true);
  expect(canRetry).toHaveBeenCalledTimes(1);
  // the answer of before stands until there is another
  expect(rules.holds(rule, 'form', '2')).toBe(true);
  answers[1]?.(false);
  await Promise.resolve();
  expect(rules.holds(rule, 'form', '2')).toBe(false);
  expect(canRetry).toHaveBeenCalledTimes(2);
});
