import '@testing-library/jest-dom';
import * as React from 'react';
import { act, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { CommandState, CommandType, ProvisioningState, writeCandidates } from '@crmjira/domain';
import { LinkPage } from '../../../webresources/src/pages/link-project/link-page';
import { linkProjectTexts } from '../../../webresources/src/strings/generated/link-project';
import { pageFormat } from '../../../webresources/src/pages/platform/page-format';

const ID = 'a1b2c3d4-e5f6-7890-abcd-ef1234567890';
const HOSTILE = '<img src=x onerror=alert(1)> \u202etxet 🎉';

interface Command {
  readonly crmjira_command_type: number;
  readonly crmjira_argument: string;
}

let world: {
  record: Record<string, unknown>;
  picker: string;
  /** mappings of the record, as far as the person may read them */
  mappings: () => readonly Record<string, unknown>[];
  commands: Command[];
  /** what a command is answered with; null: nothing yet */
  answer: (command: Command) => { readonly state: number; readonly result: string } | null;
  refusal: unknown;
  unreachable: boolean;
};

const candidates = writeCandidates({
  projects: [
    { id: '1', key: 'ALPHA', name: 'Alpha', linked: false },
    { id: '2', key: 'EVIL', name: HOSTILE, linked: false },
    { id: '3', key: 'TAKEN', name: 'Alphabet', linked: true },
  ],
  more: false,
});
const found = { state: CommandState.Done, result: candidates };
const searchesOf = () => world.commands.filter((one) => one.crmjira_command_type === CommandType.FindProjects);
const linksOf = () => world.commands.filter((one) => one.crmjira_command_type === CommandType.LinkProject);

beforeEach(() => {
  jest.useFakeTimers();
  jest.spyOn(console, 'error').mockImplementation(() => undefined);
  world = {
    record: { name: 'Alpha', statecode: 0, crmjira_jira_project_key: null },
    picker: 'yes',
    mappings: () => [],
    commands: [],
    answer: () => found,
    refusal: null,
    unreachable: false,
  };
  Object.assign(globalThis, {
    Xrm: {
      WebApi: {
        createRecord: async (_table: string, row: Command) => {
          if (world.refusal) throw world.refusal;
          world.commands.push(row);
          return { id: String(world.commands.length - 1) };
        },
        retrieveRecord: async (table: string, id: string) => {
          if (world.unreachable) throw new Error('away');
          if (table === 'opportunity') return world.record;
          const command = world.commands[Number(id)];
          const answer = command ? world.answer(command) : null;
          return { crmjira_command_state: answer?.state ?? CommandState.Requested, crmjira_result: answer?.result };
        },
        retrieveMultipleRecords: async (table: string) => ({
          entities:
            table === 'crmjira_budget_mapping'
              ? world.mappings()
              : [
                  {
                    schemaname: 'crmjira_ProjectPicker',
                    defaultvalue: 'no',
                    environmentvariabledefinition_environmentvariablevalue: [{ value: world.picker }],
                  },
                ],
        }),
      },
    },
  });
});
afterEach(() => jest.useRealTimers());

const pass = (milliseconds: number) => act(async () => void (await jest.advanceTimersByTimeAsync(milliseconds)));
const user = () => userEvent.setup({ advanceTimers: (ms) => void jest.advanceTimersByTime(ms) });

async function open(language: 1033 | 3084 = 1033, recordId: string | null = ID) {
  const settings = { language, theme: null, recordId };
  render(<LinkPage facts={{ language, format: pageFormat(language, () => 0), dark: false, settings }} />);
  await pass(0);
}

describe('R-2303 choosing an existing project', () => {
  test('one search serves the dialog; the keyboard finds, skips what is taken, and links', async () => {
    await open();
    await pass(1_000);
    expect(screen.getByText('3 projects found.')).toBeInTheDocument();
    const field = screen.getByRole('combobox', { name: 'Jira project' });
    const keys = user();
    await keys.click(field);
    await keys.type(field, 'alpha');
    await pass(1_000);
    expect(field).toHaveAttribute('aria-expanded', 'true');
    const options = screen.getAllByRole('option');
    expect(options.map((option) => option.textContent)).toEqual([
      'ALPHA Alpha',
      'TAKEN Alphabet linked to another opportunity',
    ]);
    expect(options[1]).toHaveAttribute('aria-disabled', 'true');
    await keys.keyboard('{ArrowUp}{Enter}');
    // The last is taken: it can be heard, not chosen.
    expect(field).toHaveAttribute('aria-activedescendant', options[1]?.id);
    expect(field).toHaveValue('alpha');
    await keys.keyboard('{ArrowDown}{Enter}');
    expect(field).toHaveValue('[ALPHA] Alpha');
    expect(field).toHaveAttribute('aria-expanded', 'false');
    world.answer = () => ({ state: CommandState.Done, result: 'Done.' });
    await keys.click(screen.getByRole('button', { name: 'Link' }));
    expect(screen.getByText('Linking ALPHA…')).toBeInTheDocument();
    await pass(1_000);
    expect(screen.getByText('The Jira project ALPHA is linked.')).toBeInTheDocument();
    expect(searchesOf()).toHaveLength(1);
    expect(linksOf()).toEqual([
      expect.objectContaining({
        'crmjira_opportunity_id@odata.bind': `/opportunities(${ID})`,
        crmjira_argument: 'ALPHA',
        crmjira_command_state: CommandState.Requested,
      }),
    ]);
    expect(screen.queryByRole('combobox')).toBeNull();
  });

  test('Escape closes the list, then empties the field', async () => {
    await open();
    await pass(1_000);
    const field = screen.getByRole('combobox');
    const keys = user();
    await keys.type(field, 'a');
    await pass(1_000);
    await keys.keyboard('{Escape}');
    expect([field.getAttribute('aria-expanded'), (field as HTMLInputElement).value]).toEqual(['false', 'a']);
    await keys.keyboard('{Escape}');
    expect(field).toHaveValue('');
  });

  test('a name from Jira is text, whatever stands in it', async () => {
    await open();
    await pass(1_000);
    await user().click(screen.getByRole('button', { name: 'Show projects' }));
    expect(screen.getByText(HOSTILE).tagName).toBe('BDI');
    expect(document.querySelector('img')).toBeNull();
  });

  test('nothing is sent before something is chosen', async () => {
    await open();
    await pass(1_000);
    await user().type(screen.getByRole('combobox'), 'nowhere');
    await pass(1_000);
    expect(screen.getByText(/^No matching project\./)).toBeInTheDocument();
    await user().click(screen.getByRole('button', { name: 'Link' }));
    expect(screen.getByText('Choose a project first.')).toBeInTheDocument();
    expect(linksOf()).toEqual([]);
  });

  test('a refusal says why and what to do, and another project can be chosen', async () => {
    await open();
    await pass(1_000);
    await user().type(screen.getByRole('combobox'), 'alpha');
    await user().keyboard('{ArrowDown}{Enter}');
    const words = 'No project was linked: ALPHA belongs to another opportunity. Choose another project.';
    world.answer = () => ({ state: CommandState.Refused, result: words });
    await user().click(screen.getByRole('button', { name: 'Link' }));
    await pass(1_000);
    expect(screen.getByText(words)).toBeInTheDocument();
    expect(screen.getByRole('combobox')).toBeInTheDocument();
  });
});

describe('R-2303 with several connections', () => {
  const plant = '5a8d2c1e-0000-4000-8000-000000000c02';
  const alpha = { id: '1', key: 'ALPHA', name: 'Alpha', linked: false };
  const ofBoth = (isSilent: boolean) =>
    writeCandidates({
      projects: [
        { ...alpha, connectionId: 'c1' },
        { ...alpha, connectionId: plant },
        { ...alpha, id: '2', key: 'BETA', connectionId: plant },
      ],
      more: false,
      connections: [
        { id: 'c1', name: 'Cloud', isSilent: false },
        { id: plant, name: 'Plant Jira', isSilent: false },
        { id: 'c3', name: 'Lab', isSilent },
      ],
    });

  test('each project says where it is; the same key at two sites is for the person to choose', async () => {
    world.answer = () => ({ state: CommandState.Done, result: ofBoth(false) });
    await open();
    await pass(1_000);
    const field = screen.getByRole('combobox');
    const keys = user();
    await keys.type(field, 'alpha');
    await pass(1_000);
    expect(screen.getAllByRole('option').map((option) => option.textContent)).toEqual([
      'ALPHA Alpha Cloud',
      'ALPHA Alpha Plant Jira',
      'BETA Alpha Plant Jira',
    ]);
    await keys.click(screen.getByRole('button', { name: 'Link' }));
    expect(screen.getByText('Choose a project first.')).toBeInTheDocument();
    await keys.click(field);
    await keys.keyboard('{ArrowDown}{ArrowDown}{Enter}');
    expect(field).toHaveValue('[ALPHA] Alpha – Plant Jira');
    await keys.click(screen.getByRole('button', { name: 'Link' }));
    expect(screen.getByText('Linking ALPHA…')).toBeInTheDocument();
    expect(linksOf()).toMatchObject([{ crmjira_argument: `${plant}/ALPHA` }]);
  });

  test.each([
    [1033, 'No answer from Lab. Projects there are not shown.'],
    [3084, 'Aucune réponse de Lab. Les projets qui s’y trouvent ne sont pas affichés.'],
  ] as const)('a site that did not answer is named, and asked again with the next letter (%s)', async (...given) => {
    const [language, words] = given;
    world.answer = () => ({ state: CommandState.Done, result: ofBoth(true) });
    await open(language);
    await pass(1_000);
    expect(screen.getByText(words, { exact: false })).toBeInTheDocument();
    await user().type(screen.getByRole('combobox'), 'b');
    await pass(1_000);
    expect(searchesOf()).toHaveLength(2);
  });

  test('the web address of a project is sent as it is, and not searched for', async () => {
    await open();
    await pass(1_000);
    const page = 'https://plant.example/browse/ALPHA';
    await user().click(screen.getByRole('combobox'));
    await user().paste(page);
    await pass(1_000);
    expect(screen.queryByText(/^No matching project/)).toBeNull();
    await user().click(screen.getByRole('button', { name: 'Link' }));
    expect(linksOf()).toMatchObject([{ crmjira_argument: page }]);
    expect(searchesOf()).toHaveLength(1);
  });
});

describe('when something is missing', () => {
  test('Jira away: the search says so, and the key can be entered instead', async () => {
    world.answer = () => ({ state: CommandState.Failed, result: 'Jira ne répond pas pour l’instant.' });
    await open(3084);
    await pass(1_000);
    expect(screen.getByText('Jira ne répond pas pour l’instant.')).toBeInTheDocument();
    expect(screen.getByText('Vous pouvez entrer la clé du projet à la place.')).toBeInTheDocument();
    await user().type(screen.getByRole('combobox', { name: 'Projet Jira' }), 'beta');
    await pass(1_500);
    await user().click(screen.getByRole('button', { name: 'Lier' }));
    expect(linksOf()).toMatchObject([{ crmjira_argument: 'beta' }]);
  });

  test('the service is silent: the request is kept, and its answer is still shown when it comes', async () => {
    await open();
    await pass(1_000);
    await user().type(screen.getByRole('combobox'), 'ALPHA');
    world.answer = () => null;
    await user().click(screen.getByRole('button', { name: 'Link' }));
    await pass(61_000);
    expect(screen.getByText('The integration has not answered for a minute.')).toBeInTheDocument();
    world.answer = () => ({ state: CommandState.Done, result: 'Done.' });
    await pass(1_000);
    expect(screen.getByText('The Jira project ALPHA is linked.')).toBeInTheDocument();
  });

  test('switched off: the key is entered, and nothing is searched', async () => {
    world.picker = 'no';
    await open();
    await pass(2_000);
    expect(searchesOf()).toEqual([]);
    await user().type(screen.getByRole('textbox', { name: 'Key of the Jira project' }), ' ABC {Enter}');
    expect(linksOf()).toMatchObject([{ crmjira_argument: 'ABC' }]);
  });

  test('no privilege: said as such, and who can grant it', async () => {
    world.picker = 'no';
    world.refusal = { errorCode: -2147220960 };
    await open();
    await user().type(screen.getByRole('textbox'), 'ABC{Enter}');
    await pass(0);
    expect(screen.getByText('You do not have the privilege to request this.')).toBeInTheDocument();
    expect(screen.getByText(/CRM-JIRA Integration User/)).toBeInTheDocument();
  });

  test('offline: nothing is sent, what was typed is kept', async () => {
    world.picker = 'no';
    await open();
    await user().type(screen.getByRole('textbox'), 'ABC');
    jest.spyOn(navigator, 'onLine', 'get').mockReturnValue(false);
    act(() => void window.dispatchEvent(new Event('offline')));
    await user().click(screen.getByRole('button', { name: 'Link' }));
    expect(screen.getByText('You are offline.')).toBeInTheDocument();
    expect([world.commands, screen.getByRole('textbox')]).toEqual([[], expect.objectContaining({ value: 'ABC' })]);
  });

  test('Dataverse away: the page says since when, and goes on when it is back', async () => {
    world.unreachable = true;
    await open();
    expect(screen.getByText(/^Dataverse unreachable since \d\d:\d\d\.$/)).toBeInTheDocument();
    world.unreachable = false;
    await pass(30_000);
    expect(screen.getByRole('combobox')).toBeInTheDocument();
  });

  test.each([
    [{ crmjira_jira_project_key: 'CRMABC' }, 'This opportunity has the Jira project CRMABC.'],
    [{ statecode: 1 }, 'The opportunity is closed.'],
  ])('an opportunity with %j is told why nothing can be linked', async (over, words) => {
    Object.assign(world.record, over);
    await open();
    expect(screen.getByText(words)).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: 'Link' })).toBeNull();
  });

  test('R-1208 a project whose key column security hides is told by the mapping, and not linked a second time', async () => {
    world.mappings = () => [{ crmjira_provisioning_state: ProvisioningState.Linked }];
    await open();
    expect(
      screen.getByText('This opportunity has a Jira project that you do not have permission to see.'),
    ).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: 'Link' })).toBeNull();
  });

  test.each([
    ['has not got its project', () => [{ crmjira_provisioning_state: ProvisioningState.Failed }]],
    [
      'may not be read',
      () => {
        throw Object.assign(new Error('no privilege'), { errorCode: 0x80040220 });
      },
    ],
  ] as const)('a mapping that %s keeps nobody from linking: the service answers', async (_name, mappings) => {
    world.mappings = mappings;
    await open();
    expect(screen.getByRole('combobox')).toBeInTheDocument();
  });

  test('without a record: where to open it from', async () => {
    await open(1033, null);
    expect(screen.getByText('Open this page from a saved opportunity.')).toBeInTheDocument();
  });
});

