import { entryOf } from '../../entry-of';
import { Direction } from '../../schema/generated/options';
import type { Language } from '../../text/language';
import type { EnteredMapping, EnteredProblem } from '../wire';
import { checkRowMappings, isMap, typeOf } from './check-columns';
import { type FieldType, type KnownFields, nothingKnown } from './columns';
import { type Args, type MappingFault, type MappingReason, mappingReasons, typeWords } from './mapping-reasons';

/** Transforms that a mapping may name. */
export const transformNames = [
  'shorten',
  'date-only',
  'iso-date-time',
  'text-to-number',
  'text-to-amount',
  'html-to-wiki',
  'status-map',
  'priority-map',
  'choice-map',
  'display-name',
] as const;
const transforms: ReadonlySet<string> = new Set(transformNames);

const fill = (text: string, args: Args): string => text.replace(/\{(\w+)\}/g, (_, name: string) => args[name] ?? '');

/** Fields that a mapping writes: of Dynamics, of the other side, or of both. */
function writtenBy({ direction, sourceTable, sourceField, targetObject, targetField }: EnteredMapping) {
  const inbound = { place: JSON.stringify(['source', sourceTable, sourceField]), name: sourceField };
  const outbound = { place: JSON.stringify(['target', targetObject, targetField]), name: targetField };
  if (direction === Direction.Inbound) return [inbound];
  return direction === Direction.Outbound ? [outbound] : [inbound, outbound];
}

/** Types that a transform gives, whatever came. */
const givenBy: Readonly<Record<string, FieldType>> = {
  shorten: 'text',
  'text-to-number': 'number',
  'text-to-amount': 'number',
  'date-only': 'date',
  'iso-date-time': 'date-time',
};
/** Types whose values one of the other type takes as they are. */
const fits: Readonly<Record<FieldType, readonly FieldType[]>> = {
  text: ['text', 'number', 'flag', 'date', 'date-time', 'choice'],
  number: ['number'],
  // Words for yes and no are read of a text.
  flag: ['flag', 'text'],
  date: ['date'],
  'date-time': ['date-time', 'date'],
  choice: ['choice'],
};

type Mismatch = { readonly code: MappingReason; readonly given?: FieldType; readonly taken?: FieldType } | null;

/** What a value of one type needs to become one of the other; null: nothing, or it is not known. */
function mismatch(from: FieldType | undefined, to: FieldType | undefined, transform: string | null): Mismatch {
  const given = transform === null ? from : (entryOf(givenBy, transform) ?? from);
  if (given === undefined || to === undefined || isMap(transform) || fits[to].includes(given)) return null;
  if (given === 'date-time' && to === 'date') return { code: 'date-only' };
  if (given === 'text' && to === 'number') return { code: 'not-a-number' };
  return { code: 'other-kind', given, taken: to };
}

function faultsOf(
  mapping: EnteredMapping,
  index: number,
  { product, language }: { readonly product: string; readonly language: Language },
  known: KnownFields,
): readonly MappingFault[] {
  const { direction, sourceTable, sourceField, targetObject, targetField, transform, isKey } = mapping;
  const one = (field: keyof EnteredMapping, code: MappingReason, args: Args): readonly MappingFault[] => [
    { index, field, code, args: { product, ...args } },
  ];
  if (sourceField.trim() === '' || targetField.trim() === '')
    return one(sourceField.trim() === '' ? 'sourceField' : 'targetField', 'field-missing', {});
  if (transform !== null && !transforms.has(transform)) return one('transform', 'transform-unknown', { transform });
  if (isKey && direction === Direction.Both) return one('direction', 'key-direction', {});
  const table = known.table?.(sourceTable);
  const column = table?.columns.get(sourceField);
  const target = known.target(targetObject, targetField);
  if (table != null && column === undefined)
    return one('sourceField', 'field-gone', { b: sourceField, object: sourceTable });
  if (target === null) return one('targetField', 'field-gone', { b: targetField, object: targetObject });
  const source = typeOf(column);
  const told = (found: Mismatch, a: string, b: string): readonly MappingFault[] | null =>
    found &&
    one('transform', found.code, {
      a,
      b,
      given: found.given === undefined ? '' : typeWords[found.given][language],
      taken: found.taken === undefined ? '' : typeWords[found.taken][language],
    });
  // A number is sent as its text, a day as the day of a moment: what a transform makes is made for Dynamics.
  const out = direction === Direction.Inbound ? null : mismatch(source, target, transform);
  const back = direction === Direction.Outbound ? null : mismatch(target, source, transform);
  return told(out, sourceField, targetField) ?? told(back, targetField, sourceField) ?? [];
}

/**
 * What is wrong with the mappings of an integration, found before they are saved (R-1614). Pure.
 * @param product as sentences name the other side
 */
export function checkMappings(
  mappings: readonly EnteredMapping[],
  product: string,
  language: Language,
  known: KnownFields = nothingKnown,
): readonly EnteredProblem[] {
  const found: MappingFault[] = mappings.flatMap((mapping, index) =>
    faultsOf(mapping, index, { product, language }, known),
  );
  found.push(...checkRowMappings(mappings, known));
  const writers = new Map<string, number>();
  for (const [index, mapping] of mappings.entries())
    for (const { place, name } of writtenBy(mapping)) {
      const other = writers.get(place);
      if (name.trim() === '') continue;
      if (other === undefined) writers.set(place, index);
      else if (other !== index)
        found.push({
          index,
          field: name === mapping.targetField ? 'targetField' : 'sourceField',
          code: 'both-write',
          args: { i: String(other + 1), j: String(index + 1), b: name },
        });
    }
  return found
    .sort((one, another) => one.index - another.index)
    .map(({ index, field, code, args }) => ({
      path: `mappings.${index}.${field}`,
      code,
      says: fill(mappingReasons[code][language], { product, ...args }),
    }));
}
