import { XMLParser } from 'fast-xml-parser';
import { z } from 'zod';

const part = '[Content_Types].xml';

const typesSchema = z.object({
  Types: z.object({
    Default: z.array(z.object({ Extension: z.string() })).default([]),
    Override: z.array(z.object({ PartName: z.string() })).default([]),
  }),
});

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '',
  processEntities: false,
  isArray: (name) => name === 'Default' || name === 'Override',
});

/** Parts of the package that have no type: an environment does not see them. Source: ECMA-376-2, part 10.1.2. */
export function undeclaredParts(parts: ReadonlyMap<string, Uint8Array>): string[] {
  const parsed = typesSchema.safeParse(parser.parse(new TextDecoder().decode(parts.get(part))));
  if (!parsed.success) return [part];
  const { Default: defaults, Override: overrides } = parsed.data.Types;
  const extensions = new Set(defaults.map(({ Extension: extension }) => extension.toLowerCase()));
  const names = new Set(overrides.map(({ PartName: name }) => name.toLowerCase()));
  return [...parts.keys()].filter((name) => {
    const extension = /\.([^./]+)$/.exec(name)?.[1]?.toLowerCase();
    if (name === part || names.has(`/${name.toLowerCase()}`)) return false;
    return extension === undefined || !extensions.has(extension);
  });
}
