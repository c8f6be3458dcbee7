import { CommandState, CommandType } from '@crmjira/domain';
import { askAbout } from '../../webresources/src/commands/ask-about';

let looks: number;
let state: CommandState;

beforeEach(() => {
  jest.useFakeTimers();
  looks = 0;
  state = CommandState.Running;
  const retrieveRecord = async () => {
    looks += 1;
    return { crmjira_command_state: state };
  };
  Object.assign(globalThis, { Xrm: { WebApi: { createRecord: async () => ({ id: 'new' }), retrieveRecord } } });
});
afterEach(() => jest.useRealTimers());

const wanted = { regarding: { table: 'product', id: 'p' }, type: CommandType.FindIssues, name: 'Find' };
const looksIn = async (milliseconds: number): Promise<number> => {
  const before = looks;
  await jest.advanceTimersByTimeAsync(milliseconds);
  return looks - before;
};

test('R-1707 R-1804 an answer is looked for each half second for ten seconds, then rarely, until it is there', async () => {
  const asked = askAbout(wanted, () => true);
  expect(await looksIn(10_000)).toBe(20);
  expect(await looksIn(40_000)).toBe(10);
  state = CommandState.Done;
  await looksIn(4_000);
  await expect(asked).resolves.toMatchObject({ state: CommandState.Done });
  expect(await looksIn(60_000)).toBe(0);
});

test('R-1707 R-1804 nobody looks any more once nobody waits, nor for ever', async () => {
  let isWanted = true;
  const left = askAbout(wanted, () => isWanted);
  await looksIn(1_000);
  isWanted = false;
  await looksIn(500);
  await expect(left).resolves.toMatchObject({ state: CommandState.Running });
  const forgotten = askAbout(wanted, () => true);
  await looksIn(21 * 60_000);
  await expect(forgotten).resolves.toMatchObject({ state: CommandState.Running });
  expect(await looksIn(60_000)).toBe(0);
});
