import '@testing-library/jest-dom';
import * as React from 'react';
import { fireEvent, screen } from '@testing-library/react';
import { CommandType, type EnteredIntegration } from '@crmjira/domain';
import { rest } from '../../../webresources/src/pages/integration-rest/rest-request';
import { newRest } from '../../../webresources/src/pages/integration-rest/rest-template';
import { secretsIn, soap } from '../../../webresources/src/pages/integration-soap/soap-request';
import { newSoap } from '../../../webresources/src/pages/integration-soap/soap-template';
import { enterPage } from '../../../webresources/src/pages/integrations/enter-page';
import { pretty } from '../../../webresources/src/pages/integrations/enter-pretty';
import { markedParts } from '../../../webresources/src/pages/integrations/enter-response';
import { ServiceForm } from '../../../webresources/src/pages/integrations/enter-service';
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
  press,
  refusedAnswer,
  saved,
  tested,
} from './enter-desk';

// What it does is tested with the service that opens it.
jest.mock('../../../webresources/src/sealed/seal-secret', () => ({ sealSecret: jest.fn(async () => 'sealed') }));

const restPage = enterPage(newRest, (props) => <ServiceForm kind={rest} {...props} />);
const soapPage = enterPage(newSoap, (props) => <ServiceForm kind={soap} {...props} />);
const row = (index: number, after: string | null, says: string | null = null) => ({
  index,
  before: after,
  after,
  says,
});

let desk: Desk;
const of = (type: CommandType): readonly Asked[] => desk.asked.filter((one) => one.type === type);

beforeEach(() => {
  desk = openDesk();
  desk.answers = {
    [CommandType.SaveIntegration]: () => saved,
    [CommandType.SetActive]: () => saved,
    [CommandType.TestConnection]: () => tested(['reach', 'answer', 'records']),
    [CommandType.TryMapping]: () =>
      done({
        sample: { id: '1', name: 'ON-QC-LTL-0417' },
        rows: [row(0, 'ON-QC-LTL-0417'), row(1, 'Toronto'), row(2, null, 'Nothing found')],
        response: { status: 200, bytes: 41_984, text: '{ "code": "ON-QC-LTL-0417", "total": 1284 }' },
      }),
  };
});
afterEach(leaveDesk);

test('R-1608 R-1621 a REST service is entered from the example, looked at, saved, tested and activated', async () => {
  await openEntering(restPage);
  fireEvent.click(button('Load the example'));
  expect(field(/^Path/)).toHaveValue('/items?changedSince={lastSync}&page={page}');
  enter(/^Address/, 'https://rates.company.example');
  await press('Send');
  // A way of signing in lacks its secret: nothing is sent without.
  expect(of(CommandType.TryMapping)).toHaveLength(0);
  expect(field(/^Token/)).toHaveFocus();
  enter(/^Token/, 'typed-token');
  await press('Send');
  const [tried] = of(CommandType.TryMapping);
  expect(tried).toMatchObject({ sealed: 'sealed', payload: { sample: null } });
  expect(sealSecret).toHaveBeenCalledWith(
    expect.anything(),
    expect.objectContaining({ targetHost: 'rates.company.example' }),
    '{"token":"typed-token"}',
  );
  expect(JSON.stringify(desk.asked)).not.toContain('typed-token');
  expect(screen.getByText('200')).toBeInTheDocument();
  expect(screen.getByText('41.0 KB')).toBeInTheDocument();
  expect(screen.getByText('"code"').tagName).toBe('MARK');
  expect(screen.getByText('ON-QC-LTL-0417')).toBeInTheDocument();
  expect(screen.getByText('1 path finds nothing')).toBeInTheDocument();

  expect(button('Activate')).toHaveAttribute('aria-disabled', 'true');
  await press('Save');
  const types = desk.asked.slice(-2).map(({ type, payload }) => [type, payload === null]);
  expect(types).toEqual([
    [CommandType.SaveIntegration, false],
    [CommandType.TestConnection, true],
  ]);
  expect(of(CommandType.SaveIntegration)[0]?.payload as EnteredIntegration).toMatchObject({
    ...{ provider: 'rest', name: 'Inventory' },
    settings: { url: 'https://rates.company.example', signIn: 'bearer', paging: 'page' },
  });
  await press('Activate');
  expect(of(CommandType.SetActive)[0]?.payload).toEqual({ active: true });
  expect(screen.getByText('Active')).toBeInTheDocument();
});

