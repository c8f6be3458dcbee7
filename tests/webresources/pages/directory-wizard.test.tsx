import '@testing-library/jest-dom';
import { fireEvent, screen, within } from '@testing-library/react';
import { CommandType, type EnteredIntegration } from '@crmjira/domain';
import { DirectoryWizard } from '../../../webresources/src/pages/integration-directory/directory-wizard';
import { newDirectory } from '../../../webresources/src/pages/integration-directory/new-directory';
import { enterPage } from '../../../webresources/src/pages/integrations/enter-page';
import {
  type Asked,
  type Desk,
  button,
  done,
  enter,
  field,
  leaveDesk,
  openDesk,
  openEntering,
  press,
  saved,
  tested,
} from './enter-desk';
import { idOf } from './jira-rows';

// What it does is tested with the service that opens it.
jest.mock('../../../webresources/src/sealed/seal-secret', () => ({ sealSecret: jest.fn(async () => 'sealed') }));

const page = enterPage(newDirectory, DirectoryWizard);
const SALES = 'CN=GRP-CRM-Sales,OU=Groups,DC=company,DC=com';
const PRINT = 'CN=GRP-Print,OU=Groups,DC=company,DC=com';
const RUN = idOf('dry run');
const PREVIEW = {
  refused: null,
  people: { read: 214, matched: 203, withoutUser: 11, ambiguous: 0, flagged: 1, disabledOnBothSides: 2 },
  counts: { added: 2, removed: 1, flagged: 1, losing: 1 },
  added: [{ teamId: idOf('Sales'), team: 'Sales Canada', userId: idOf('Hannah'), user: 'Hannah Weiss' }],
  removed: [{ teamId: idOf('Sales'), team: 'Sales Canada', userId: idOf('Yuki'), user: 'Yuki Tanaka' }],
  flagged: [{ dn: 'CN=B', upn: 'bertrand.cloutier@rideaulogic.example', user: 'Bertrand Cloutier' }],
  withoutUser: [{ dn: 'CN=X', upn: null, user: null }],
  teams: [{ name: 'Sales Canada', teamId: idOf('Sales'), wanted: 85, now: 84, added: 2, removed: 1 }],
  ...{ brake: 5, held: 0, wishes: '' },
};

let desk: Desk;
const of = (type: CommandType): readonly Asked[] => desk.asked.filter((one) => one.type === type);

beforeEach(() => {
  desk = openDesk();
  desk.rows['team'] = [
    { teamid: idOf('Sales'), name: 'Sales Canada' },
    { teamid: idOf('Service'), name: 'Customer Service' },
  ];
  const groups = [
    { dn: SALES, name: 'GRP-CRM-Sales' },
    { dn: PRINT, name: 'GRP-Print' },
  ];
  desk.answers = {
    [CommandType.SaveIntegration]: () => saved,
    [CommandType.SetActive]: () => saved,
    [CommandType.ConfirmRun]: () => done(null, 'Confirmed.'),
    [CommandType.Run]: () => done({ run: RUN, processed: 214, changed: 0, removed: 0, failed: 0, preview: PREVIEW }),
    // As the service does it: a test ends where what the next step needs is not entered.
    [CommandType.TestConnection]: ({ payload, sealed }) => {
      const { settings } = (payload ?? { settings: { baseDn: 'DC=company,DC=com' } }) as EnteredIntegration;
      const server = { issuer: 'RL Internal CA', validTo: '2025-11-02T12:00:00.000Z' };
      if (sealed === null && payload !== null && settings['baseDn'] === '')
        return tested(['server', 'sign-in'], server, 'Bind DN is not entered.');
      if (settings['baseDn'] === '') return tested(['server', 'sign-in', 'base'], server, 'Base DN is not entered.');
      return tested(['server', 'sign-in', 'base', 'users', 'groups'], { ...server, people: 214, groups });
    },
  };
});
afterEach(leaveDesk);

async function toMapping(): Promise<void> {
  await openEntering(page);
  enter(/^Server/, 'dc1.corp.rideaulogic.example');
  await press('Next: Sign-in');
  enter(/^Bind DN/, 'CN=svc-dynamics,DC=company,DC=com');
  enter(/^Password/, 'typed-password');
  await press('Next: Search');
  enter(/^Base DN/, 'DC=company,DC=com');
  enter(/^User search/, 'OU=Users,DC=company,DC=com');
  enter(/^Group search/, 'OU=Groups,DC=company,DC=com');
  await press('Next: Mapping');
}

