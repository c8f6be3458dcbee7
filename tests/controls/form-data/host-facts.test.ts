import { contrast } from '../../../controls/form-data/src/look/contrast';
import { FORECAST_RAMP, lookOf } from '../../../controls/form-data/src/look/theme';
import { recordId } from '../../../controls/form-data/src/entity-id';
import { freshness } from '../../../controls/form-data/src/budget/freshness';
import { hostFacts } from '../../../controls/form-data/src/host-facts';
import { PRIVILEGE, mayDo } from '../../../controls/form-data/src/privileges';
import { parseCurrencies } from '../../../controls/form-data/src/environment/currencies';
import { parseMapping } from '../../../controls/form-data/src/budget/mapping';
import { parseMilestones } from '../../../controls/form-data/src/budget/milestones';
import { DEFAULT_SETTINGS, parseSettings } from '../../../controls/form-data/src/environment/settings';
import { readFailure } from '../../../controls/form-data/src/store/read-failure';
import { fakeContext } from '../platform/fake-context';
import { fakeWebApi } from '../platform/fake-web-api';
import { NOW, OPPORTUNITY_ID, mapping, tables } from '../platform/rows';

describe('id of the record', () => {
  it.each([
    [{ contextInfo: { entityId: '{A1B2C3D4-E5F6-7890-ABCD-EF1234567890}' } }, OPPORTUNITY_ID],
    [{ contextInfo: { entityId: OPPORTUNITY_ID } }, OPPORTUNITY_ID],
    [{ contextInfo: { entityId: '00000000-0000-0000-0000-000000000000' } }, null],
    [{ contextInfo: { entityId: '' } }, null],
    [{ contextInfo: {} }, null],
    [{}, null],
    [undefined, null],
  ])('%j gives %p', (mode, expected) => expect(recordId(mode)).toBe(expected));
});

describe('what the host says', () => {
  it('is read as plain facts, an unknown width as the usual one', () => {
    const context = fakeContext<never>({
      control: 'budget-burn',
      webApi: fakeWebApi(tables()).api,
      width: -1,
      disabled: true,
    });
    expect(hostFacts(context, undefined)).toMatchObject({ width: 640, disabled: true, readable: true });
  });

  it('an offer depends on the privilege where the client knows it', () => {
    expect(mayDo({ hasEntityPrivilege: () => false }, 'crmjira_command', PRIVILEGE.create)).toBe(false);
    expect(mayDo(undefined, 'crmjira_command', PRIVILEGE.create)).toBe(true);
    expect(mayDo({}, 'crmjira_integration_log', PRIVILEGE.read)).toBe(false);
  });
});

describe('theme', () => {
  const brand = { 60: '#0f548c', 70: '#115ea3', 80: '#0f6cbd', 100: '#479ef5', 110: '#62abf5', 150: '#cfe4fa' };

  it('takes surface, text and brand of the host', () => {
    const theme = {
      isDarkTheme: false,
      brand,
      tokenTheme: { colorNeutralBackground1: '#ffffff', colorNeutralForeground1: '#242424' },
    };
    const roles = { '--crmjira-text': '#242424', '--crmjira-brand': '#0f6cbd' };
    expect(lookOf(theme).colours).toMatchObject(roles);
    expect(lookOf(theme, FORECAST_RAMP).colours).toMatchObject({ ...roles, '--crmjira-forecast': '#115ea3' });
  });

  it('leaves its own palette where the host says nothing', () => {
    expect(lookOf(undefined)).toEqual({ dark: false, colours: {} });
    expect(lookOf({ isDarkTheme: true }).dark).toBe(true);
  });

  it('does not take a brand that could not be seen, nor anything that is no colour', () => {
    const pale = { 80: '#ffe9a8', 70: '#ffe9a8', 60: '#7a5b00', 50: '#5c4400' };
    const { colours } = lookOf({ brand: pale, tokenTheme: { colorNeutralBackground1: 'url(javascript:0)' } });
    expect(colours['--crmjira-brand']).toBe('#7a5b00');
    expect(contrast('#7a5b00', '#ffffff')).toBeGreaterThanOrEqual(3);
    expect(colours['--crmjira-card']).toBeUndefined();
  });

  it('contrast is that of WCAG', () => {
    expect(contrast('#000000', '#ffffff')).toBeCloseTo(21);
    expect(contrast('#b8470c', '#ffffff')).toBeCloseTo(5.32, 1);
  });
});

describe('rows', () => {
  it('failures are told apart by what a person can do', () => {
    expect(readFailure({ errorCode: -2147220960 }, false)).toBe('forbidden');
    expect(readFailure({ status: 403 }, false)).toBe('forbidden');
    expect(readFailure({ code: 0x80040217 }, false)).toBe('missing');
    expect(readFailure(new Error('x'), false)).toBe('failed');
    expect(readFailure(null, false)).toBe('failed');
    expect(readFailure({ status: 403 }, true)).toBe('offline');
  });

  it('milestones that cannot be read are left out', () => {
    const text = '[{"name":"R1","date":"2025-03-28T00:00:00Z","released":true},{"name":"R2"},7]';
    expect(parseMilestones(text)).toEqual([{ name: 'R1', date: '2025-03-28', released: true }]);
    expect(parseMilestones('not json')).toEqual([]);
    expect(parseMilestones('{}')).toEqual([]);
    expect(parseMilestones(null)).toEqual([]);
  });

  it('settings come from the value, then the default value, then D-10', () => {
    const values = 'environmentvariabledefinition_environmentvariablevalue';
    const rows = [
      { schemaname: 'crmjira_BudgetThreshold', defaultvalue: '10000', [values]: [{ value: '5000' }] },
      { schemaname: 'crmjira_WarningThreshold', defaultvalue: '75', [values]: [] },
    ];
    expect(parseSettings(rows)).toEqual({ budgetThreshold: 5_000, warningPercent: 75 });
    expect(parseSettings([{ schemaname: 'crmjira_WarningThreshold', defaultvalue: 'x' }])).toEqual(DEFAULT_SETTINGS);
  });

  it('figures are old after a missed daily sync, failing while an error stands, fresh otherwise', () => {
    const currencies = parseCurrencies(tables().transactioncurrency ?? []);
    const of = (change: Record<string, unknown>) => freshness(parseMapping(mapping(change), currencies), NOW);
    expect(of({})).toEqual({ kind: 'fresh' });
    expect(of({ crmjira_last_sync_date: '2025-05-15T15:00:00Z' })).toEqual({
      kind: 'old',
      figuresFrom: '2025-05-15T15:00:00Z',
    });
    const unknown = { ...parseMapping(mapping({ crmjira_last_sync_date: '2025-05-15T15:00:00Z' }), currencies) };
    expect(freshness({ ...unknown, ageIsKnown: false }, NOW)).toEqual({ kind: 'fresh' });
    expect(of({ crmjira_last_error: 'Jira is unreachable.' })).toMatchObject({ kind: 'failing', reason: null });
    expect(of({ crmjira_last_error: 'The project was deleted.' })).toMatchObject({
      reason: 'The project was deleted.',
    });
    expect(of({ crmjira_last_error: 'x', crmjira_completed_on: '2025-05-01T00:00:00Z' })).toEqual({ kind: 'fresh' });
  });
});
