import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { z } from 'zod';
import { DataverseError, errorCode } from '../errors';
import type { FetchEntity, FetchFilter, FetchLink, FetchQuery } from './query';

const many = new Set(['attribute', 'order', 'filter', 'condition', 'link-entity', 'value']);

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseAttributeValue: false,
  parseTagValue: false,
  isArray: (name, _path, _leaf, isAttribute) => !isAttribute && many.has(name),
});

const text = z.string();
const flag = z
  .string()
  .optional()
  .transform((value) => value === 'true' || value === '1');
const whole = z.coerce.number().int().nonnegative().optional();

const valueShape = z.union([text, z.object({ '#text': text.optional() }).transform((value) => value['#text'] ?? '')]);

const condition = z.object({
  attribute: text,
  operator: text,
  value: z.union([text, z.array(valueShape)]).optional(),
  entityname: text.optional(),
  valueof: text.optional(),
});

interface RawFilter {
  type?: 'and' | 'or' | undefined;
  condition?: z.infer<typeof condition>[] | undefined;
  filter?: RawFilter[] | undefined;
  'link-entity'?: RawLink[] | undefined;
}

const empty = z.literal('').transform(() => ({}));

const filter: z.ZodType<RawFilter> = z.lazy(() =>
  z.union([
    z.object({
      type: z.enum(['and', 'or']).optional(),
      condition: z.array(condition).optional(),
      filter: z.array(filter).optional(),
      'link-entity': z.array(link).optional(),
    }),
    empty,
  ]),
);

const attribute = z.object({
  name: text,
  alias: text.optional(),
  aggregate: text.optional(),
  groupby: flag,
  dategrouping: text.optional(),
  distinct: flag,
});

const order = z.object({
  attribute: text.optional(),
  alias: text.optional(),
  descending: flag,
  entityname: text.optional(),
});

const entityShape = {
  name: text,
  attribute: z.array(attribute).optional(),
  'all-attributes': z.unknown().optional(),
  filter: z.array(filter).optional(),
  order: z.array(order).optional(),
};

interface RawLink extends z.infer<z.ZodObject<typeof entityShape>> {
  from?: string | undefined;
  to?: string | undefined;
  alias?: string | undefined;
  'link-type'?: string | undefined;
  'link-entity'?: RawLink[] | undefined;
}

const link: z.ZodType<RawLink> = z.lazy(() =>
  z.object({
    ...entityShape,
    from: text.optional(),
    to: text.optional(),
    alias: text.optional(),
    'link-type': text.optional(),
    'link-entity': z.array(link).optional(),
  }),
);

const shape = z.object({
  fetch: z.object({
    top: whole,
    count: whole,
    page: whole,
    'paging-cookie': text.optional(),
    aggregate: flag,
    distinct: flag,
    returntotalrecordcount: flag,
    entity: z.object({ ...entityShape, 'link-entity': z.array(link).optional() }),
  }),
});

const invalid = (reason: string): DataverseError =>
  new DataverseError(400, errorCode.queryBuilder, `Invalid FetchXML: ${reason}`);

/** @throws DataverseError 400 for what is no XML, or no FetchXML. */
export function parseFetchXml(xml: string): FetchQuery {
  const valid = XMLValidator.validate(xml);
  if (valid !== true) throw invalid(valid.err.msg);
  // No query needs one, and entities that a caller defines are a way to do harm.
  if (/<!DOCTYPE/i.test(xml)) throw invalid('a document type is not allowed.');
  const parsed = shape.safeParse(parser.parse(xml));
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw invalid(`${issue?.path.join('/') ?? ''}: ${issue?.message ?? 'not as expected'}`);
  }
  const { fetch } = parsed.data;
  refusePagingBesideTop(fetch);
  const aliases = new Aliases();
  return {
    entity: {
      ...entity(fetch.entity, aliases),
      links: (fetch.entity['link-entity'] ?? []).map((each) => toLink(each, aliases)),
    },
    aggregate: fetch.aggregate,
    distinct: fetch.distinct,
    top: fetch.top ?? null,
    count: fetch.count ?? null,
    page: Math.max(1, fetch.page ?? 1),
    pagingCookie: fetch['paging-cookie'] ?? null,
    returnTotalRecordCount: fetch.returntotalrecordcount,
  };
}

const pagingAttributes = ['count', 'page', 'paging-cookie', 'returntotalrecordcount'] as const;

/** @throws DataverseError 400 0x80040203 */
function refusePagingBesideTop(fetch: z.infer<typeof shape>['fetch']): void {
  if (fetch.top === undefined) return;
  const beside = pagingAttributes.find((name) => fetch[name] !== undefined && fetch[name] !== false);
  if (beside === undefined) return;
  throw new DataverseError(
    400,
    errorCode.invalidArgument,
    `The top attribute can't be specified with paging attribute ${beside}`,
  );
}

/** Links without an alias are called after their table, with a running number. */
class Aliases {
  private next = 0;
  of(name: string, given: string | undefined): string {
    this.next += 1;
    return given ?? `${name}${this.next}`;
  }
}

function entity(raw: z.infer<z.ZodObject<typeof entityShape>>, aliases: Aliases): Omit<FetchEntity, 'links'> {
  return {
    name: raw.name,
    attributes: (raw.attribute ?? []).map((each) => ({
      name: each.name,
      alias: each.alias ?? null,
      aggregate: each.aggregate ?? null,
      groupBy: each.groupby,
      dateGrouping: each.dategrouping ?? null,
      distinct: each.distinct,
    })),
    allAttributes: raw['all-attributes'] !== undefined,
    filters: (raw.filter ?? []).map((each) => toFilter(each, aliases)),
    orders: (raw.order ?? []).map((each) => ({
      attribute: each.attribute ?? null,
      alias: each.alias ?? null,
      descending: each.descending,
      entityName: each.entityname ?? null,
    })),
  };
}

function toLink(raw: RawLink, aliases: Aliases): FetchLink {
  const alias = aliases.of(raw.name, raw.alias);
  return {
    ...entity(raw, aliases),
    alias,
    from: raw.from ?? '',
    to: raw.to ?? '',
    type: raw['link-type'] ?? 'inner',
    links: (raw['link-entity'] ?? []).map((each) => toLink(each, aliases)),
  };
}

function toFilter(raw: RawFilter, aliases: Aliases): FetchFilter {
  return {
    type: raw.type ?? 'and',
    conditions: (raw.condition ?? []).map((each) => ({
      entityName: each.entityname ?? null,
      attribute: each.attribute,
      operator: each.operator,
      values: each.value === undefined ? [] : typeof each.value === 'string' ? [each.value] : each.value,
      valueOf: each.valueof ?? null,
    })),
    filters: (raw.filter ?? []).map((each) => toFilter(each, aliases)),
    links: (raw['link-entity'] ?? []).map((each) => toLink(each, aliases)),
  };
}