test('R-1604 R-1605 R-1621 a directory is connected: tested step by step, mapped, run dry, confirmed and activated', async () => {
  await toMapping();
  expect(screen.getByText('214 accounts and 2 groups found.')).toBeInTheDocument();
  expect(JSON.stringify(desk.asked)).not.toContain('typed-password');
  expect(JSON.stringify(desk.asked)).not.toContain('svc-dynamics');
  await press('Next: Dry run');
  expect(screen.getByText('Choose a team for at least one group.')).toBeInTheDocument();
  enter('Team of GRP-CRM-Sales', idOf('Sales'));
  expect(screen.getByText('1 group has no team: GRP-Print.')).toBeInTheDocument();
  await press('Next: Dry run');
  expect(of(CommandType.SaveIntegration).at(-1)?.payload).toMatchObject({
    ...{ provider: 'ad', name: 'dc1.corp.rideaulogic.example', everyMinutes: 240 },
    settings: { groups: [{ groupDn: SALES, teamId: idOf('Sales') }], port: 636, protection: 'ldaps', brakePercent: 5 },
  });
  expect(of(CommandType.Run).map(({ payload }) => payload)).toEqual([{ mode: 'dry-run' }]);

  expect(screen.getByText('Nothing has been changed')).toBeInTheDocument();
  expect(screen.getByText('of 214 accounts, by mail or UPN')).toBeInTheDocument();
  expect(screen.getByText('Bertrand Cloutier')).toBeInTheDocument();
  expect(screen.getByText(/^This person can still sign in to Dynamics\..* 2 more are disabled/)).toBeInTheDocument();
  fireEvent.click(button('To be removed from teams (1)'));
  expect(screen.getByText('Removes from Sales Canada')).toBeInTheDocument();
  const teams = screen.getByRole('table', { name: 'Teams that change' });
  expect(within(teams).getAllByRole('row').at(-1)).toHaveTextContent('Total858421');

  await press('Next: Activate');
  expect(
    screen.getByText(
      /^Every 4 hours, the first run within a minute\..*: 2 added to teams, 1 removed, 1 user flagged\.$/,
    ),
  ).toBeInTheDocument();
  expect(screen.getByText(/^1 person loses the access of 1 team: Sales Canada\./)).toBeInTheDocument();
  await press('Activate');
  expect(of(CommandType.SetActive)).toEqual([]);
  fireEvent.click(field('I have read the dry run'));
  await press('Activate');
  expect(of(CommandType.SetActive)).toHaveLength(1);
  expect(of(CommandType.ConfirmRun).map(({ regarding }) => regarding)).toEqual([`crmjira_sync_log(${RUN})`]);
  expect(button('Open the dashboard')).toBeInTheDocument();
});

test('R-1604 R-1605 the server step names its certificate, and refuses port 389 without StartTLS before anything is sent', async () => {
  await openEntering(page);
  enter(/^Server/, 'dc1.corp.rideaulogic.example');
  enter(/^Port/, '389');
  await press('Next: Sign-in');
  expect(screen.getAllByText('Port 389 without StartTLS is not allowed.')).toHaveLength(2);
  expect(screen.getByText(/^Passwords would travel unprotected\./)).toBeInTheDocument();
  expect(desk.asked).toEqual([]);
  enter(/^Protection/, 'start-tls');
  await press('Next: Sign-in');
  expect(screen.getByText('The server answers with a trusted certificate.')).toBeInTheDocument();
  expect(
    screen.getByText('dc1.corp.rideaulogic.example, issued by RL Internal CA, valid until Nov 2, 2025.'),
  ).toBeInTheDocument();
});

test('R-1604 a refused sign-in stands at the password and in the words of the service; nothing goes on', async () => {
  await openEntering(page);
  enter(/^Server/, 'dc1.corp.rideaulogic.example');
  await press('Next: Sign-in');
  desk.answers[CommandType.TestConnection] = () =>
    tested(['server', 'sign-in'], {}, 'The directory refused the sign-in.', 'Check the distinguished name.');
  enter(/^Bind DN/, 'CN=svc');
  enter(/^Password/, 'wrong');
  await press('Test sign-in');
  expect(screen.getByText('The directory refused the sign-in.')).toBeInTheDocument();
  expect(screen.getByText('Nothing was saved. Check the distinguished name.')).toBeInTheDocument();
  expect(field(/^Password/)).toHaveAccessibleDescription('Name or password refused (49).');
  expect(field(/^Password/)).toHaveFocus();
  await press('Next: Search');
  expect(screen.getByText('Step 2 of 6')).toBeInTheDocument();
});

test('R-1605 what an incomplete answer of the directory leads to is said, and cannot be activated', async () => {
  await toMapping();
  enter('Team of GRP-CRM-Sales', idOf('Sales'));
  desk.answers[CommandType.Run] = () =>
    done({ run: RUN, processed: 0, changed: 0, removed: 0, failed: 0, preview: { ...PREVIEW, refused: 'cut-off' } });
  await press('Next: Dry run');
  expect(screen.getByText('The directory did not answer whole: nothing is planned.')).toBeInTheDocument();
  await press('Next: Activate');
  expect(screen.getByText('Step 5 of 6')).toBeInTheDocument();
});
