import { chooseConnection, type ConnectionRule, type Placement } from '@crmjira/domain';

const european = '5a8d2c1e-0000-4000-8000-000000000c02';
const atlantic = '5a8d2c1e-0000-4000-8000-000000000c03';
const placement: Placement = {
  businessUnits: ['5a8d2c1e-0000-4000-8000-0000000000c1', 'Europe'],
  currency: 'EUR',
  country: 'France',
};

describe('which connection a new project goes to', () => {
  const rule = (over: Partial<ConnectionRule>): ConnectionRule => ({ connection: european, ...over });

  test.each<[string, readonly ConnectionRule[], Partial<Placement>, string | null]>([
    ['no rule', [], {}, null],
    ['a rule without conditions fits all', [rule({})], {}, european],
    ['a currency, whatever its case', [rule({ currency: 'eur' })], {}, european],
    ['another currency', [rule({ currency: 'CAD' })], {}, null],
    ['a business unit by name', [rule({ businessUnit: ' europe ' })], {}, european],
    ['a business unit by id', [rule({ businessUnit: '5A8D2C1E-0000-4000-8000-0000000000C1' })], {}, european],
    ['a country', [rule({ country: 'FRANCE' })], {}, european],
    ['a country of a customer without one', [rule({ country: 'France' })], { country: null }, null],
    ['all conditions of a rule hold together', [rule({ currency: 'EUR', country: 'Canada' })], {}, null],
    [
      'the first rule that fits',
      [rule({ currency: 'CAD' }), rule({ connection: atlantic.toUpperCase(), country: 'France' }), rule({})],
      {},
      atlantic,
    ],
  ])('%s', (_what, rules, over, wanted) => {
    expect(chooseConnection(rules, { ...placement, ...over })).toBe(wanted);
  });
});
