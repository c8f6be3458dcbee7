import { ExpressionError } from '../../sandbox/src/flows/expression/expression-error';
import { type Json, resolve } from '../../sandbox/src/flows';

const around = {
  variables: () => 'value',
  outputs: (): Json => ({ body: { value: [1, 2], 'name@formatted': 'two', deep: { er: true } } }),
};
const of = (value: Json): Json => resolve(value, around);

test.each([
  ["@equals('it''s', 'it''s')", true],
  ["@outputs('X')?['body/value']", [1, 2]],
  ["@outputs('X')['body']['value'][1]", 2],
  ["@outputs('X')?['body']?.deep?['er']", true],
  ["@outputs('X')?['body/name@formatted']", 'two'],
  ["@outputs('X')?['body']?['none']?['further']", null],
  ['@coalesce(null, -1.5)', -1.5],
  ["@if(true, 'yes', 'no')", 'yes'],
  ["@and(greater(2, 1), not(empty('a')))", true],
  ["@less('a', 'b')", true],
  ['@union(createlist(), createlist())', 'refused'],
  ["a @{variables('x')} b @{concat('c', 1, true)}", 'a value b c1True'],
  ["@{outputs('X')?['body']?['none']}", ''],
  ['@@escaped', '@escaped'],
  ['no expression: a@b.c', 'no expression: a@b.c'],
] as const)('%s', (written, expected) => {
  if (expected === 'refused') expect(() => of(written)).toThrow('there is no function createlist()');
  else expect(of(written)).toEqual(expected);
});

test('values inside objects and arrays are resolved where they stand', () => {
  expect(of({ a: ["@variables('x')", 1], b: { c: "@{variables('x')}!" } })).toEqual({
    a: ['value', 1],
    b: { c: 'value!' },
  });
});

test.each([
  ["@outputs('X')['body']['none']", 'there is no property "none", and it is not asked for with "?"'],
  ['@first(null)', 'first() wants an array, not null'],
  ["@greater(1, 'a')", 'greater() wants two numbers or two texts, not string'],
  ["@not('true')", 'not() wants true or false, not string'],
  ['@if(true, 1, first(null))', 'first() wants an array, not null'],
  ["@replace(null, 'a', 'b')", 'replace() wants text, not null'],
  ["@float('twelve')", 'float() wants a number, not string'],
  ["@uriHost('/relative')", 'uriHost() wants an absolute address, not "/relative"'],
  ['@nothing', '"nothing" is neither a function call nor a literal'],
  ["@concat('a'", 'Expecting'],
  ["@concat('a') b", 'b'],
  ['@true}', '"}" follows the expression'],
  ["@{variables('x')", '"@{" is not closed'],
])('%s is refused as on the platform', (written, words) => {
  expect(() => of(written)).toThrow(ExpressionError);
  expect(() => of(written)).toThrow(words);
});
