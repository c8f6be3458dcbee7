import {
  CommandState,
  CommandType,
  integrationText,
  type Language,
  type KnownFields,
  type NamedFault,
  sayFault,
  takenValue,
  transformed,
  type TryAnswer,
} from '@crmjira/domain';
import { z } from 'zod';
import type { SampleRecord } from '../../../connections/providers/integration-provider';
import type { CommandAnswer, CommandHandler } from '../../../reconciler/commands';
import { audit } from '../audit';
import { type Entered, entered } from '../entered';
import { faultOfIntegration } from '../fault-of-integration';
import { integrationCommand, type IntegrationCommandParts } from '../integration-command';
import { knownFields } from '../known-columns';
import { readAsked } from '../read-asked';

/** `TryPayload`. */
export const tryPayload = z.strictObject({ entered, sample: z.string().max(1000).nullable() });

/** Longest value that is shown, in characters. */
const longestValue = 500;
/** Characters of an answer as JSON, with room to what its column holds. */
const longestAnswer = 90_000;
/** How long somebody waits, in milliseconds; mappings that come after it are not tried. */
const longestTryMs = 60_000;

type Tried = TryAnswer['rows'][number];
type Mapping = Entered['mappings'][number];
/** What somebody is told of what was thrown while a record was read. */
type FaultOf = (thrown: unknown) => NamedFault;

const cut = (value: string): string => value.slice(0, longestValue);

const failed = (fault: NamedFault, language: Language): CommandAnswer => {
  const { says, remedy } = sayFault(fault, language);
  return { state: CommandState.Failed, result: `${says} ${remedy}` };
};

const notTried = (language: Language): Omit<Tried, 'index'> => ({
  before: null,
  after: null,
  says: integrationText('not-tried', language),
});

/** What one mapping gives of a record, by the transform that runs use as well. */
async function tryOne(
  record: SampleRecord,
  mapping: Mapping,
  { language, known, faultOfThis }: Omit<TryOptions, 'mappings'>,
): Promise<Omit<Tried, 'index'>> {
  const { targetField, transform } = mapping;
  let before: string | null;
  try {
    before = await record.valueOf(mapping);
  } catch (thrown) {
    return { before: null, after: null, says: sayFault(faultOfThis(thrown), language).says };
  }
  if (before === null)
    return { before, after: null, says: integrationText('nothing-found', language, targetField.slice(0, 200)) };
  const column = known.table?.(mapping.sourceTable)?.columns.get(mapping.sourceField);
  const after = column === undefined ? transformed(before, transform) : takenValue(before, transform, column);
  if (typeof after === 'string') return { before: cut(before), after: cut(after), says: null };
  if (after === null) return { before: cut(before), after, says: null };
  const fault = { name: 'service-value-unfit', args: { expression: targetField, value: after.wrong.slice(0, 100) } };
  return { before: cut(before), after: null, says: sayFault(fault, language).says };
}

interface TryOptions {
  readonly mappings: readonly Mapping[];
  readonly language: Language;
  readonly known: KnownFields;
  readonly faultOfThis: FaultOf;
}

async function tryAll(record: SampleRecord, { mappings, ...options }: TryOptions): Promise<readonly Tried[]> {
  const deadline = performance.now() + longestTryMs;
  const rows: Tried[] = [];
  for (const [index, mapping] of mappings.entries()) {
    const isLate = performance.now() > deadline;
    rows.push({ index, ...(isLate ? notTried(options.language) : await tryOne(record, mapping, options)) });
  }
  return rows;
}

const cutTo = ({ sample, rows, response }: TryAnswer, most: number): TryAnswer => ({
  sample,
  rows: rows.map(({ index, before, after, says }) => ({
    index,
    before: before?.slice(0, most) ?? null,
    after: after?.slice(0, most) ?? null,
    says: says?.slice(0, most) ?? null,
  })),
  response: response === null ? null : { ...response, text: response.text.slice(0, most) },
});

/** The answer with its texts as long as fits into its column. Pure. */
export function fitAnswer(answer: TryAnswer): TryAnswer {
  let fitted = answer;
  for (let most = 16_384; most > 1 && JSON.stringify(fitted).length > longestAnswer; most /= 2)
    fitted = cutTo(answer, most);
  return fitted;
}

/**
 * Answers the command "Try mapping": what each mapping would give of one record of the other side, as it is entered (R-1608, R-1614). Nothing
 * is written but that it was tried.
 */
export const tryMappingCommand = (parts: IntegrationCommandParts): CommandHandler =>
  integrationCommand(parts, CommandType.TryMapping, tryPayload, async (asked): Promise<CommandAnswer> => {
    const { command, id, payload, language } = asked;
    const { name, mappings } = payload.entered;
    const read = await readAsked(parts, asked, payload.entered);
    await audit(parts, { command, action: 'mapping-tried', name });
    if ('fault' in read) return failed(read.fault, language);
    const { provider, settings, secrets } = read;
    const faultOfThis: FaultOf = (thrown) => faultOfIntegration(provider, settings, thrown);
    try {
      const open = await provider.open(id, settings, secrets);
      try {
        const known = await knownFields(parts, payload.entered);
        const found = await open.sample?.(payload.sample);
        if (found === undefined) return { state: CommandState.Refused, result: integrationText('no-sample', language) };
        const { record, response } = found;
        const rows = record === null ? [] : await tryAll(record, { mappings, language, known, faultOfThis });
        const sample = record === null ? null : { id: cut(record.id), name: cut(record.name) };
        const answer = fitAnswer({ sample, rows, response });
        const result = integrationText(sample === null ? 'nothing-to-try' : 'tried', language, sample?.name);
        return { state: CommandState.Done, result, answer };
      } finally {
        await open.close();
      }
    } catch (thrown) {
      return failed(faultOfThis(thrown), language);
    }
  });
