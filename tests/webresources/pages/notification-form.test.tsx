import '@testing-library/jest-dom';
import * as React from 'react';
import { fireEvent, screen } from '@testing-library/react';
import { CommandType, type EnteredIntegration, notificationEvents, notificationNames } from '@crmjira/domain';
import { newNotification, originOf } from '../../../webresources/src/pages/integration-notification/new-notification';
import { NotificationForm } from '../../../webresources/src/pages/integration-notification/notification-form';
import { enterPage } from '../../../webresources/src/pages/integrations/enter-page';
import { sealSecret } from '../../../webresources/src/sealed/seal-secret';
import {
  type Asked,
  type Desk,
  button,
  enter,
  field,
  leaveDesk,
  openDesk,
  openEntering,
  press,
  saved,
  tested,
} from './enter-desk';

// What it does is tested with the service that opens it.
jest.mock('../../../webresources/src/sealed/seal-secret', () => ({ sealSecret: jest.fn(async () => 'sealed') }));

const page = enterPage(newNotification, (props) => <NotificationForm {...props} />);
let desk: Desk;
const of = (type: CommandType): readonly Asked[] => desk.asked.filter((one) => one.type === type);

beforeEach(() => {
  desk = openDesk();
  desk.answers = {
    [CommandType.SaveIntegration]: () => saved,
    [CommandType.SetActive]: () => saved,
    [CommandType.TestConnection]: () => tested(['reach']),
  };
});
afterEach(leaveDesk);

test('R-2024 a channel of Slack is entered, saved, tried and activated; only the host of its address is not sealed', async () => {
  await openEntering(page);
  await press('Save');
  expect(of(CommandType.SaveIntegration)).toHaveLength(0);
  expect(field(/^Name/)).toHaveFocus();
  enter(/^Name/, 'Delivery channel');
  fireEvent.change(screen.getByLabelText('Product'), { target: { value: 'slack' } });
  enter(/^Webhook address/, 'no address');
  await press('Save');
  expect(screen.getByText('An address that begins with https:// is needed.')).toBeInTheDocument();
  enter(/^Webhook address/, 'https://hooks.slack.com/services/team/app/the-token');
  expect(field(/^Webhook address/)).toHaveAttribute('type', 'password');
  expect(screen.getByText('hooks.slack.com')).toBeInTheDocument();
  await press('Save');
  expect(screen.getByText('Choose at least one event.')).toBeInTheDocument();
  for (const event of ['run.failed', 'budget.alert'] as const)
    fireEvent.click(screen.getByRole('checkbox', { name: notificationNames[event][1033] }));
  await press('Save');
  const [wanted] = of(CommandType.SaveIntegration);
  const payload = wanted?.payload as EnteredIntegration;
  expect(payload).toMatchObject({
    provider: 'notification',
    name: 'Delivery channel',
    everyMinutes: null,
    settings: {
      adapter: 'slack',
      url: 'https://hooks.slack.com',
      events: ['budget.alert', 'run.failed'],
      language: 1033,
    },
  });
  expect(sealSecret).toHaveBeenCalledWith(
    expect.anything(),
    expect.objectContaining({ targetHost: 'hooks.slack.com' }),
    '{"address":"https://hooks.slack.com/services/team/app/the-token"}',
  );
  expect(JSON.stringify(desk.asked)).not.toContain('the-token');
  // What is saved has been tried with a message.
  expect(of(CommandType.TestConnection)).toHaveLength(1);
  await press('Activate');
  expect(of(CommandType.SetActive)).toMatchObject([{ payload: { active: true } }]);
});

test('R-2027 a custom webhook needs a signing secret, which the page makes and shows once', async () => {
  await openEntering(page);
  enter(/^Name/, 'Ours');
  fireEvent.change(screen.getByLabelText('Product'), { target: { value: 'custom' } });
  enter(/^Webhook address/, 'https://ours.example/hook');
  fireEvent.click(screen.getByRole('checkbox', { name: notificationNames['connection.down'][1033] }));
  await press('Send a test');
  expect(of(CommandType.TestConnection)).toHaveLength(0);
  fireEvent.click(button('Make a new secret'));
  const made = screen.getByRole('textbox', { name: 'Signing secret' });
  expect(made).toHaveAttribute('readonly');
  const { value } = made as HTMLInputElement;
  expect(value).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
  await press('Send a test');
  expect(of(CommandType.TestConnection)).toHaveLength(1);
  expect(sealSecret).toHaveBeenLastCalledWith(
    expect.anything(),
    expect.objectContaining({ targetHost: 'ours.example' }),
    JSON.stringify({ address: 'https://ours.example/hook', signing: value }),
  );
  expect(JSON.stringify(desk.asked)).not.toContain(value);
});

test('R-2024 every event can be chosen, and nothing is before somebody does', async () => {
  await openEntering(page);
  for (const event of notificationEvents)
    expect(screen.getByRole('checkbox', { name: notificationNames[event][1033] })).not.toBeChecked();
});

test.each([
  ['https://hooks.slack.com/services/x', 'https://hooks.slack.com'],
  [
    'https://x.environment.api.powerplatform.com:443/powerautomate?sig=1',
    'https://x.environment.api.powerplatform.com',
  ],
  ['javascript:alert(1)', ''],
  ['hooks.slack.com/services', ''],
])('R-2024 of the address %s only its scheme and host are kept beside the secret', (address, origin) => {
  expect(originOf(address)).toBe(origin);
});
