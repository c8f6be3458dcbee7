import '@testing-library/jest-dom';
import { screen } from '@testing-library/react';
import { CommandType, type EnteredIntegration } from '@crmjira/domain';
import { JiraWizard } from '../../../webresources/src/pages/integration-jira/jira-wizard';
import { newJira } from '../../../webresources/src/pages/integration-jira/new-jira';
import { enterPage } from '../../../webresources/src/pages/integrations/enter-page';
import { sealSecret } from '../../../webresources/src/sealed/seal-secret';
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
  pass,
  press,
  refusedAnswer,
  saved,
  tested,
} from './enter-desk';

// What it does is tested with the service that opens it.
jest.mock('../../../webresources/src/sealed/seal-secret', () => ({ sealSecret: jest.fn(async () => 'sealed') }));

const page = enterPage(newJira, JiraWizard);
const SUPPORT = { key: 'SUPPORT', name: 'Support', mayCreate: true, issueTypes: ['Bug', 'Task'] };
const OPS = { key: 'OPS', name: 'Operations', mayCreate: false, issueTypes: ['Task'] };
const FOUND = { deployment: 'cloud', displayName: 'CRM Integration', projects: [SUPPORT, OPS], issues: 1_100 };

let desk: Desk;
const of = (type: CommandType): readonly Asked[] => desk.asked.filter((one) => one.type === type);
const enteredIn = (asked: Asked | undefined): EnteredIntegration => asked?.payload as EnteredIntegration;

beforeEach(() => {
  desk = openDesk();
  desk.answers = {
    [CommandType.SaveIntegration]: () => saved,
    [CommandType.SetActive]: () => saved,
    // As the service does it: without a sign-in the test ends where that would be next.
    [CommandType.TestConnection]: ({ payload, sealed }) =>
      payload === null || sealed !== null
        ? tested(['reach', 'product', 'sign-in', 'permissions'], FOUND)
        : tested(['reach', 'product', 'sign-in'], { deployment: 'cloud' }, 'No sign-in was entered.'),
  };
});
afterEach(leaveDesk);

async function throughSignIn(): Promise<void> {
  await openEntering(page);
  enter(/^Name/, 'Prairie Power Jira');
  enter(/^Base URL/, 'https://prairiepower.atlassian.net');
  await press('Next: Sign-in');
  enter(/^Username/, 'integration@rideaulogic.example');
  enter(/^API token/, 'typed-token');
  await press('Next: Test');
}

test('R-1606 R-1621 a Jira site is connected in five steps, and active only after a passed test of what is saved', async () => {
  await openEntering(page);
  expect(screen.getByText('Step 1 of 5')).toBeInTheDocument();
  await press('Next: Sign-in');
  // Nothing is asked of the service before there is something to ask about.
  expect(desk.asked).toEqual([]);
  expect(field(/^Name/)).toHaveFocus();
  expect(field(/^Name/)).toHaveAccessibleDescription('A value is required here.');

  enter(/^Name/, 'Prairie Power Jira');
  enter(/^Base URL/, 'https://prairiepower.atlassian.net');
  await press('Next: Sign-in');
  expect(screen.getByText('This is a Jira Cloud site.')).toBeInTheDocument();
  enter(/^Username/, 'integration@rideaulogic.example');
  enter(/^API token/, 'typed-token');
  await press('Next: Test');
  expect(sealSecret).toHaveBeenCalledWith(
    { keyId: 'key', publicKey: 'public' },
    expect.objectContaining({ targetHost: 'prairiepower.atlassian.net' }),
    '{"token":"typed-token"}',
  );
  expect(JSON.stringify(desk.asked)).not.toContain('typed-token');
  for (const line of [
    'Reached in 0.42 s, certificate trusted',
    'Signed in as CRM Integration',
    'Sees 2 projects: SUPPORT, OPS',
    'May create and edit issues in SUPPORT',
    'May not create issues in OPS',
  ])
    expect(screen.getByText(line)).toBeInTheDocument();

  await press('Next: Defaults');
  enter(/^Project key/, 'SUPPORT');
  expect(screen.getByText('SUPPORT offers Bug, Task.')).toBeInTheDocument();
  enter(/^Issue type/, 'Task');
  enter(/^Records a batch/, '50');
  await press('Next: Activate');
  expect(screen.getByText(/The first sync reads 2 projects and about 1,100 issues/)).toBeInTheDocument();
  expect(screen.getByText('It can be activated.')).toBeInTheDocument();
  // What is tested last is what is saved.
  expect(desk.asked.slice(-2).map(({ type, payload }) => [type, payload === null])).toEqual([
    [CommandType.SaveIntegration, false],
    [CommandType.TestConnection, true],
  ]);
  expect(enteredIn(of(CommandType.SaveIntegration).at(-1))).toMatchObject({
    ...{ provider: 'jira', name: 'Prairie Power Jira', everyMinutes: 15, batchSize: 50 },
    settings: { url: 'https://prairiepower.atlassian.net', projectKey: 'SUPPORT', issueType: 'Task' },
  });
  expect(of(CommandType.SetActive)).toEqual([]);
  await press('Activate');
  expect(of(CommandType.SetActive).map(({ payload }) => payload)).toEqual([{ active: true }]);
  await press('Open the dashboard');
  expect(desk.opened).toEqual(['crmjira_/pages/integrations-dashboard.html']);
  // All of it was about one integration, whose id the page has chosen.
  expect(new Set(desk.asked.map(({ regarding }) => regarding)).size).toBe(1);
});

