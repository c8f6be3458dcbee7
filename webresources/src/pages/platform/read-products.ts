import { type RawRow, numberField, textField } from '@crmjira/form-data';
import { readRowsIfAllowed } from './read-rows';

/** Value of `productstructure`: a family, which groups products. */
const FAMILY = 2;
/** Values of `statecode`: 0 active, 3 under revision. */
const OFFERED = [0, 3];

/** A product of the catalogue. */
export interface Product {
  readonly id: string;
  readonly name: string;
  readonly familyId: string | null;
  /** groups others: no project belongs to it */
  readonly isFamily: boolean;
  readonly isActive: boolean;
}

/** None for those who may not read products. @throws what the client API throws */
export async function readProducts(): Promise<readonly Product[]> {
  const rows = await readRowsIfAllowed(
    'product',
    '?$select=productid,name,_parentproductid_value,productstructure,statecode&$orderby=name',
  );
  return rows.map((row: RawRow): Product => ({
    id: textField(row, 'productid') ?? '',
    name: textField(row, 'name') ?? '',
    familyId: textField(row, '_parentproductid_value'),
    isFamily: numberField(row, 'productstructure') === FAMILY,
    isActive: OFFERED.includes(numberField(row, 'statecode') ?? 0),
  }));
}

/** A product in the list to choose from: its place in the hierarchy, as `Warehouse Suite › Handhelds`. */
export interface ProductChoice {
  readonly family: string;
  readonly products: readonly Product[];
}

/** Name of what is above a product, from the top; empty: nothing. Pure. */
export function familyOf(products: ReadonlyMap<string, Product>, { familyId }: Pick<Product, 'familyId'>): string {
  const names: string[] = [];
  const seen = new Set<string>();
  // A circle would never end.
  for (let id = familyId; id !== null && !seen.has(id); id = products.get(id)?.familyId ?? null) {
    seen.add(id);
    const name = products.get(id)?.name;
    if (name !== undefined) names.unshift(name);
  }
  return names.join(' › ');
}

/** Products by family, families by name; those without one come last. Pure. */
export function productChoices(products: readonly Product[]): readonly ProductChoice[] {
  const byId = new Map(products.map((product) => [product.id, product]));
  const groups = new Map<string, Product[]>();
  for (const product of products.filter(({ isFamily, isActive }) => !isFamily && isActive)) {
    const family = familyOf(byId, product);
    groups.set(family, [...(groups.get(family) ?? []), product]);
  }
  return [...groups]
    .sort(([one], [other]) => Number(one === '') - Number(other === '') || one.localeCompare(other))
    .map(([family, own]) => ({ family, products: own.sort((a, b) => a.name.localeCompare(b.name)) }));
}
