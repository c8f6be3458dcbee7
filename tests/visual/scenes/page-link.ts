import { CommandState, CommandType } from '@crmjira/domain';
import { type PageConditions, type PageScene, pageScene } from '../page-scene';
import { EMOJI, LINK as SCRIPT, LONG, MARKUP, RIGHT_TO_LEFT } from './hostile';

const PAGE = 'link-project';
/** No project and not enough budget for one of its own. */
const SMALL = 'Dealer Portal';
const FIELD = 'combobox "Jira project"';
const KEY = 'textbox "Key of the Jira project"';
const LINK = 'button "Link"';
const CLOSE = 'button "Close"';
const SHOW = 'button "Show projects"';

const projects = [
  ['10010', 'DEALER', 'Dealer portal 2025', 0],
  ['10011', 'DPX', 'Dealer pricing export', 0],
  ['10012', 'MARKUP', '<b onclick=alert(1)>Dealer</b> & "programme"', 0],
  ['10013', 'DLR', 'Dealer returns', 1],
];
const picker: PageConditions['rows'] = {
  environmentvariabledefinitions: [{ schemaname: 'crmjira_ProjectPicker', defaultvalue: 'yes' }],
};
const found = { state: CommandState.Done, result: JSON.stringify({ projects, more: false }) };
const finding = { [CommandType.FindProjects]: found };
const on = { on: SMALL, persona: 'sales-rep' } as const;
const choose = [{ type: 'deal' }] as const;
const link = [{ type: 'DEALER' }, { press: /^(Link|Lier)$/ }] as const;

/** States of the dialog that links a project that is there already. */
export const linkProject: readonly PageScene[] = [
  pageScene(PAGE, 'choosing', ['4 projects found.', FIELD, SHOW, LINK, CLOSE], {
    ...on,
    rows: picker,
    answers: finding,
    acts: choose,
  }),
  pageScene(PAGE, 'nothing fits', ['No matching project.', FIELD, SHOW, LINK, CLOSE], {
    ...on,
    rows: picker,
    answers: { [CommandType.FindProjects]: { ...found, result: '{"projects":[],"more":false}' } },
    acts: choose,
  }),
  pageScene(
    PAGE,
    'search failed',
    ['Jira does not answer just now.', 'button "Search again"', FIELD, SHOW, LINK, CLOSE],
    {
      ...on,
      rows: picker,
      answers: {
        [CommandType.FindProjects]: {
          state: CommandState.Failed,
          result: { 1033: 'Jira does not answer just now.', 3084: 'Jira ne répond pas pour l’instant.' },
        },
      },
      acts: choose,
    },
  ),
  pageScene(PAGE, 'by key', [KEY, LINK, CLOSE], { ...on, rows: { environmentvariabledefinitions: [] } }),
  pageScene(PAGE, 'nothing chosen', ['Choose a project first.', FIELD, SHOW, LINK, CLOSE], {
    ...on,
    rows: picker,
    answers: finding,
    acts: [{ press: /^(Link|Lier)$/ }],
  }),
  pageScene(PAGE, 'linking', ['Linking DEALER…', FIELD, SHOW, LINK, CLOSE], {
    ...on,
    rows: picker,
    answers: finding,
    acts: link,
    waits: true,
  }),
  pageScene(PAGE, 'linked', ['The Jira project DEALER is linked.', CLOSE], {
    ...on,
    rows: picker,
    answers: { ...finding, [CommandType.LinkProject]: { state: CommandState.Done, result: '' } },
    acts: link,
  }),
  pageScene(PAGE, 'refused', ['belongs to another opportunity. Choose another project.', FIELD, SHOW, LINK, CLOSE], {
    ...on,
    rows: picker,
    answers: {
      ...finding,
      [CommandType.LinkProject]: {
        state: CommandState.Refused,
        result: {
          1033: 'The Jira project DEALER belongs to another opportunity. Choose another project.',
          3084: 'Le projet Jira DEALER appartient à une autre opportunité. Choisissez un autre projet.',
        },
      },
    },
    acts: link,
  }),
  pageScene(PAGE, 'not permitted', ['You do not have the privilege to request this.', KEY, LINK, CLOSE], {
    ...on,
    rows: { environmentvariabledefinitions: [] },
    refusesCommands: { status: 403, code: '0x80040220' },
    acts: link,
  }),
  pageScene(PAGE, 'offline', ['You are offline.', 'What you typed is kept.', FIELD, SHOW, LINK, CLOSE], {
    ...on,
    rows: picker,
    answers: finding,
    acts: [...choose, { fails: 'offline' }],
  }),
  pageScene(PAGE, 'has a project', ['This opportunity has the Jira project', CLOSE], {
    on: 'Warehouse Automation',
    persona: 'sales-rep',
  }),
  pageScene(PAGE, 'closed', ['The opportunity is closed.', 'Reopen it first, then link a project.', CLOSE], {
    ...on,
    rows: { opportunities: { statecode: 2 } },
  }),
  pageScene(PAGE, 'not on a record', ['Open this page from a saved opportunity.', CLOSE], { persona: 'sales-rep' }),
  pageScene(PAGE, 'loading', ['Loading…', CLOSE], { ...on, silent: true }),
  pageScene(PAGE, 'unreachable', ['Dataverse unreachable since 14:04.', CLOSE], {
    ...on,
    unreadable: { sets: ['opportunities'], status: 503, code: '0x80072320' },
  }),
  pageScene(PAGE, 'hostile projects', ['5 projects found.', EMOJI, RIGHT_TO_LEFT, SCRIPT, FIELD, SHOW, LINK, CLOSE], {
    ...on,
    unpictured: true,
    rows: picker,
    answers: {
      [CommandType.FindProjects]: {
        state: CommandState.Done,
        result: JSON.stringify({
          projects: [MARKUP, RIGHT_TO_LEFT, EMOJI, SCRIPT, LONG].map((name, index) => [
            `${10_010 + index}`,
            'DEALER',
            name,
            0,
          ]),
          more: false,
        }),
      },
    },
    acts: choose,
  }),
  pageScene(PAGE, 'refused in hostile words', [LONG.slice(0, 2_000), FIELD, SHOW, LINK, CLOSE], {
    ...on,
    unpictured: true,
    rows: picker,
    answers: { ...finding, [CommandType.LinkProject]: { state: CommandState.Refused, result: `${MARKUP} ${LONG}` } },
    acts: link,
  }),
];