test('R-1614 R-1619 a refused save names the mapping, keeps everything else, and leads to it', async () => {
  await openEntering(restPage);
  fireEvent.click(button('Load the example'));
  enter(/^Token/, 'typed-token');
  enter(/^Records a batch/, '20');
  const says = 'Valid From is a date only. Choose the transform Date only, or another field.';
  desk.answers[CommandType.SaveIntegration] = () =>
    refusedAnswer({
      ...{ integration: 'id', isSaved: false, test: null },
      problems: [{ path: 'mappings.2.transform', code: 'type', says }],
    });
  await press('Save');
  expect(screen.getByText('Not saved: 1 of 3 mappings is invalid.')).toBeInTheDocument();
  expect(screen.getByText(`Mapping 3: ${says} The other changes are kept here until you save.`)).toBeInTheDocument();
  fireEvent.click(button('Go to mapping 3'));
  expect(field('JSONata, from a record of mapping 3')).toHaveFocus();
  expect(field('JSONata, from a record of mapping 3')).toHaveAccessibleDescription(says);
  expect(field(/^Records a batch/)).toHaveValue(20);
  enter('Transform of mapping 3', 'date-only');
  expect(screen.queryByText(says)).not.toBeInTheDocument();
  fireEvent.click(button('Remove mapping 2'));
  desk.answers[CommandType.SaveIntegration] = () => saved;
  await press('Save');
  expect((of(CommandType.SaveIntegration).at(-1)?.payload as EnteredIntegration).mappings).toMatchObject([
    { targetField: 'code', isKey: true },
    { targetField: 'price.amount', transform: 'date-only' },
  ]);
});

test('R-1608 the secrets that an envelope asks for are entered beside it; a header’s value can be one', async () => {
  expect(secretsIn('<a u="{secret:x}" p="{secret:y.z}">{secret:x}{lastSync}</a>')).toEqual(['x', 'y.z']);
  await openEntering(soapPage);
  fireEvent.click(button('Load the example'));
  enter(/^Endpoint/, 'https://ws.brokerlink.example/customs/v2');
  enter(/^Envelope/, '<a user="{secret:broker-user}" password="{secret:broker-password}"/>');
  enter(/^Secret broker-user/, 'typed-user');
  enter(/^Secret broker-password/, 'typed-password');
  fireEvent.click(button('Add header'));
  enter('Name of header 1', 'X-Account-Key');
  fireEvent.click(field('Secret of header 1'));
  enter('Value of header 1', 'typed-key');
  await press('Save');
  expect(sealSecret).toHaveBeenLastCalledWith(
    expect.anything(),
    expect.objectContaining({ targetHost: 'ws.brokerlink.example' }),
    JSON.stringify({
      'secret:broker-user': 'typed-user',
      'secret:broker-password': 'typed-password',
      'header:X-Account-Key': 'typed-key',
    }),
  );
  expect(of(CommandType.SaveIntegration)[0]?.payload).toMatchObject({
    settings: { headers: [{ name: 'X-Account-Key', value: '', isSecret: true }], version: '1.1' },
  });
  expect(JSON.stringify(desk.asked)).not.toContain('typed-');
});

test('R-1608 what a mapping reads is marked in a response, whole names only', () => {
  expect(markedParts('{ "code": "code", "codec": 2 }', ['rate.code'])).toEqual([
    '{ ',
    '"code"',
    ': "code", "codec": 2 }',
  ]);
  expect(markedParts('<b:Entry>Entry</b:Entry>', ['b:Entry'])).toEqual(['<b:', 'Entry', '>Entry</b:', 'Entry', '>']);
  expect(markedParts('plain', [])).toEqual(['plain']);
});

test('R-1608 an answer is shown by lines, also where it was cut off, and anything else as it came', () => {
  expect(pretty('{"a":1,"b":[{"c":"x, {y"},[]]}')).toBe(
    ['{', '  "a": 1,', '  "b": [', '    {', '      "c": "x, {y"', '    },', '    []', '  ]', '}'].join('\n'),
  );
  expect(pretty('{"a":["cut of')).toBe(['{', '  "a": [', '    "cut of'].join('\n'));
  expect(pretty('<?xml version="1.0"?><a><b>1</b><c/></a>')).toBe(
    ['<?xml version="1.0"?>', '<a>', '  <b>1</b>', '  <c/>', '</a>'].join('\n'),
  );
  expect(pretty('plain, {text}')).toBe('plain, {text}');
});
