import { Direction } from '../../schema/generated/options';
import type { Language } from '../../text/language';
import type { EnteredMapping, EnteredProblem } from '../wire';

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

export type FieldType = 'text' | 'number' | 'flag' | 'date' | 'date-time' | 'choice';

/** What is known of the fields of both sides; undefined: not known, null: there is no such field. */
export interface KnownFields {
  source(table: string, field: string): FieldType | null | undefined;
  target(object: string, field: string): FieldType | null | undefined;
}
export const nothingKnown: KnownFields = { source: () => undefined, target: () => undefined };

type Args = Readonly<Record<string, string>>;
interface Fault {
  readonly index: number;
  readonly field: keyof EnteredMapping;
  readonly code: keyof typeof reasons;
  readonly args: Args;
}

const reasons = {
  'field-missing': {
    1033: 'A field is missing. Choose one on both sides.',
    3084: 'Il manque un champ. Choisissez-en un de chaque côté.',
  },
  'date-only': {
    1033: '{a} is a date with time, {b} is a date only. Choose the transform Date only, or another field.',
    3084: '{a} est une date avec heure, {b} une date seulement. Choisissez la transformation Date seulement, ou un autre champ.',
  },
  'not-a-number': {
    1033: '{a} is text, {b} is a number. Choose the transform Text to number, or another field.',
    3084: '{a} est un texte, {b} un nombre. Choisissez la transformation Texte en nombre, ou un autre champ.',
  },
  'both-write': {
    1033: 'Mappings {i} and {j} both write {b}. Keep one.',
    3084: 'Les correspondances {i} et {j} écrivent toutes deux {b}. Gardez-en une.',
  },
  'field-gone': {
    1033: '{b} does not exist in {object} any more. Choose another field.',
    3084: '{b} n’existe plus dans {object}. Choisissez un autre champ.',
  },
  'key-direction': {
    1033: 'A key needs the direction To {product} or From {product}.',
    3084: 'Une clé exige le sens Vers {product} ou Depuis {product}.',
  },
  'transform-unknown': {
    1033: 'The transform {transform} is not known. Choose another one.',
    3084: 'La transformation {transform} est inconnue. Choisissez-en une autre.',
  },
} as const satisfies Readonly<Record<string, Readonly<Record<Language, string>>>>;

const fill = (text: string, args: Args): string => text.replace(/\{(\w+)\}/g, (_, name: string) => args[name] ?? '');

/** Fields that a mapping writes: of Dynamics, of the other side, or of both. */
function writtenBy({ direction, sourceTable, sourceField, targetObject, targetField }: EnteredMapping) {
  const inbound = { place: JSON.stringify(['source', sourceTable, sourceField]), name: sourceField };
  const outbound = { place: JSON.stringify(['target', targetObject, targetField]), name: targetField };
  if (direction === Direction.Inbound) return [inbound];
  return direction === Direction.Outbound ? [outbound] : [inbound, outbound];
}

/** What a value of one type needs to become one of the other; null: nothing, or it is not known. */
function mismatch(from: FieldType | null | undefined, to: FieldType | null | undefined, transform: string | null) {
  if (from === 'date-time' && to === 'date') return transform === 'date-only' ? null : 'date-only';
  const toNumber = transform === 'text-to-number' || transform === 'text-to-amount';
  if (from === 'text' && to === 'number') return toNumber ? null : 'not-a-number';
  return null;
}

function faultsOf(mapping: EnteredMapping, index: number, product: string, known: KnownFields): readonly Fault[] {
  const { direction, sourceTable, sourceField, targetObject, targetField, transform, isKey } = mapping;
  if (sourceField.trim() === '' || targetField.trim() === '')
    return [
      { index, field: sourceField.trim() === '' ? 'sourceField' : 'targetField', code: 'field-missing', args: {} },
    ];
  if (transform !== null && !transforms.has(transform))
    return [{ index, field: 'transform', code: 'transform-unknown', args: { transform } }];
  if (isKey && direction === Direction.Both)
    return [{ index, field: 'direction', code: 'key-direction', args: { product } }];
  const [source, target] = [known.source(sourceTable, sourceField), known.target(targetObject, targetField)];
  if (source === null)
    return [{ index, field: 'sourceField', code: 'field-gone', args: { b: sourceField, object: sourceTable } }];
  if (target === null)
    return [{ index, field: 'targetField', code: 'field-gone', args: { b: targetField, object: targetObject } }];
  const out = direction === Direction.Inbound ? null : mismatch(source, target, transform);
  if (out !== null) return [{ index, field: 'transform', code: out, args: { a: sourceField, b: targetField } }];
  const back = direction === Direction.Outbound ? null : mismatch(target, source, transform);
  return back === null ? [] : [{ index, field: 'transform', code: back, args: { a: targetField, b: sourceField } }];
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
  const found: Fault[] = mappings.flatMap((mapping, index) => faultsOf(mapping, index, product, known));
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
      says: fill(reasons[code][language], args),
    }));
}