test('every text of the page has both languages, with the same places', () => {
  const places = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(([place]) => place).sort();
  for (const [key, text] of Object.entries(linkProjectTexts)) {
    expect([key, text[1033].trim(), text[3084].trim()]).not.toContain('');
    expect([key, places(text[3084])]).toEqual([key, places(text[1033])]);
    expect([key, / [:%$»]|« /.test(text[3084])]).toEqual([key, false]);
  }
});

test.each([
  [1033, 'Close', /This window cannot be closed from here\..*Close it with the × at its top/],
  [3084, 'Fermer', /Cette fenêtre ne peut pas être fermée d’ici\..*Fermez-la avec le × en haut/],
] as const)(
  'R-205 a dialog that does not let itself be closed from inside says how to close it (%s)',
  async (...given) => {
    const [language, close, said] = given;
    const closed = jest.spyOn(window, 'close').mockImplementation(() => undefined);
    await open(language);
    await user().click(screen.getByRole('button', { name: close }));
    expect(closed).toHaveBeenCalledTimes(1);
    await pass(1_000);
    expect(screen.getAllByRole('status')[0]?.textContent).toMatch(said);
  },
);

test('R-208 offline is said once', async () => {
  await open();
  world.unreachable = true;
  jest.spyOn(navigator, 'onLine', 'get').mockReturnValue(false);
  await act(async () => void window.dispatchEvent(new Event('offline')));
  await pass(31_000);
  expect(screen.getAllByRole('status')[0]?.textContent).toMatch(/^You are offline\./);
  expect(screen.queryByText(/Offline since/)).not.toBeInTheDocument();
});

