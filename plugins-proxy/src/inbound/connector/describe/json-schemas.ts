import { z } from 'zod';
import { namedShapes } from './definitions';

/** A JSON schema as it is written out. */
export type JsonSchema = { [name: string]: unknown };

const isRecord = (value: unknown): value is JsonSchema =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What says nothing to a reader of the description: generated bounds, patterns beside a format, empty schemas. */
function tidy(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(tidy);
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => (name !== '$schema' && name !== '$id' && name !== 'id') || isRecord(value[name]))
      .filter(([name, inner]) => !(name === 'additionalProperties' && isRecord(inner)))
      .filter(
        ([name, inner]) => !(name === 'pattern' && typeof inner === 'string' && typeof value['format'] === 'string'),
      )
      .filter(([, inner]) => inner !== Number.MAX_SAFE_INTEGER && inner !== Number.MIN_SAFE_INTEGER)
      .map(([name, inner]) => [name, tidy(inner)]),
  );
}

const readable = { io: 'input', unrepresentable: 'any' } as const;

/** Every named shape; `draft-4` for Swagger 2.0, `draft-2020-12` for OpenAPI 3.1. */
export function namedSchemas(target: 'draft-4' | 'draft-2020-12', root: string): Record<string, JsonSchema> {
  const { schemas } = z.toJSONSchema(namedShapes, { ...readable, target, uri: (id) => root + id, override: asText });
  // tidy keeps objects objects.
  return tidy(schemas) as Record<string, JsonSchema>;
}

/** One shape without a name, in the dialect of OpenAPI 3.1. @param io as it is sent, or as it is answered */
export function schemaOf(shape: z.ZodType, io: 'input' | 'output'): JsonSchema {
  // tidy keeps objects objects.
  return tidy(z.toJSONSchema(shape, { ...readable, io, target: 'draft-2020-12' })) as JsonSchema;
}

/** Parameters of a path or query, in the order in which they are described. */
export function parametersOf(
  shape: z.ZodObject,
  place: 'path' | 'query',
  target: 'draft-4' | 'draft-2020-12',
): {
  readonly name: string;
  readonly required: boolean;
  readonly place: 'path' | 'query';
  readonly schema: JsonSchema;
}[] {
  // tidy keeps objects objects.
  const schema = tidy(z.toJSONSchema(shape, { ...readable, target })) as JsonSchema;
  const properties = isRecord(schema['properties']) ? schema['properties'] : {};
  const required: unknown[] = Array.isArray(schema['required']) ? schema['required'] : [];
  return Object.entries(properties).map(([name, inner]) => ({
    name,
    place,
    required: required.includes(name),
    schema: isRecord(inner) ? inner : {},
  }));
}

/** Ids are taken as number or text and given as text: the description says text. */
function asText({ zodSchema, jsonSchema }: { zodSchema: unknown; jsonSchema: JsonSchema }): void {
  if (zodSchema instanceof z.ZodPipe && Object.keys(jsonSchema).length === 0) jsonSchema['type'] = 'string';
}