test('R-1602 each finished step is kept as a draft, which is taken up where its secret is stored', async () => {
  await throughSignIn();
  const drafts = of(CommandType.SaveIntegration);
  expect(drafts.map(({ sealed }) => sealed)).toEqual([null, 'sealed']);
  expect(screen.getByText(/^Saved as a draft .*Inactive until the last step\.$/)).toBeInTheDocument();
  await press('Back');
  expect(field(/^API token/)).toHaveAttribute('placeholder', 'Stored. Enter a new one to replace it.');
  expect(field(/^API token/)).toHaveValue('');
  await press('Save and close');
  expect(of(CommandType.SaveIntegration).at(-1)?.sealed).toBeNull();
  expect(desk.opened).toEqual(['crmjira_/pages/integrations-list.html']);
});

test('R-1606 a refused sign-in is said in the service’s words, and what was typed stays', async () => {
  desk.answers[CommandType.TestConnection] = ({ sealed }) =>
    sealed === null
      ? tested(['reach', 'product', 'sign-in'], { deployment: 'cloud' }, 'x')
      : tested(['reach', 'product', 'sign-in'], {}, 'Jira refused the sign-in (401).', 'Check the username.');
  await throughSignIn();
  expect(screen.getByText('Jira refused the sign-in (401).')).toBeInTheDocument();
  expect(screen.getByText('Nothing was saved. Check the username.')).toBeInTheDocument();
  expect(field(/^API token/)).toHaveValue('typed-token');
  expect(screen.getByText('Step 2 of 5')).toBeInTheDocument();
});

test('R-1606 the types of a project are asked for once it is chosen, in the background, and offered', async () => {
  const unasked = { ...SUPPORT, mayCreate: null, issueTypes: [] };
  desk.answers[CommandType.TestConnection] = ({ payload, sealed }) => {
    const isChosen = (payload as EnteredIntegration).settings['projectKey'] === 'SUPPORT';
    if (!isChosen && sealed === null) return tested(['reach', 'product', 'sign-in'], { deployment: 'cloud' }, 'x');
    return tested(['reach', 'product', 'sign-in', 'permissions'], {
      ...{ ...FOUND, projects: [isChosen ? SUPPORT : unasked] },
    });
  };
  await throughSignIn();
  await press('Next: Defaults');
  expect(field(/^Issue type/)).toHaveProperty('tagName', 'INPUT');
  const tests = of(CommandType.TestConnection).length;
  enter(/^Project key/, 'SUPPORT');
  await pass();
  expect(of(CommandType.TestConnection)).toHaveLength(tests + 1);
  expect(screen.getAllByRole('option', { name: /^(Bug|Task)$/ })).toHaveLength(2);
  await pass();
  // Asked once.
  expect(of(CommandType.TestConnection)).toHaveLength(tests + 1);
});