test('a failure after the link says what was set and what was not, once (F-109)', async () => {
  await open();
  await pass(1_000);
  await user().type(screen.getByRole('combobox'), 'alpha');
  await user().keyboard('{ArrowDown}{Enter}');
  world.answer = () => {
    world.record = { ...world.record, crmjira_jira_project_key: 'ALPHA' };
    return { state: CommandState.Failed, result: 'The screens of the Jira project lack fields.' };
  };
  await user().click(screen.getByRole('button', { name: 'Link' }));
  await pass(3_000);
  const [said] = screen.getAllByRole('status');
  expect(said).toHaveTextContent('The Jira project ALPHA is linked, but could not be set up completely.');
  expect(said?.textContent?.match(/lack fields/g)).toHaveLength(1);
  expect(said).not.toHaveTextContent(/Nothing/);
  expect(screen.queryByRole('button', { name: 'Link' })).toBeNull();
});

test('Escape in the list or the text stays in the dialog; the next one closes it (F-109)', async () => {
  const close = jest.spyOn(window, 'close').mockImplementation(() => undefined);
  await open();
  await pass(1_000);
  const keys = user();
  await keys.type(screen.getByRole('combobox'), 'a');
  await pass(1_000);
  await keys.keyboard('{Escape}{Escape}');
  expect(close).not.toHaveBeenCalled();
  await keys.keyboard('{Escape}');
  expect(close).toHaveBeenCalledTimes(1);
});