test('R-1621 what the service refuses stands at its field; settings changed after the test are tested anew', async () => {
  await throughSignIn();
  await press('Next: Defaults');
  enter(/^Project key/, 'SUPPORT');
  enter(/^Issue type/, 'Task');
  enter(/^Sync every/, '2');
  desk.answers[CommandType.SaveIntegration] = () =>
    refusedAnswer({
      ...{ integration: 'id', isSaved: false, test: null },
      problems: [{ path: 'everyMinutes', code: 'range', says: 'Between 5 and 1,440.' }],
    });
  await press('Next: Activate');
  expect(field(/^Sync every/)).toHaveFocus();
  expect(field(/^Sync every/)).toBeInvalid();
  expect(screen.getByText('Step 4 of 5')).toBeInTheDocument();
  desk.answers[CommandType.SaveIntegration] = () => saved;
  enter(/^Sync every/, '15');
  await press('Next: Activate');
  await press('Back');
  enter(/^Records a batch/, '10');
  const tests = of(CommandType.TestConnection).length;
  await press('Next: Activate');
  expect(of(CommandType.TestConnection)).toHaveLength(tests + 1);
  expect(button('Activate')).toHaveAttribute('aria-disabled', 'false');
});

test('R-1622 help says where a token is made, for the kind of site that was found, in both languages', async () => {
  desk.answers[CommandType.TestConnection] = () => tested(['reach', 'product', 'sign-in'], { deployment: 'dc' }, 'x');
  await openEntering(page, { language: 3084 });
  enter(/^Nom/, 'Usine');
  enter(/^URL de base/, 'https://jira.plant.example');
  expect(button('Enregistrer et fermer')).toBeInTheDocument();
  await press('Suivant\u00a0: Authentification');
  expect(screen.getByText('C’est un site Jira Data Center.')).toBeInTheDocument();
  expect(screen.getByText(/profil, jetons d’accès personnels/)).toBeInTheDocument();
  expect(screen.queryByLabelText(/^Nom d’utilisateur/)).not.toBeInTheDocument();
});

test('R-1606 a site that tells nothing before somebody has signed in is signed in to all the same', async () => {
  const refused = 'Jira refused the sign-in (401).';
  const answer = { ok: false, steps: [{ name: 'reach', ok: false, ms: 30 }], found: {}, says: refused };
  desk.answers[CommandType.TestConnection] = () =>
    done({ ...answer, fault: { name: 'credentials', args: {} }, remedy: 'Nothing was saved. Check the username.' });
  await openEntering(page);
  enter(/^Name/, 'Plant');
  enter(/^Base URL/, 'https://jira.plant.example');
  await press('Next: Sign-in');
  expect(screen.getByText('Step 2 of 5')).toBeInTheDocument();
  enter(/^Personal access token/, 'typed-token');
  await press('Next: Test');
  expect(screen.getByText('Nothing was saved. Check the username.')).toBeInTheDocument();
  expect(screen.getByText('Step 2 of 5')).toBeInTheDocument();
});

test('R-1602 a person without the role is told which one is needed, and a draft that is gone says so', async () => {
  desk.answers[CommandType.TestConnection] = () => ({
    ...refusedAnswer(null, 'Only an administrator may do that.'),
  });
  await openEntering(page);
  enter(/^Name/, 'X');
  enter(/^Base URL/, 'https://x.atlassian.net');
  await press('Next: Sign-in');
  expect(screen.getByText('Only an administrator may do that.')).toBeInTheDocument();
  expect(screen.getByText('Step 1 of 5')).toBeInTheDocument();
});

test('R-1602 an address that names an integration that is gone says so', async () => {
  await openEntering(page, { recordId: 'b1f7a1de-0000-4000-8000-000000000000' });
  await pass();
  expect(screen.getByText('This integration does not exist any more.')).toBeInTheDocument();
});
